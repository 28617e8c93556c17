// SPDX-License-Identifier: Apache-2.0
import { type Challenge, type Checked, expectAnswer, observe } from "../challenge";
import { inAscii } from "../in-ascii";
import { keptVersions } from "../kept-versions";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { STUDY } from "../senders";
import { PUSH_PREFIX } from "./push-promoted";

const SENDER = "oq-sender";

/** What arrives and is no file of anybody's. */
interface Odd {
  readonly odd: string;
  /** By SFTP, or by a system's PutObject: its SFTP session lets nobody make a folder, and clients know no name with a line break. */
  readonly by: "sftp" | "push";
  /** Name without its folder. */
  readonly name: string;
  readonly content: string;
  /** Why the ledger says that it is no record. */
  readonly reason: string;
}

const CONTROL = "has control characters in its name";

function oddArrivals(run: string): readonly Odd[] {
  const content = (odd: string) => `subject,value\n${odd},${run}\n`;
  return [
    { odd: "zero bytes", by: "sftp", name: `VOLUME_EMPTY_${run}.csv`, content: "", reason: "is empty" },
    {
      odd: "name of an unfinished upload",
      by: "sftp",
      name: `${unfinished(run)}.filepart`,
      content: content("unfinished"),
      reason: "has the name of an unfinished upload",
    },
    {
      odd: "sign that turns the text",
      by: "sftp",
      name: `VOLUME_TURNED_${run}_\u202evsc.csv`,
      content: content("turned"),
      reason: CONTROL,
    },
    { odd: "line break", by: "push", name: `PUSH_${run}_a\nb.csv`, content: content("line break"), reason: CONTROL },
    {
      odd: "control character",
      by: "push",
      name: `PUSH_${run}_a\u0007b.csv`,
      content: content("bell"),
      reason: CONTROL,
    },
    { odd: "folder", by: "push", name: `PUSH_${run}_folder/`, content: "", reason: "is a folder marker" },
  ];
}

/** What never becomes a record, whoever sends it. */
export const oddRefusedChallenges: readonly Challenge[] = [quarantined()];

function quarantined(): Challenge {
  const title =
    "What is empty, unfinished, a folder or unreadable by its name is quarantined and never becomes a record";
  const arrivals = oddArrivals("<run>");
  return {
    step: {
      id: "OQ-odd-refused",
      title,
      controls: [],
      requirements: ["URS-019", "URS-022"],
      clauses: ["11.10(a)", "11.10(e)"],
      kind: "positive",
      principal: "vendor's role, by SFTP with the vendor's key from the vendor's network; role of a system that pushes",
      action: `put into /${STUDY} by SFTP: ${named(arrivals, "sftp")}; by PutObject below the prefix of a system that pushes: ${named(arrivals, "push")}. But for what is odd of them an installed delivery expects each; the installed rules, queue and function do the rest`,
      expected: `of each one version in the inbox with RECEIVED, its SHA-256 that of what was sent, and QUARANTINED with its reason (${arrivals.map(({ odd, reason }) => `${odd}: "${reason}"`).join("; ")}), those by SFTP with ATTRIBUTED as well; no PROMOTED, and no version of its name in the raw bucket`,
      acceptance: "every one of them, within five minutes",
      twin: "the bytes of the unfinished upload under its final name become a record",
    },
    async run(range) {
      const principal = { arn: range.senders.roleArn(SENDER) };
      const seen = await expectAnswer(principal, title, async () => {
        const checks: Checked[] = [];
        for (const odd of oddArrivals(range.run)) checks.push(await refused(range, odd, await send(range, odd)));
        return { ok: checks.every(({ ok }) => ok), seen: inAscii(checks.map((one) => one.seen).join("; ")) };
      });
      const twin = await observe(`${title}: twin`, async () => {
        const { content } = oddArrivals(range.run).find(({ name }) => name.endsWith(".filepart"))!;
        const sent = await range.senders.upload(SENDER, unfinished(range.run), content);
        const types = (await eventUntil(range, sent, "PROMOTED")).map(({ type }) => type).sort();
        return { ok: types.join() === "ATTRIBUTED,PROMOTED,RECEIVED", seen: types.join(", ") || "no event" };
      });
      if (twin.result === "PASS") return { ...seen, twin };
      return { ...seen, twin, result: "FAIL", reason: "what is in order does not become a record either" };
    },
  };
}

/** Final name of the file whose upload is unfinished. */
function unfinished(run: string): string {
  return `VOLUME_UNFINISHED_${run}.csv`;
}

function named(arrivals: readonly Odd[], by: Odd["by"]): string {
  return arrivals.flatMap((one) => (one.by === by ? [one.odd] : [])).join(", ");
}

function prefixOf(range: Range, { by }: Odd): string {
  return by === "push" ? PUSH_PREFIX : range.senders.prefix(SENDER);
}

/** @throws SUBJECT_NOT_FOUND when the inbox has not exactly one version of it */
async function send(range: Range, odd: Odd): Promise<PutVersion> {
  if (odd.by === "sftp") return range.senders.upload(SENDER, odd.name, odd.content);
  return range.put(await range.pusher(), range.inbox, `${PUSH_PREFIX}${odd.name}`, { Body: Buffer.from(odd.content) });
}

async function refused(range: Range, odd: Odd, sent: PutVersion): Promise<Checked> {
  await eventUntil(range, sent, "QUARANTINED");
  // Refused at once: who sent it may be told only afterwards.
  const events = await eventUntil(range, sent, odd.by === "sftp" ? "ATTRIBUTED" : "QUARANTINED");
  const types = events.map(({ type }) => type).sort();
  const reason = events.find(({ type }) => type === "QUARANTINED")?.reason;
  const hash = events.find(({ type }) => type === "RECEIVED")?.sha256;
  const records = (await keptVersions(range, range.raw, prefixOf(range, odd))).filter(({ key }) =>
    key.endsWith(`/${odd.name}`),
  );
  const expected = odd.by === "sftp" ? "ATTRIBUTED,QUARANTINED,RECEIVED" : "QUARANTINED,RECEIVED";
  return {
    ok: types.join() === expected && reason === odd.reason && hash === sent.sha256 && records.length === 0,
    seen: `${odd.odd}: ${types.join(", ") || "no event"}; reason ${reason}; SHA-256 computed ${hash}, sent ${sent.sha256}; ${records.length} versions of its name in ${range.raw}`,
  };
}
