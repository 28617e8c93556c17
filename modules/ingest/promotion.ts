// SPDX-License-Identifier: Apache-2.0
import type { RecordBucket } from "../record-bucket";
import type { RuntimeRole } from "../runtime-role";

interface Promotion {
  readonly raw: RecordBucket;
  /** Every bucket whose versions are hashed. */
  readonly buckets: readonly RecordBucket[];
  /** Vendors whose files are promoted: no other prefix of raw is written to, since its writer may be another role. */
  readonly vendors: readonly string[];
}

/** Lets the function read every version, and add records below raw's folders of vendors; no delete. */
export function grantPromotion(role: RuntimeRole, { raw, buckets, vendors }: Promotion): void {
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
  for (const vendor of vendors) raw.grantWrite(role, `clinical/inbound/raw/${vendor}/`);
}
