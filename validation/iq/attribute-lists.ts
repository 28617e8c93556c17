// SPDX-License-Identifier: Apache-2.0

/** An attribute of a resource type, with what is to be said of it. */
export interface AttributeNote {
  readonly type: string;
  readonly path: string;
  readonly reason: string;
}

/** Attributes that exist in Terraform's configuration only: no plan, state or API holds them, so there is no row. The gate judges them from the synth text. */
export const CONFIGURATION_ONLY: readonly string[] = ["lifecycle.prevent_destroy", "lifecycle.ignore_changes"];

const DELETE_ARGUMENT = "an argument of Terraform's own delete: AWS stores nothing of it";

/** Attributes that no AWS API can show, on any target. */
export const NOT_LIVE: readonly AttributeNote[] = [
  { type: "aws_athena_workgroup", path: "force_destroy", reason: DELETE_ARGUMENT },
  { type: "aws_backup_vault", path: "force_destroy", reason: DELETE_ARGUMENT },
  {
    type: "aws_backup_vault_lock_configuration",
    path: "changeable_for_days",
    reason:
      "AWS Backup shows the date on which a lock closes, not the days: a lock without one, or with a later one, is read as not there",
  },
  { type: "aws_cloudwatch_log_group", path: "skip_destroy", reason: DELETE_ARGUMENT },
  { type: "aws_iam_role", path: "force_detach_policies", reason: DELETE_ARGUMENT },
  {
    type: "aws_kms_key",
    path: "bypass_policy_lockout_safety_check",
    reason: "an argument of PutKeyPolicy: KMS stores nothing of it",
  },
  {
    type: "aws_kms_key",
    path: "deletion_window_in_days",
    reason: "an argument of ScheduleKeyDeletion: KMS shows it only once a deletion is scheduled",
  },
  {
    type: "aws_lambda_function",
    path: "s3_object_version",
    reason: "an argument of CreateFunction and UpdateFunctionCode: Lambda stores the code and not where it came from",
  },
  { type: "aws_s3_bucket", path: "force_destroy", reason: DELETE_ARGUMENT },
  { type: "aws_secretsmanager_secret", path: "recovery_window_in_days", reason: DELETE_ARGUMENT },
  { type: "aws_security_group", path: "revoke_rules_on_delete", reason: DELETE_ARGUMENT },
  { type: "aws_transfer_server", path: "force_destroy", reason: DELETE_ARGUMENT },
  { type: "aws_transfer_server", path: "host_key", reason: "Transfer Family shows the fingerprint of a host key only" },
];

const MADE_BY_AWS = "made by AWS: no configuration sets it";

/**
 * Attributes that another resource type or AWS itself installs. Where this type's configuration leaves them out there is no row:
 * what AWS shows is the other resource's, which has a row of its own, or nobody's.
 */
export const INSTALLED_ELSEWHERE: readonly AttributeNote[] = [
  {
    type: "aws_guardduty_detector",
    path: "datasources.s3_logs.enable",
    reason: "installed by aws_guardduty_detector_feature",
  },
  { type: "aws_default_security_group", path: "id", reason: MADE_BY_AWS },
  { type: "aws_security_group", path: "id", reason: MADE_BY_AWS },
  { type: "aws_sns_topic", path: "policy", reason: "installed by aws_sns_topic_policy" },
  { type: "aws_sqs_queue", path: "policy", reason: "installed by aws_sqs_queue_policy" },
  { type: "aws_transfer_server", path: "arn", reason: MADE_BY_AWS },
  { type: "aws_transfer_server", path: "host_key", reason: "without one of its own the server gets one by AWS" },
  { type: "aws_transfer_server", path: "id", reason: MADE_BY_AWS },
  { type: "aws_vpc_endpoint", path: "policy", reason: "installed by aws_vpc_endpoint_policy" },
];

/** What AWS or the provider puts where the configuration says nothing, with its source. */
export interface ProviderDefault {
  readonly type: string;
  readonly path: string;
  readonly value: string | number | boolean;
  readonly source: string;
}

/**
 * An attribute that the configuration leaves out must be as if nobody had set it: absent, empty, or at its default,
 * which is the one named here, else false or 0. Any other reading of it is a value, and the row fails.
 */
