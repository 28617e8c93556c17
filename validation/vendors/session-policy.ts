// SPDX-License-Identifier: Apache-2.0
import type { Vendor } from "./vendor";

/** Longest session policy that Transfer takes (Transfer user guide, "Session policies for S3 buckets", read 2026-11-22). */
export const MAX_SESSION_POLICY_CHARACTERS = 2048;

/** Longest names that can stand in one: a bucket of 63 characters, a multi-region key in the partition with the longest ARNs. */
const LONGEST_BUCKET = `arn:aws-us-gov:s3:::${"b".repeat(63)}`;
const LONGEST_KEY = `arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/mrk-${"0".repeat(32)}`;

/**
 * Characters of the longest session policy that a login of this vendor can need: upload to each study and to the lane for
 * trying things out, making no folder, seeing the own ones, and the two key actions. The handler checks the policy that it really makes.
 */
export function longestSessionPolicy({ id, studies }: Pick<Vendor, "id" | "studies">): number {
  const folders = [...studies.map((study) => `clinical/inbound/raw/${id}/${study.id}`), `clinical/inbound/test/${id}`];
  const policy = {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Upload",
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
        Resource: folders.map((folder) => `${LONGEST_BUCKET}/${folder}/*`),
      },
      { Sid: "DenyFolders", Effect: "Deny", Action: "s3:PutObject", Resource: `${LONGEST_BUCKET}/*/` },
      {
        Sid: "List",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: LONGEST_BUCKET,
        Condition: { StringLike: { "s3:prefix": folders.map((folder) => `${folder}/*`) } },
      },
      {
        Sid: "Key",
        Effect: "Allow",
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Resource: LONGEST_KEY,
        Condition: { StringEquals: { "kms:ViaService": "s3.us-gov-west-1.amazonaws.com" } },
      },
    ],
  };
  return JSON.stringify(policy).length;
}
