// SPDX-License-Identifier: Apache-2.0
import { type Challenge, type Checked, expectAnswer, observe } from "../challenge";
import { listing } from "../kept-versions";
import { ledgerHolds } from "../ledger-verified";
import type { Promotion } from "../promotion";
import type { Range } from "../range";
import { type SenderId, STUDY } from "../senders";

const SENDER: SenderId = "oq-unblinded";

/** What is unblinded has a place of its own. */
export const unblindedPromotedChallenges: readonly Challenge[] = [promoted()];

function promoted(): Challenge {
  const title = "An unblinded file becomes a locked record in the bucket of unblinded records, and in no other";
  return {
    step: {
      id: "OQ-unblinded-promoted",
      title,
      controls: [],
      requirements: ["URS-007", "URS-009", "URS-019"],
      clauses: ["11.10(a)", "11.10(c)", "11.10(d)"],
      kind: "positive",
      principal: "vendor's role, by SFTP with the vendor's key from the vendor's network",
      action: `put of a file into /${STUDY} of a vendor whose folder is unblinded; the installed rules, queue and function do the rest`,
      expected:
        "RECEIVED with the SHA-256 of what was sent, ATTRIBUTED, PROMOTED; the record in the unblinded bucket under the UTC day of receipt, the same bytes to the reader role, COMPLIANCE; no version of that folder in the raw bucket; the ledger's chains without a break, each entry the same in the audit bucket",
      acceptance: "every one of them, within five minutes",
      twin: "the blinded record of OQ-sftp-promoted lies in the raw bucket, and no version of its folder in the unblinded one",
    },
    async run(range) {
      const principal = { arn: range.senders.roleArn(SENDER) };
      const seen = await expectAnswer(principal, title, async () => {
        const promotion = await range.unblindedPromotion();
        const nowhereElse = await versionsBelow(range, range.raw, SENDER);
        const checks = [
          eventsFit(promotion),
          await recordFits(range, promotion),
          { ok: nowhereElse === 0, seen: `${nowhereElse} versions of its folder in ${range.raw}` },
          await ledgerHolds(range, SENDER),
        ];
        return { ok: checks.every(({ ok }) => ok), seen: checks.map((one) => one.seen).join("; ") };
      });
      const twin = await observe(`${title}: twin`, async () => {
        const { record } = await range.promotion();
        const astray = await versionsBelow(range, range.unblinded, "oq-sender");
        return {
          ok: record?.bucket === range.raw && astray === 0,
          seen: `${record?.key} in ${record?.bucket}; ${astray} versions of its folder in ${range.unblinded}`,
        };
      });
      if (twin.result === "PASS") return { ...seen, twin };
      return { ...seen, twin, result: "FAIL", reason: "what is blinded is not told from what is not" };
    },
  };
}

function eventsFit({ sent, events }: Promotion): Checked {
  const types = events.map(({ type }) => type).sort();
  const computed = events.find(({ type }) => type === "RECEIVED")?.sha256;
  const whole = ["ATTRIBUTED", "PROMOTED", "RECEIVED"].join() === types.join();
  return { ok: whole && computed === sent.sha256, seen: `${types.join(", ") || "no event"}; SHA-256 ${computed}` };
}

async function recordFits(range: Range, { events, name, record }: Promotion): Promise<Checked> {
  const received = events.find(({ type }) => type === "RECEIVED")?.receivedAt;
  if (!record || !received) return { ok: false, seen: "no record" };
  const reader = await range.unblindedReader();
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until } = await range.head(reader, record);
  const read = await range.readable(reader, record);
  const key = `${range.senders.prefix(SENDER)}${received.slice(0, 10)}/${name}`;
  return {
    ok:
      record.bucket === range.unblinded &&
      record.key === key &&
      read.ok &&
      mode === "COMPLIANCE" &&
      Number(until) > Date.now(),
    seen: `record ${record.key}, ${read.seen}, ${mode} until ${until?.toISOString()}`,
  };
}

/** Versions and delete markers of a vendor's folder in a bucket. */
async function versionsBelow(range: Range, bucket: string, vendor: SenderId): Promise<number> {
  const s3 = (await range.administrator()).s3();
  const { versions, deleteMarkers } = await listing(s3, bucket, range.senders.prefix(vendor));
  return versions.length + deleteMarkers.length;
}
