// SPDX-License-Identifier: Apache-2.0
import type { RuntimeRole } from "../runtime-role";
import type { RecordBucketBase } from "./record-bucket-base";

const versionReads = [
  "s3:GetObject",
  "s3:GetObjectAttributes",
  "s3:GetObjectLegalHold",
  "s3:GetObjectRetention",
  "s3:GetObjectTagging",
  "s3:GetObjectVersion",
  "s3:GetObjectVersionAttributes",
  "s3:GetObjectVersionTagging",
];
const settingReads = [
  "s3:GetBucketLocation",
  "s3:GetBucketObjectLockConfiguration",
  "s3:GetBucketPolicy",
  "s3:GetBucketVersioning",
  "s3:GetEncryptionConfiguration",
  "s3:GetInventoryConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
  "s3:ListBucketVersions",
];

/**
 * Lets `role` see which versions of `buckets` there are, how they are locked and which settings hold, and no
 * content.
 */
export function grantStateInspection(role: RuntimeRole, buckets: readonly RecordBucketBase[]): void {
  role.grant("inspect-state", [
    {
      Sid: "ReadLocks",
      Effect: "Allow",
      Action: ["s3:GetObjectLegalHold", "s3:GetObjectRetention"],
      Resource: buckets.map((b) => `${b.arn}/*`),
    },
    { Sid: "ReadSettings", Effect: "Allow", Action: settingReads, Resource: buckets.map((b) => b.arn) },
  ]);
}

/**
 * Lets `role` read every version of `buckets` with its lock, and list; no change (21 CFR 11.10(b)). One policy for all
 * of them, since the inline policies of a role share 10,240 characters (IAM user guide, "IAM and AWS STS quotas").
 */
export function grantInspection(role: RuntimeRole, buckets: readonly RecordBucketBase[]): void {
  const name = buckets.length === 1 ? `inspect-${buckets[0]!.label}` : "inspect";
  role.grant(name, [
    { Sid: "ReadVersions", Effect: "Allow", Action: versionReads, Resource: buckets.map((b) => `${b.arn}/*`) },
    { Sid: "ReadSettings", Effect: "Allow", Action: settingReads, Resource: buckets.map((b) => b.arn) },
  ]);
  role.grant(
    `${name}-keys`,
    buckets.map((bucket, index) => ({ ...bucket.keyUse(["kms:Decrypt"]), Sid: `Key${index}` })),
  );
}
