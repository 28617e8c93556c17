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
];

/** The provider's SDK takes an empty text for none. */
const isUnset = (value: unknown) => value === null || value === "";

function isKeyOf({ plan }: Documents, text: unknown): boolean {
  const name = /^\$\{aws_kms_key\.([\w-]+)\.\w+\}$/.exec(String(text))?.[1];
  return plan.resource_changes.some((one) => one.type === "aws_kms_key" && one.name === name);
}
