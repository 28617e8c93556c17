// SPDX-License-Identifier: Apache-2.0
import type { RecordBucket } from "../record-bucket";
import type { RuntimeRole } from "../runtime-role";
import type { Delivery } from "./arrivals/delivery";

interface Promotion {
  readonly raw: RecordBucket;
  /** Where unblinded records are written, which nobody else does. */
  readonly unblinded: RecordBucket | undefined;
  /** Every bucket whose versions are hashed. */
  readonly buckets: readonly RecordBucket[];
  /** What is expected: no other prefix of raw is written to, since its writer may be another role, or its study unblinded. */
  readonly deliveries: readonly Delivery[];
}

/** Lets the function read every version, and add records below raw's folders of vendors and of unblinded data; no delete. */
export function grantPromotion(role: RuntimeRole, { raw, unblinded, buckets, deliveries }: Promotion): void {
  role.grant("hash-versions", [
    {
      Sid: "ReadVersions",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: buckets.map(({ arn }) => `${arn}/*`),
    },
    {
      Sid: "ListVersions",
      Effect: "Allow",
      Action: ["s3:ListBucket", "s3:ListBucketVersions"],
      Resource: buckets.map(({ arn }) => arn),
    },
  ]);
  role.grant(
    "hash-versions-keys",
    buckets.map((bucket, index) => ({ ...bucket.keyUse(["kms:Decrypt"]), Sid: `Key${index}` })),
  );
  for (const folder of blindedFolders(deliveries)) raw.grantWrite(role, `clinical/inbound/raw/${folder}/`);
  unblinded?.grantWrite(role, "clinical/inbound/raw/");
}

/** A vendor's folder as a whole, or those of its blinded studies where it has an unblinded one: policies are short. */
function blindedFolders(deliveries: readonly Delivery[]): readonly string[] {
  const unblinded = new Set(deliveries.filter(({ blinding }) => blinding === "unblinded").map(({ vendor }) => vendor));
  const blinded = deliveries.filter(({ blinding }) => blinding === "blinded");
  const folders = blinded.map(({ vendor, study }) => (unblinded.has(vendor) ? `${vendor}/${study}` : vendor));
  return [...new Set(folders)].sort();
}
