// SPDX-License-Identifier: Apache-2.0
import {
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
} from "@aws-sdk/client-s3";
import { identity, type LiveReader, tagsOf, unless } from "./reader";

/** Errors by which S3 says that the bucket itself is not there; HEAD has no body and gives `NotFound`. */
export const NO_BUCKET = ["NoSuchBucket", "NotFound"] as const;
const NO_LOCK = "ObjectLockConfigurationNotFoundError";

const bucket: LiveReader = {
  calls: ["s3:HeadBucket", "s3:GetObjectLockConfiguration", "s3:GetBucketTagging"],
  reads: ["bucket", "object_lock_enabled", "tags", "tags_all"],
  async read(resource, { s3 }) {
    const Bucket = identity(resource, "bucket");
    if (!(await unless(s3.send(new HeadBucketCommand({ Bucket })), ...NO_BUCKET))) return undefined;
    const lock = await unless(s3.send(new GetObjectLockConfigurationCommand({ Bucket })), NO_LOCK);
    const tagging = await unless(s3.send(new GetBucketTaggingCommand({ Bucket })), "NoSuchTagSet");
    const object_lock_enabled = lock?.ObjectLockConfiguration?.ObjectLockEnabled === "Enabled";
    return { bucket: Bucket, object_lock_enabled, ...tagsOf(tagging?.TagSet) };
  },
};

const versioning: LiveReader = {
  calls: ["s3:GetBucketVersioning"],
  reads: ["bucket", "versioning_configuration.status", "versioning_configuration.mfa_delete"],
  async read(resource, { s3 }) {
    const Bucket = identity(resource, "bucket");
    const found = await unless(s3.send(new GetBucketVersioningCommand({ Bucket })), ...NO_BUCKET);
    if (!found) return undefined;
    return { bucket: Bucket, versioning_configuration: { status: found.Status, mfa_delete: found.MFADelete } };
  },
};

const objectLock: LiveReader = {
  calls: ["s3:GetObjectLockConfiguration"],
  reads: [
    "bucket",
    "object_lock_enabled",
    "rule.default_retention.mode",
    "rule.default_retention.days",
    "rule.default_retention.years",
  ],
  async read(resource, { s3 }) {
    const Bucket = identity(resource, "bucket");
    const found = await unless(s3.send(new GetObjectLockConfigurationCommand({ Bucket })), NO_LOCK, ...NO_BUCKET);
    if (!found) return undefined;
    const { ObjectLockEnabled, Rule } = found.ObjectLockConfiguration ?? {};
    const { Mode, Days, Years } = Rule?.DefaultRetention ?? {};
    return {
      bucket: Bucket,
      object_lock_enabled: ObjectLockEnabled,
      rule: { default_retention: { mode: Mode, days: Days, years: Years } },
    };
  },
};

export const S3_BUCKET_READERS = {
  aws_s3_bucket: bucket,
  aws_s3_bucket_versioning: versioning,
  aws_s3_bucket_object_lock_configuration: objectLock,
} as const;
