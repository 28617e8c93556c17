// SPDX-License-Identifier: Apache-2.0
import { at, isBlank, isHidden, known, type Planned, planned } from "./planned";

/** Roles of which no lock is asked. */
const WITHOUT_LOCK: readonly unknown[] = ["access-log", "results", "other"];

const ROLE = ["tags", "BucketRole"] as const;

export const buckets = (plan: unknown) => planned(plan, "aws_s3_bucket");

/** Buckets that surely hold records: their tag says so or cannot be read, they are made for locking, or a trail writes there. */
export function recordBuckets(plan: unknown): readonly Planned[] {
  const trails = planned(plan, "aws_cloudtrail").map((trail) => known(trail, "s3_bucket_name"));
  return buckets(plan).filter((bucket) => {
    const name = known(bucket, "bucket");
    if (typeof name === "string" && trails.includes(name)) return true;
    const role = at(bucket.after, ROLE);
    if (!isBlank(role)) return isHidden(bucket, ROLE) || !WITHOUT_LOCK.includes(role);
    return known(bucket, "object_lock_enabled") === true && !mentions(plan, "BucketRole", bucket);
  });
}

export interface Part {
  readonly type: string;
  /** The deprecated block of the bucket that says the same. */
  readonly inline?: string;
  readonly complies: (part: Planned) => boolean;
}

/** Those of some buckets whose split resource surely breaks a rule: one that names them does, or none that may be theirs keeps it. */
export function breaking(plan: unknown, of: readonly Planned[], { type, inline, complies }: Part): readonly string[] {
  const parts = planned(plan, type);
  return of
    .filter((bucket) => inline === undefined || isBlank(at(bucket.after, [inline])))
    .filter((bucket) => {
      const name = known(bucket, "bucket");
      const named = parts.map((part) => known(part, "bucket"));
      // Terraform refuses an empty name.
      const isName = (value: unknown) => typeof value === "string" && value !== "";
      const own = parts.filter((_, i) => isName(name) && named[i] === name);
      const perhaps = parts.filter((_, i) => !isName(name) || !isName(named[i]));
      return own.some((part) => !complies(part)) || ![...own, ...perhaps].some(complies);
    })
    .map(({ address }) => address);
}

/** True when the word stands in the merged tags of a bucket or in a provider block: default tags may decide. */
export function mentions(plan: unknown, word: string, bucket: Planned): boolean {
  const places = [at(bucket.after, ["tags_all"]), at(plan, ["configuration", "provider_config"])];
  return places.some((place) => JSON.stringify(place)?.includes(word));
}
