// SPDX-License-Identifier: Apache-2.0

/** An attribute that may be weakened in several ways, and the control that must hold it against the plan each time. */
export interface Weakened {
  /** Name of the variable, where the value comes from one. */
  readonly name: string;
  readonly control: string;
  readonly type: string;
  /** As Terraform writes it, from the resource on. */
  readonly path: string;
  readonly good: string | number | boolean | readonly string[];
  readonly bad: string | number | boolean | readonly string[];
}

export const WEAKENED = [
  of(
    "lock_mode",
    "P11-10c-02",
    "aws_s3_bucket_object_lock_configuration",
    "rule.default_retention.mode",
    "COMPLIANCE",
    "GOVERNANCE",
  ),
  of("lock_years", "P11-10c-03", "aws_s3_bucket_object_lock_configuration", "rule.default_retention.years", 7, 1),
  of("versioning", "P11-10c-04", "aws_s3_bucket_versioning", "versioning_configuration.status", "Enabled", "Suspended"),
  of("block_public_acls", "P11-10d-01", "aws_s3_bucket_public_access_block", "block_public_acls", true, false),
  of("force_destroy", "P11-10c-05", "aws_s3_bucket", "force_destroy", false, true),
  of(
    "sse_algorithm",
    "P11-30-02",
    "aws_s3_bucket_server_side_encryption_configuration",
    "rule.apply_server_side_encryption_by_default.sse_algorithm",
    "aws:kms",
    "AES256",
  ),
  of("key_rotation", "P11-30-03", "aws_kms_key", "enable_key_rotation", true, false),
  of("multi_region", "P11-10e-01", "aws_cloudtrail", "is_multi_region_trail", true, false),
  of("log_validation", "P11-10e-02", "aws_cloudtrail", "enable_log_file_validation", true, false),
  of("enable_logging", "P11-10e-01", "aws_cloudtrail", "enable_logging", true, false),
  of("replication", "P11-10c-07", "aws_s3_bucket_replication_configuration", "rule.status", "Enabled", "Disabled"),
  of("prevent_destroy", "META-04", "aws_s3_bucket", "lifecycle.prevent_destroy", true, false),
  of(
    "security_policy",
    "P11-30-05",
    "aws_transfer_server",
    "security_policy_name",
    "TransferSecurityPolicy-2025-03",
    "TransferSecurityPolicy-2018-11",
  ),
  of("mfa", "P11-200-01", "aws_cognito_user_pool", "mfa_configuration", "ON", "OPTIONAL"),
  of("protocols", "P11-10d-07", "aws_transfer_server", "protocols", ["SFTP"], ["SFTP", "FTP"]),
] as const satisfies readonly Weakened[];

export type Name = (typeof WEAKENED)[number]["name"];

/** Terraform takes no variable in a lifecycle block. */
export const NO_EXPRESSION: Name = "prevent_destroy";

function of<N extends string>(
  name: N,
  control: string,
  type: string,
  path: string,
  good: Weakened["good"],
  bad: Weakened["bad"],
): Weakened & { readonly name: N } {
  return { name, control, type, path, good, bad };
}
