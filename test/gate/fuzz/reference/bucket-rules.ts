// SPDX-License-Identifier: Apache-2.0
import { breaking, buckets, mentions, recordBuckets } from "./buckets";
import { at, isBlank, known, type Planned, planned } from "./planned";
import type { Rules } from "./rules";

const LOCK = { type: "aws_s3_bucket_object_lock_configuration", inline: "object_lock_configuration" };
const RETENTION = ["rule", 0, "default_retention", 0] as const;
const ENCRYPTION = ["rule", 0, "apply_server_side_encryption_by_default", 0] as const;
const FLAGS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

const YEARS: ReadonlyMap<unknown, number> = new Map([
  ["clinical", 7],
  ["trial-master-file", 25],
  ["atmp", 30],
]);
/** An inbox keeps an object until it was moved on. */
const INBOX_DAYS = 7;

export const BUCKET_RULES: Rules = {
  "P11-10c-01": (plan) => [
    ...recordBuckets(plan)
      .filter((bucket) => isBlank(at(bucket.after, [LOCK.inline])))
      .filter((bucket) => known(bucket, "object_lock_enabled") !== true)
      .map(({ address }) => address),
    ...breaking(plan, recordBuckets(plan), {
      ...LOCK,
      complies: (lock) => known(lock, "object_lock_enabled") === "Enabled",
    }),
  ],
  "P11-10c-02": (plan) =>
    breaking(plan, recordBuckets(plan), {
      ...LOCK,
      complies: (lock) => known(lock, ...RETENTION, "mode") === "COMPLIANCE",
    }),
  "P11-10c-03": (plan) =>
    recordBuckets(plan).flatMap((bucket) => {
      const least = leastDays(plan, bucket);
      return breaking(plan, [bucket], { ...LOCK, complies: (lock) => lockedDays(lock) >= least });
    }),
  "P11-10c-04": (plan) =>
    breaking(plan, recordBuckets(plan), {
      type: "aws_s3_bucket_versioning",
      inline: "versioning",
      complies: (part) => known(part, "versioning_configuration", 0, "status") === "Enabled",
    }),
  "P11-10c-05": (plan) =>
    recordBuckets(plan)
      .filter((bucket) => known(bucket, "force_destroy") !== false)
      .map(({ address }) => address),
  "P11-10d-01": (plan) =>
    breaking(plan, buckets(plan), {
      type: "aws_s3_bucket_public_access_block",
      complies: (part) => FLAGS.every((flag) => known(part, flag) === true),
    }),
  "P11-10d-03": (plan) => [
    ...planned(plan, "aws_s3_bucket_acl").map(({ address }) => address),
    ...breaking(plan, buckets(plan), {
      type: "aws_s3_bucket_ownership_controls",
      complies: (part) => known(part, "rule", 0, "object_ownership") === "BucketOwnerEnforced",
    }),
  ],
  "P11-30-01": (plan) =>
    breaking(plan, buckets(plan), {
      type: "aws_s3_bucket_policy",
      inline: "policy",
      complies: () => true,
    }),
  "P11-30-02": (plan) =>
    breaking(plan, recordBuckets(plan), {
      type: "aws_s3_bucket_server_side_encryption_configuration",
      inline: "server_side_encryption_configuration",
      complies: (part) =>
        ["aws:kms", "aws:kms:dsse"].includes(String(known(part, ...ENCRYPTION, "sse_algorithm"))) &&
        isKey(at(part.after, [...ENCRYPTION, "kms_master_key_id"])),
    }),
};

/** What may name a key, or is not known yet; an alias of AWS names its own. */
function isKey(value: unknown): boolean {
  return isBlank(value) || (typeof value === "string" && value.trim() !== "" && !value.includes("alias/aws/"));
}

/** Days of the default lock; below any minimum when the plan does not show them. Leap days count. */
function lockedDays(lock: Planned): number {
  const [days, years] = [known(lock, ...RETENTION, "days"), known(lock, ...RETENTION, "years")];
  const periods = [
    ...(typeof days === "number" ? [days] : []),
    ...(typeof years === "number" ? [Math.ceil(years * 365.25)] : []),
  ];
  // Of a lock that exists the provider writes the unit that is not used as 0.
  const used = periods.length > 1 ? periods.filter((period) => period !== 0) : periods;
  return used.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...used);
}

function leastDays(plan: unknown, bucket: Planned): number {
  if (known(bucket, "tags", "BucketRole") === "inbox") return INBOX_DAYS;
  const written = known(bucket, "tags", "RecordClass");
  const years = written === undefined ? undefined : (YEARS.get(written) ?? Number.POSITIVE_INFINITY);
  // Without a class of its own the bucket takes one that is not shorter than the shortest.
  const shortest = Math.min(...YEARS.values());
  const least = years ?? (mentions(plan, "RecordClass", bucket) ? shortest : YEARS.get("clinical")!);
  return Math.ceil(least * 365.25);
}
