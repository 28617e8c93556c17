// SPDX-License-Identifier: Apache-2.0
import type { TrailFinding } from "../audit-trail";

/** An alarm on what the audit trail says. */
export interface TrailAlarm {
  readonly name: TrailFinding;
  readonly description: string;
  /** CloudWatch Logs filter pattern over CloudTrail records. */
  readonly pattern: string;
}

const calls = (source: string, names: readonly string[]) =>
  `($.eventSource = "${source}") && (${names.map((name) => `($.eventName = "${name}")`).join(" || ")})`;

/**
 * What nobody should do unnoticed (21 CFR 11.10(e), 11.300(d)).
 * @see CloudWatch Logs user guide, "Filter pattern syntax for JSON log events"; CloudTrail record contents
 */
export const trailAlarms: readonly TrailAlarm[] = [
  {
    name: "denied-deletes",
    description: "Somebody tried to delete a record, or to shorten its lock, and was refused.",
    pattern: `{ ${calls("s3.amazonaws.com", ["DeleteObject", "DeleteObjects", "DeleteObjectVersion", "PutObjectRetention"])} && ($.errorCode = "AccessDenied") }`,
  },
  {
    name: "trail-changes",
    description: "The audit trail was stopped, deleted or changed, or somebody tried.",
    pattern: `{ ${calls("cloudtrail.amazonaws.com", ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors", "PutInsightSelectors"])} }`,
  },
  {
    name: "key-changes",
    description: "A KMS key was disabled, scheduled for deletion or given another policy, or somebody tried.",
    pattern: `{ ${calls("kms.amazonaws.com", ["DisableKey", "ScheduleKeyDeletion", "PutKeyPolicy", "DisableKeyRotation", "DeleteImportedKeyMaterial"])} }`,
  },
  {
    name: "lock-changes",
    description:
      "Lock, versioning, lifecycle, replication, encryption or public access of a bucket was changed, or somebody tried.",
    pattern: `{ ${calls("s3.amazonaws.com", ["PutBucketObjectLockConfiguration", "PutBucketVersioning", "PutBucketLifecycle", "PutBucketReplication", "DeleteBucketReplication", "PutBucketEncryption", "DeleteBucketEncryption", "PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock", "PutAccountPublicAccessBlock", "DeleteBucket"])} }`,
  },
  {
    name: "policy-changes",
    description: "A bucket policy, role or IAM policy was changed, or somebody tried.",
    pattern: `{ (($.eventSource = "s3.amazonaws.com") && (($.eventName = "PutBucketPolicy") || ($.eventName = "DeleteBucketPolicy") || ($.eventName = "PutBucketAcl"))) || (($.eventSource = "iam.amazonaws.com") && (($.eventName = "Put*Policy") || ($.eventName = "Delete*Policy") || ($.eventName = "Attach*Policy") || ($.eventName = "Detach*Policy") || ($.eventName = "CreatePolicyVersion") || ($.eventName = "SetDefaultPolicyVersion") || ($.eventName = "PutRolePermissionsBoundary") || ($.eventName = "UpdateAssumeRolePolicy") || ($.eventName = "DeleteRolePermissionsBoundary"))) }`,
  },
  {
    name: "root-use",
    description: "The account's root user did something.",
    pattern: `{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent") }`,
  },
];
