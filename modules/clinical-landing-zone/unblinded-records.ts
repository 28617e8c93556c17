// SPDX-License-Identifier: Apache-2.0
import { ModuleError } from "../errors";
import { grantInspection, grantStateInspection, type RecordBucket } from "../record-bucket";
import type { Replication } from "../replication";
import type { RuntimeRole } from "../runtime-role";
import { confineReading } from "./confined-reading";
import type { ClinicalLandingZoneProps } from "./zone-props";

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

/**
 * Two roles that one person may take are no separation. Outside of production one person may be all of them.
 * @throws SETTINGS_INVALID
 */
export function refuseBothKinds(
  readers: readonly string[],
  { inspectorTrustedBy, identity }: Pick<ClinicalLandingZoneProps, "inspectorTrustedBy" | "identity">,
  where: string,
): void {
  const both = readers.filter((arn) => inspectorTrustedBy.includes(arn));
  if (both.length === 0 || identity.environment !== "production") return;
  throw new ModuleError("SETTINGS_INVALID", {
    what: "one principal reads blinded and unblinded data",
    where,
    expected: "unblinded.readersTrustedBy without the principals of inspectorTrustedBy",
    got: both.join(", "),
    todo: "name people who do not work blinded",
  });
}
