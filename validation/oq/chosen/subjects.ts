// SPDX-License-Identifier: Apache-2.0

/** A bucket that the gate holds to carry records: by its tag, by part11.yaml, or by what the plan does with it. */
export interface RecordBucket {
  /** `B1`, `B2`, … in the order of addresses: part of the ids of its steps. */
  readonly id: string;
  readonly address: string;
  /** Why it is one: `tag BucketRole = record`, `part11.yaml: record`, `what the plan does with it`. */
  readonly because: string;
  /** Default retention as planned, in days, and in years where it is written so; null where the plan has none or does not show it. */
  readonly retention: { readonly days: number; readonly years: number | null } | null;
}

/** What of a plan is challenged. */
export interface Subjects {
  readonly buckets: readonly RecordBucket[];
}
