// SPDX-License-Identifier: Apache-2.0
import { GetBucketPolicyCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { Range } from "./range";
import type { Setting } from "./restore";

/** One statement of a bucket's policy as a setting that a mutant takes out. @throws when the policy has no such statement */
export async function statementTakenOut(range: Range, Bucket: string, sid: string): Promise<Setting> {
  const s3 = (await range.administrator()).s3();
  const read = async () => String((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy);
  const put = (Policy: string) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  return {
    name: `the policy of ${Bucket}`,
    read,
    change: async () => put(withoutStatement(await read(), sid)),
    restore: put,
  };
}

/** The policy without one statement. @throws when it has none of that name */
export function withoutStatement(policy: string, sid: string): string {
  const { Statement, ...rest } = JSON.parse(policy) as { Statement: ReadonlyArray<{ readonly Sid?: string }> };
  const others = Statement.filter(({ Sid }) => Sid !== sid);
  if (others.length !== Statement.length - 1) throw new Error(`the policy has no statement ${sid}`);
  return JSON.stringify({ ...rest, Statement: others });
}