export const PROVIDER_DEFAULTS: readonly ProviderDefault[] = [
  { type: "aws_athena_workgroup", path: "state", value: "ENABLED", source: "provider docs, aws_athena_workgroup" },
  {
    type: "aws_cloudtrail",
    path: "include_global_service_events",
    value: true,
    source: "provider docs, aws_cloudtrail",
  },
  { type: "aws_cloudtrail", path: "enable_logging", value: true, source: "provider docs, aws_cloudtrail" },
  { type: "aws_cloudwatch_event_rule", path: "event_bus_name", value: "default", source: "EventBridge API, PutRule" },
  { type: "aws_cloudwatch_event_rule", path: "is_enabled", value: true, source: "EventBridge API, PutRule (State)" },
  { type: "aws_cloudwatch_event_rule", path: "state", value: "ENABLED", source: "EventBridge API, PutRule" },
  {
    type: "aws_cloudwatch_event_target",
    path: "event_bus_name",
    value: "default",
    source: "EventBridge API, PutTargets",
  },
  {
    type: "aws_cloudwatch_log_group",
    path: "log_group_class",
    value: "STANDARD",
    source: "CloudWatch Logs API, CreateLogGroup",
  },
  {
    type: "aws_cloudwatch_log_metric_filter",
    path: "metric_transformation.unit",
    value: "None",
    source: "CloudWatch Logs API, MetricTransformation",
  },
  {
    type: "aws_cloudwatch_metric_alarm",
    path: "actions_enabled",
    value: true,
    source: "provider docs, aws_cloudwatch_metric_alarm",
  },
  {
    type: "aws_cloudwatch_metric_alarm",
    path: "treat_missing_data",
    value: "missing",
    source: "CloudWatch API, PutMetricAlarm",
  },
  {
    type: "aws_dynamodb_table",
    path: "billing_mode",
    value: "PROVISIONED",
    source: "provider docs, aws_dynamodb_table",
  },
  {
    type: "aws_dynamodb_table",
    path: "point_in_time_recovery.recovery_period_in_days",
    value: 35,
    source: "DynamoDB API, PointInTimeRecoverySpecification",
  },
  {
    type: "aws_dynamodb_table",
    path: "point_in_time_recovery.recovery_period_in_days",
    value: 0,
    source: "provider 5.100.0, where point-in-time recovery is off",
  },
  { type: "aws_guardduty_detector", path: "enable", value: true, source: "provider docs, aws_guardduty_detector" },
  { type: "aws_iam_policy", path: "path", value: "/", source: "IAM API, CreatePolicy" },
  { type: "aws_iam_role", path: "max_session_duration", value: 3600, source: "IAM API, CreateRole" },
  { type: "aws_iam_role", path: "path", value: "/", source: "IAM API, CreateRole" },
  {
    type: "aws_kms_key",
    path: "customer_master_key_spec",
    value: "SYMMETRIC_DEFAULT",
    source: "KMS API, CreateKey (KeySpec)",
  },
  { type: "aws_kms_key", path: "is_enabled", value: true, source: "provider docs, aws_kms_key" },
  { type: "aws_kms_key", path: "key_usage", value: "ENCRYPT_DECRYPT", source: "KMS API, CreateKey" },
  { type: "aws_kms_key", path: "rotation_period_in_days", value: 365, source: "KMS API, EnableKeyRotation" },
  {
    type: "aws_lambda_event_source_mapping",
    path: "enabled",
    value: true,
    source: "Lambda API, CreateEventSourceMapping",
  },
  { type: "aws_lambda_function", path: "package_type", value: "Zip", source: "provider docs, aws_lambda_function" },
  {
    type: "aws_lambda_function",
    path: "reserved_concurrent_executions",
    value: -1,
    source: "provider docs, aws_lambda_function",
  },
  {
    type: "aws_s3_bucket_lifecycle_configuration",
    path: "transition_default_minimum_object_size",
    value: "all_storage_classes_128K",
    source: "S3 API, PutBucketLifecycleConfiguration",
  },
  {
    type: "aws_securityhub_account",
    path: "enable_default_standards",
    value: true,
    source: "provider docs, aws_securityhub_account",
  },
  {
    type: "aws_sns_topic_subscription",
    path: "filter_policy_scope",
    value: "MessageAttributes",
    source: "SNS API, SetSubscriptionAttributes",
  },
  { type: "aws_sqs_queue", path: "sqs_managed_sse_enabled", value: true, source: "SQS API, CreateQueue" },
  { type: "aws_sqs_queue", path: "kms_data_key_reuse_period_seconds", value: 300, source: "SQS API, CreateQueue" },
  { type: "aws_sqs_queue", path: "max_message_size", value: 262144, source: "provider docs, aws_sqs_queue" },
  { type: "aws_sqs_queue", path: "message_retention_seconds", value: 345600, source: "SQS API, CreateQueue" },
  { type: "aws_sqs_queue", path: "visibility_timeout_seconds", value: 30, source: "SQS API, CreateQueue" },
];

export function noteOn(notes: readonly AttributeNote[], type: string, path: string): AttributeNote | undefined {
  return notes.find((note) => note.type === type && note.path === path);
}

const ABSENT = "false and 0 count as not set";

/** Where it is said that `value` stands at a path when nobody sets it; undefined when it is not the default. */
export function defaultSource(type: string, path: string, value: unknown): string | undefined {
  const known = PROVIDER_DEFAULTS.filter((one) => one.type === type && one.path === path);
  if (known.length > 0) return known.find((one) => one.value === value)?.source;
  return value === false || value === 0 ? ABSENT : undefined;
}
