// SPDX-License-Identifier: Apache-2.0
import { grantInspection, grantStateInspection, type RecordBucket } from "../record-bucket";
import type { Replication } from "../replication";
import type { RuntimeRole } from "../runtime-role";
import { confineReading } from "./confined-reading";

/** What is unblinded: the bucket, its copy, and who reads both. */
export interface UnblindedRecords {
  /** Where promotion puts unblinded records. */
  readonly bucket: RecordBucket;
  /** Its copy in the second region. */
  readonly replication: Replication;
  /** Reads both and, to prove a record, the audit bucket. Undefined: nobody reads what is unblinded. */
  readonly reader: RuntimeRole | undefined;
}

/**
 * Lets the reader read bucket and copy, and nobody else: the inspector sees names, locks and settings, and no content
 * (docs/decisions/0023). The reader reads the audit bucket too, since a record is proved by whoever may read it (0026).
 */
export function confineUnblindedRecords(
  { bucket, replication, reader }: UnblindedRecords,
  {
    promotion,
    inspector,
    audit,
  }: { readonly promotion: RuntimeRole; readonly inspector: RuntimeRole; readonly audit: RecordBucket },
): void {
  const both = [bucket, replication.replica];
  const readers = reader ? [reader] : [];
  if (reader) grantInspection(reader, [...both, audit]);
  grantStateInspection(inspector, both);
  confineReading(bucket, [promotion, replication.role, ...readers]);
  // A condition without values is refused by S3: with no reader, the role that writes the copy stands for nobody.
  confineReading(replication.replica, [replication.role, ...readers]);
}
