// SPDX-License-Identifier: Apache-2.0
import { type Challenge, type Checked, expectAnswer, observe } from "../challenge";
import { keptVersions } from "../kept-versions";
import { eventsOf, type Told } from "../ledger-events";
import { ledgerHolds } from "../ledger-verified";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { STUDY, sha256 } from "../senders";

const SENDER = "oq-sender";

/** A file that is sent again. */
export const oddRepeatedChallenges: readonly Challenge[] = [superseded()];

function superseded(): Challenge {
  const title = "A file that is sent again under the same name supersedes the first, and both stay";
  return {
    step: {
      id: "OQ-odd-repeated",
      title,
      controls: [],
      requirements: ["URS-009", "URS-019", "URS-022"],
      clauses: ["11.10(c)", "11.10(e)"],
      kind: "positive",
      principal: "vendor's role, by SFTP with the vendor's key from the vendor's network",
      action: `put of a file into /${STUDY}, and after its promotion of one with other bytes under the same name; the installed rules, queue and function do the rest`,
      expected:
        "two versions in the inbox; of both RECEIVED, ATTRIBUTED and PROMOTED, of the first SUPERSEDED, which names the second; of both a record of its own, read back with the bytes sent, and where they lie under the same UTC day the first record SUPERSEDED by the second; the ledger's chains without a break, each entry the same in the audit bucket",
      acceptance: "every one of them, within five minutes",
      twin: "a file that was sent once has no SUPERSEDED",
    },
    async run(range) {
      const principal = { arn: range.senders.roleArn(SENDER) };
      const seen = await expectAnswer(principal, title, async () => {
        const { first, second, versions } = await sendTwice(range);
        const [older, newer] = [await told(range, first, "SUPERSEDED"), await told(range, second, "PROMOTED")];
        const checks = [
          { ok: versions === 2, seen: `${versions} versions of ${first.key} in ${range.inbox}` },
          namesSecond("first", older, second.versionId, "ATTRIBUTED,PROMOTED,RECEIVED,SUPERSEDED"),
          namesSecond("second", newer, undefined, "ATTRIBUTED,PROMOTED,RECEIVED"),
          await recordsFit(range, [older, first], [newer, second]),
          await ledgerHolds(range, SENDER),
        ];
        return { ok: checks.every(({ ok }) => ok), seen: checks.map((one) => one.seen).join("; ") };
      });
      const twin = await observe(`${title}: twin`, async () => {
        const { sent } = await range.promotion();
        const types = (await eventsOf(range, sent)).map(({ type }) => type).sort();
        return { ok: types.includes("PROMOTED") && !types.includes("SUPERSEDED"), seen: types.join(", ") };
      });
      if (twin.result === "PASS") return { ...seen, twin };
      return { ...seen, twin, result: "FAIL", reason: "what was sent once counts as superseded as well" };
    },
  };
}

/** @throws when the second put leaves no version of its own */
async function sendTwice(range: Range) {
  const { senders, run } = range;
  const name = `VOLUME_TWICE_${run}.csv`;
  const first = await senders.upload(SENDER, name, `visit,value\nagain,${run}\n`);
  await eventUntil(range, first, "PROMOTED");
  // Of another length: which upload left which version must not hang on two clocks.
  const content = `visit,value\nagain,${run}\nand again,${run}\n`;
  const session = await senders.login(SENDER, { privateKey: (await senders.key(SENDER)).private });
  await session.put(`/${STUDY}/${name}`, content);
  session.end();
  const versions = (await keptVersions(range, range.inbox, first.key)).filter(({ key }) => key === first.key);
  const other = versions.find(({ versionId }) => versionId !== first.versionId);
  if (!other) throw new Error(`no second version of ${first.key} in ${range.inbox}`);
  const second: PutVersion = { ...first, versionId: other.versionId, sha256: sha256(content) };
  return { first, second, versions: versions.length };
}

/** All that is told of a version, once `last` is or when patience ends. */
async function told(range: Range, version: PutVersion, last: string): Promise<readonly Told[]> {
  await eventUntil(range, version, "PROMOTED");
  return eventUntil(range, version, last);
}

function namesSecond(which: string, events: readonly Told[], by: string | undefined, expected: string): Checked {
  const types = events.map(({ type }) => type).sort();
  const named = events.find(({ type }) => type === "SUPERSEDED")?.supersededBy;
  const follows = named === undefined ? "" : ` by version ${named}`;
  return { ok: types.join() === expected && named === by, seen: `${which}: ${types.join(", ")}${follows}` };
}

type Sent = readonly [readonly Told[], PutVersion];

async function recordsFit(range: Range, older: Sent, newer: Sent): Promise<Checked> {
  const [one, other] = [older, newer].map(([events, { sha256: hash }]) => {
    const record = events.find(({ type }) => type === "PROMOTED")?.destination;
    return record && { ...record, sha256: hash };
  });
  if (!one || !other) return { ok: false, seen: "not two records" };
  const inspector = await range.inspector();
  const reads = [await range.readable(inspector, one), await range.readable(inspector, other)];
  const isSameKey = one.key === other.key;
  const events = await eventUntil(range, one, isSameKey ? "SUPERSEDED" : "RECEIVED");
  const by = events.find(({ type }) => type === "SUPERSEDED")?.supersededBy;
  const follows = by === (isSameKey ? other.versionId : undefined);
  return {
    ok: reads.every(({ ok }) => ok) && one.versionId !== other.versionId && follows,
    seen: `records: ${reads.map((read) => read.seen).join(", ")}, the first superseded by ${by ?? "none"}`,
  };
}
