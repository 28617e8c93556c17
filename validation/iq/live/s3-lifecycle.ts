// SPDX-License-Identifier: Apache-2.0
import { GetBucketLifecycleConfigurationCommand, type LifecycleRule } from "@aws-sdk/client-s3";
import { identity, type LiveReader, unless } from "./reader";
import { NO_BUCKET } from "./s3-bucket";
import { filterOf } from "./s3-filter";

const lifecycle: LiveReader = {
  calls: ["s3:GetBucketLifecycleConfiguration"],
  reads: [
    "bucket",
    "transition_default_minimum_object_size",
    "rule",
    "rule.id",
    "rule.status",
    "rule.prefix",
    "rule.filter",
    "rule.expiration",
    "rule.expiration.date",
    "rule.expiration.days",
    "rule.expiration.expired_object_delete_marker",
    "rule.noncurrent_version_expiration",
    "rule.noncurrent_version_expiration.noncurrent_days",
    "rule.noncurrent_version_expiration.newer_noncurrent_versions",
    "rule.noncurrent_version_transition",
    "rule.noncurrent_version_transition.noncurrent_days",
    "rule.noncurrent_version_transition.storage_class",
    "rule.transition",
    "rule.transition.date",
    "rule.transition.days",
    "rule.transition.storage_class",
    "rule.abort_incomplete_multipart_upload",
    "rule.abort_incomplete_multipart_upload.days_after_initiation",
  ],
  async read(resource, { s3 }) {
    const Bucket = identity(resource, "bucket");
    const none = "NoSuchLifecycleConfiguration";
    const found = await unless(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })), none, ...NO_BUCKET);
    if (!found) return undefined;
    const transition_default_minimum_object_size = found.TransitionDefaultMinimumObjectSize;
    return { bucket: Bucket, transition_default_minimum_object_size, rule: (found.Rules ?? []).map(ruleOf) };
  },
};

function ruleOf(rule: LifecycleRule): Record<string, unknown> {
  const { Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
  return {
    id: rule.ID,
    status: rule.Status,
    prefix: rule.Prefix,
    filter: filterOf(rule.Filter),
    expiration: Expiration && {
      date: Expiration.Date?.toISOString(),
      days: Expiration.Days,
      expired_object_delete_marker: Expiration.ExpiredObjectDeleteMarker,
    },
    noncurrent_version_expiration: NoncurrentVersionExpiration && {
      noncurrent_days: NoncurrentVersionExpiration.NoncurrentDays,
      newer_noncurrent_versions: NoncurrentVersionExpiration.NewerNoncurrentVersions,
    },
    noncurrent_version_transition: rule.NoncurrentVersionTransitions?.map((transition) => ({
      noncurrent_days: transition.NoncurrentDays,
      newer_noncurrent_versions: transition.NewerNoncurrentVersions,
      storage_class: transition.StorageClass,
    })),
    transition: rule.Transitions?.map(({ Date: date, Days, StorageClass }) => ({
      date: date?.toISOString(),
      days: Days,
      storage_class: StorageClass,
    })),
    abort_incomplete_multipart_upload: AbortIncompleteMultipartUpload && {
      days_after_initiation: AbortIncompleteMultipartUpload.DaysAfterInitiation,
    },
  };
}

export const S3_LIFECYCLE_READERS = { aws_s3_bucket_lifecycle_configuration: lifecycle } as const;
