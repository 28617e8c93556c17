// SPDX-License-Identifier: Apache-2.0
import type { RecordBucket } from "../record-bucket";

/** Lines that say what cannot be taken back: TB-years locked by each terabyte, and what is paid by the hour. */
export function planSummary(buckets: readonly RecordBucket[]): string[] {
  const years = (days: number) => (days / 365.25).toFixed(2);
  const lines = buckets
    .filter((bucket) => bucket.retention.mode === "COMPLIANCE")
    .map(
      (bucket) =>
        `${bucket.bucketName}: each TB is locked ${years(bucket.retention.days)} TB-years (${bucket.retention})`,
    );
  return [...lines, "hourly endpoints: none"];
}
