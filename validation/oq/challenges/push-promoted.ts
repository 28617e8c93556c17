// SPDX-License-Identifier: Apache-2.0
import { type Challenge, type Checked, expectAnswer, observe } from "../challenge";
import { ledgerHolds } from "../ledger-verified";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { STUDY } from "../senders";

/** Vendor of the sender `mes-export` of stacks/settings/qualification.yaml. */
const VENDOR = "mes";
export const PUSH_PREFIX = `clinical/inbound/raw/${VENDOR}/${STUDY}/`;

/** From a system of one's own to a record. */
export const pushPromotedChallenges: readonly Challenge[] = [promoted()];

function promoted(): Challenge {
  const title = "What a system pushes becomes a locked record that the ledger proves";
  return {
    step: {
      id: "OQ-push-promoted",
      title,
      controls: [],
      requirements: ["URS-006", "URS-019"],
      clauses: ["11.10(a)", "11.10(c)", "11.10(e)"],
      kind: "positive",
      principal: "role of a system that pushes by SDK",
      action:
        "PutObject with the SHA-256 of its bytes below the own prefix of the inbox; the installed rules, queue and function do the rest",
      expected:
        "RECEIVED with that SHA-256, PROMOTED; the record in the raw bucket under the UTC day of receipt, the same bytes, COMPLIANCE; the ledger's chains without a break, each entry the same in the audit bucket",
      acceptance: "every one of them, within five minutes",
      twin: "an object that no delivery expects, put after it by the same role, is received, quarantined and not promoted",
    },
    async run(range) {
      const pusher = await range.pusher();
      const sent = await range.put(pusher, range.inbox, `${PUSH_PREFIX}PUSH_${range.run}.csv`);
      const stray = await range.put(pusher, range.inbox, `${PUSH_PREFIX}STRAY_${range.run}.csv`);
      const seen = await expectAnswer(pusher, title, async () => {
        const checks = [await promotedWhole(range, sent), await ledgerHolds(range, VENDOR)];
        return { ok: checks.every(({ ok }) => ok), seen: checks.map((one) => one.seen).join("; ") };
      });
      const twin = await observe(`${title}: twin`, () => notPromoted(range, stray));
      if (twin.result === "PASS") return { ...seen, twin };
      return { ...seen, twin, result: "FAIL", reason: "what nobody expects is promoted as well" };
    },
  };
}

async function promotedWhole(range: Range, sent: PutVersion): Promise<Checked> {
  const events = await eventUntil(range, sent, "PROMOTED");
  const types = events.map(({ type }) => type).sort();
  const received = events.find(({ type }) => type === "RECEIVED");
  const record = events.find(({ type }) => type === "PROMOTED")?.destination;
  if (!record || !received?.receivedAt) return { ok: false, seen: types.join(", ") || "no event" };
  const inspector = await range.inspector();
  const version = { ...record, sha256: sent.sha256 };
  const read = await range.readable(inspector, version);
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until } = await range.head(inspector, version);
  const key = `${PUSH_PREFIX}${received.receivedAt.slice(0, 10)}/${sent.key.slice(PUSH_PREFIX.length)}`;
  const placed = record.bucket === range.raw && record.key === key;
  const locked = mode === "COMPLIANCE" && Number(until) > Date.now();
  return {
    ok: types.join() === "PROMOTED,RECEIVED" && received.sha256 === sent.sha256 && placed && read.ok && locked,
    seen: `${types.join(", ")}; SHA-256 computed ${received.sha256}; record ${record.key}, ${read.seen}, ${mode} until ${until?.toISOString()}`,
  };
}

async function notPromoted(range: Range, sent: PutVersion): Promise<Checked> {
  const types = (await eventUntil(range, sent, "QUARANTINED")).map(({ type }) => type).sort();
  return { ok: types.join() === "QUARANTINED,RECEIVED", seen: types.join(", ") || "no event" };
}
