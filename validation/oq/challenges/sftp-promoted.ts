// SPDX-License-Identifier: Apache-2.0
import { type Challenge, type Checked, expectAnswer } from "../challenge";
import { ledgerHolds } from "../ledger-verified";
import type { Promotion } from "../promotion";
import type { Range } from "../range";
import { STUDY } from "../senders";

/** From the vendor's client to a record that the ledger proves. */
export const sftpPromotedChallenges: readonly Challenge[] = [promoted()];

function promoted(): Challenge {
  const title = "An upload becomes a locked record that the ledger proves";
  return {
    step: {
      id: "OQ-sftp-promoted",
      title,
      controls: ["P11-10a-09", "P11-10a-11", "P11-10e-15"],
      requirements: ["URS-007", "URS-009", "URS-017", "URS-019", "URS-022", "URS-025"],
      clauses: ["11.10(a)", "11.10(c)", "11.10(e)"],
      kind: "positive",
      principal: "vendor's role, by SFTP with the vendor's key from the vendor's network",
      action: `put of a file and of its .sha256 into /${STUDY}; the installed rules, queue and function do the rest`,
      expected:
        "RECEIVED, ATTRIBUTED, MANIFEST_OK with the sender's SHA-256, PROMOTED; the record in the raw bucket under the UTC day of receipt, the same bytes, COMPLIANCE; the ledger's chains without a break, each entry the same in the audit bucket",
      acceptance: "every one of them, within five minutes",
    },
    async run(range) {
      const principal = { arn: range.senders.roleArn("oq-sender") };
      return expectAnswer(principal, title, async () => {
        const promotion = await range.promotion();
        const checks = [
          eventsFit(promotion),
          await recordFits(range, promotion),
          await ledgerHolds(range, "oq-sender"),
        ];
        return { ok: checks.every(({ ok }) => ok), seen: checks.map(({ seen }) => seen).join("; ") };
      });
    },
  };
}

function eventsFit({ sent, events }: Promotion): Checked {
  const types = events.map(({ type }) => type).sort();
  const stated = events.find(({ type }) => type === "MANIFEST_OK")?.senderSha256;
  const computed = events.find(({ type }) => type === "RECEIVED")?.sha256;
  const whole = ["ATTRIBUTED", "MANIFEST_OK", "PROMOTED", "RECEIVED"].join() === types.join();
  return {
    ok: whole && stated === sent.sha256 && computed === sent.sha256,
    seen: `${types.join(", ") || "no event"}; SHA-256 of the sender ${stated}, computed ${computed}`,
  };
}

async function recordFits(range: Range, { sent, name, record }: Promotion): Promise<Checked> {
  if (!record) return { ok: false, seen: "no record" };
  const inspector = await range.inspector();
  const { LastModified } = await range.head(inspector, sent);
  const day = LastModified!.toISOString().slice(0, 10);
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until } = await range.head(inspector, record);
  const read = await range.readable(inspector, record);
  const placed = record.bucket === range.raw && record.key === `${range.senders.prefix("oq-sender")}${day}/${name}`;
  return {
    ok: placed && read.ok && mode === "COMPLIANCE" && Number(until) > Date.now(),
    seen: `record ${record.key}, ${read.seen}, ${mode} until ${until?.toISOString()}`,
  };
}
