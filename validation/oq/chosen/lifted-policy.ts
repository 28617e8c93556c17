// SPDX-License-Identifier: Apache-2.0
import { DeleteBucketPolicyCommand, GetBucketPolicyCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { Seen } from "../challenge";
import type { InstalledBucket, Site } from "./site";

/** Policy of a bucket; undefined where it has none. */
export async function policyOf(site: Site, { name: Bucket, region }: InstalledBucket): Promise<string | undefined> {
  const s3 = (await site.deployer()).s3({ region });
  try {
    return (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy;
  } catch (error) {
    if ((error as Error).name === "NoSuchBucketPolicy") return undefined;
    throw error;
  }
}

/**
 * Runs a step while the bucket has no policy, so that a refusal can only be the lock's, and puts the policy back and reads it again. FAIL
 * when it is not as it was.
 */
export async function withoutPolicy(site: Site, bucket: InstalledBucket, step: () => Promise<Seen>): Promise<Seen> {
  const { name: Bucket, region } = bucket;
  const s3 = (await site.deployer()).s3({ region });
  const before = await policyOf(site, bucket);
  if (before !== undefined) await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
  const seen = await step().finally(async () => {
    if (before !== undefined) await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: before }));
  });
  if (before === undefined) return { ...seen, actual: `${seen.actual}; the bucket has no policy` };
  const isBack = (await policyOf(site, bucket)) === before;
  const actual = `${seen.actual}; the bucket's policy was taken away for the step, ${isBack ? "put back and read again: as before" : "and is NOT as before"}`;
  return isBack
    ? { ...seen, actual }
    : { ...seen, result: "FAIL", reason: "the bucket's policy is not as it was", actual };
}
