// SPDX-License-Identifier: Apache-2.0
import { GetBucketPolicyCommand, GetObjectLockConfigurationCommand } from "@aws-sdk/client-s3";
import { type Challenge, expectAnswer, observe } from "../challenge";
import type { Principal } from "../principal";

interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
}

/** What the challenges of the lock stand on: without it a refusal could come from a policy. */
export const premiseChallenges: readonly Challenge[] = [nothingButTheLock()];

function nothingButTheLock(): Challenge {
  const title = "The challenged bucket has a lock and no policy that refuses";
  return {
    step: {
      id: "OQ-premise-challenged-bucket",
      title,
      controls: [],
      requirements: ["URS-033"],
      clauses: ["11.10(c)"],
      kind: "positive",
      principal: "deploy role",
      action: "GetBucketPolicy and GetObjectLockConfiguration of the disposable bucket that is challenged",
      expected: "no statement with the effect Deny; COMPLIANCE, one day",
      acceptance: "policy without Deny, default retention COMPLIANCE of one day, twin as said",
      twin: "GetBucketPolicy of the raw bucket shows statements with the effect Deny",
    },
    async run(range) {
      const administrator = await range.administrator();
      const seen = await expectAnswer(administrator, title, async () => {
        const said = await statements(administrator, range.challenged);
        const { ObjectLockConfiguration: lock } = await administrator
          .s3()
          .send(new GetObjectLockConfigurationCommand({ Bucket: range.challenged }));
        const { Mode, Days } = lock?.Rule?.DefaultRetention ?? {};
        const isOpen = said.length > 0 && said.every(({ Effect }) => Effect === "Allow");
        return {
          ok: isOpen && lock?.ObjectLockEnabled === "Enabled" && Mode === "COMPLIANCE" && Days === 1,
          seen: `${range.challenged}: ${inWords(said)}; default retention ${Mode} of ${Days} days`,
        };
      });
      const twin = await observe(`${title}: twin`, async () => {
        const said = await statements(administrator, range.raw);
        return { ok: said.some(({ Effect }) => Effect === "Deny"), seen: `${range.raw}: ${inWords(said)}` };
      });
      if (twin.result === "PASS" || seen.result !== "PASS") return { ...seen, twin };
      return { ...seen, result: "FAIL", reason: "no Deny is seen where one is, so none seen proves nothing", twin };
    },
  };
}

async function statements(principal: Principal, bucket: string): Promise<readonly Statement[]> {
  const { Policy } = await principal.s3().send(new GetBucketPolicyCommand({ Bucket: bucket }));
  return (JSON.parse(Policy ?? "{}") as { Statement?: Statement[] }).Statement ?? [];
}

function inWords(said: readonly Statement[]): string {
  return `policy of ${said.length} statements (${said.map(({ Sid, Effect }) => `${Effect} ${Sid ?? "without Sid"}`).join(", ")})`;
}
