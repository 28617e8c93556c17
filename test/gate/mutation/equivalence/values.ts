// SPDX-License-Identifier: Apache-2.0
import type { Documents } from "../documents";
import { named, type Rule } from "./rule";

/** What AWS and the provider take where nothing is written; each as the provider's documentation has it, read 2026-11. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  "aws_cloudwatch_event_rule is_enabled": true,
  "aws_cloudwatch_event_rule state": "ENABLED",
  "aws_cloudwatch_log_group log_group_class": "STANDARD",
  "aws_cloudwatch_metric_alarm actions_enabled": true,
  "aws_iam_role path": "/",
  "aws_kms_key customer_master_key_spec": "SYMMETRIC_DEFAULT",
  "aws_kms_key deletion_window_in_days": 30,
  "aws_kms_key is_enabled": true,
  "aws_kms_key key_usage": "ENCRYPT_DECRYPT",
  "aws_lambda_event_source_mapping enabled": true,
  "aws_lambda_function package_type": "Zip",
  "aws_s3_bucket force_destroy": false,
  "aws_subnet map_public_ip_on_launch": false,
};

/** More is safer: each keeps something longer. */
const LONGER = named(
  "aws_backup_plan rule.lifecycle.delete_after",
  "aws_backup_vault_lock_configuration min_retention_days",
  "aws_cloudwatch_log_group retention_in_days",
  "aws_dynamodb_table point_in_time_recovery.recovery_period_in_days",
  "aws_kms_key deletion_window_in_days",
  "aws_s3_bucket_lifecycle_configuration rule.expiration.days",
  "aws_s3_bucket_lifecycle_configuration rule.noncurrent_version_expiration.noncurrent_days",
  "aws_s3_bucket_lifecycle_configuration rule.transition.days",
  "aws_s3_bucket_object_lock_configuration rule.default_retention.days",
  "aws_s3_bucket_object_lock_configuration rule.default_retention.years",
);

/** Arguments that name a key. */
const KEYS = /(^|\.)(kms_\w+|replica_kms_key_id|target_key_id)$/;

export const VALUE_RULES: readonly Rule[] = [
  {
    of: (type, path) => `${type} ${path}` in DEFAULTS,
    accepts: ({ before, after }, { type, path }) => {
      const usual = DEFAULTS[`${type} ${path}`];
      return (before ?? usual) === usual && (isUnset(after) ? usual : after) === usual;
    },
    because: "what stands there is what AWS takes where nothing is written",
  },
  {
    of: LONGER,
    accepts: ({ before, after }) =>
      typeof before === "number" && typeof after === "number" && before > 0 && after > before,
    because: "it is kept longer than before",
  },
  {
    of: (_type, path) => KEYS.test(path),
    accepts: ({ after }, { documents }) => isKeyOf(documents(), after),
    because: "it names another key of the plan, which is held to the same rules",
  },
  {
    of: named("aws_iam_role max_session_duration"),
    // One hour is the shortest that IAM knows, and what it takes where nothing is written.
    accepts: ({ after }) => isUnset(after) || (typeof after === "number" && after >= 3600 && after <= 14_400),
    because: "a session ends within the four hours that people have",
  },
  {
    of: (type, path) => type === "aws_s3_bucket_lifecycle_configuration" && path !== "bucket",
    accepts: ({ resource }, { documents }) => holdsNoRecords(documents(), resource.bucket),
    because: "nothing asks how long a bucket without records keeps its objects",
  },
  {
    of: named("aws_s3_bucket_lifecycle_configuration bucket"),
    accepts: ({ resource: { bucket } }, { documents }) => holdsNoRecords(documents(), bucket),
    because: "what expires stands in a bucket without records",
  },
  {
    of: named("aws_s3_bucket_lifecycle_configuration rule.status"),
    accepts: ({ after }) => after === "Disabled",
    because: "a rule that is off lets nothing expire",
  },
  {
    of: named("aws_s3_bucket_logging bucket"),
    accepts: ({ resource }) => typeof resource.bucket === "string" && resource.bucket !== resource.target_bucket,
    because: "which bucket has access logs is not asked, only that they go to another one that can take them",
  },
  {
    of: named("aws_lambda_function environment.variables"),
    accepts: ({ before, after }) =>
      typeof after === "object" &&
      addedTo(before, after).every(([key, value]) => !SECRET_KEY.test(key) && !SECRET.test(value)),
    because: "no variable is a secret or is called one",
  },
  {
    of: named("aws_lambda_function reserved_concurrent_executions"),
    accepts: ({ after }) => typeof after === "number" && after !== 0,
    because: "the function may run",
  },
  {
    of: named("aws_cloudwatch_log_metric_filter metric_transformation.name"),
    accepts: ({ after, resource }, { documents }) => hasAlarm(documents(), after, resource),
    because: "an alarm watches the metric that the filter counts into now",
  },
  {
    of: named("aws_cloudwatch_log_metric_filter metric_transformation.unit"),
    accepts: ({ after }) => isUnset(after),
    because: "an alarm that names no unit hears a metric without one",
  },
  {
    of: named("aws_config_configuration_recorder name"),
    accepts: ({ after }, { documents }) =>
      typeof after === "string" &&
      Object.values(documents().synth.resource.aws_config_configuration_recorder_status ?? {}).every(({ name }) =>
        String(name).startsWith("${aws_config_configuration_recorder."),
      ),
    because: "every status refers to its recorder itself, whatever the name is",
  },
  {
    of: named("aws_lambda_permission principal_org_id", "aws_lambda_permission source_account"),
    accepts: ({ before, after }) => isUnset(before) && typeof after === "string",
    because: "a permission that asks for one thing more is given to fewer",
  },
];

/** The provider's SDK takes an empty text for none. */
const isUnset = (value: unknown) => value === null || value === "";

/** Roles of buckets of which no lock is asked. */
const WITHOUT_RECORDS: readonly unknown[] = ["access-log", "results", "other"];

function holdsNoRecords({ plan }: Documents, bucket: unknown): boolean {
  const own = plan.resource_changes.find(
    ({ type, change }) => type === "aws_s3_bucket" && change.after?.bucket === bucket,
  );
  return WITHOUT_RECORDS.includes((own?.change.after?.tags as Record<string, unknown> | undefined)?.BucketRole);
}

const SECRET_KEY = /pass(word|wd|phrase)|pwd|secret|token|credential|(api|access|private)_?key/i;
const SECRET = /-----BEGIN|\b(AKIA|ASIA)[A-Z0-9]{8}|gh[a-z]_|github_pat_|glpat-|xox[bp]-|sk_live_|eyJhbGciOi/;

function addedTo(before: unknown, after: unknown): readonly (readonly [string, string])[] {
  const old = (before ?? {}) as Record<string, unknown>;
  return Object.entries((after ?? {}) as Record<string, string>).filter(([key, value]) => old[key] !== value);
}

function hasAlarm({ plan }: Documents, name: unknown, { metric_transformation }: Record<string, unknown>): boolean {
  const [{ namespace } = { namespace: undefined }] = metric_transformation as { namespace?: unknown }[];
  return plan.resource_changes.some(
    ({ type, change: { after } }) =>
      type === "aws_cloudwatch_metric_alarm" && after?.metric_name === name && after?.namespace === namespace,
  );
}

function isKeyOf({ plan }: Documents, text: unknown): boolean {
  const name = /^\$\{aws_kms_key\.([\w-]+)\.\w+\}$/.exec(String(text))?.[1];
  return plan.resource_changes.some((one) => one.type === "aws_kms_key" && one.name === name);
}
