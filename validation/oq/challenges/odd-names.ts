// SPDX-License-Identifier: Apache-2.0
import { arrivedOnce, type SentFile } from "../arrived";
import { type Challenge, type Checked, expectAnswer } from "../challenge";
import { inAscii } from "../in-ascii";
import { keptVersions } from "../kept-versions";
import type { Told } from "../ledger-events";
import { ledgerHolds } from "../ledger-verified";
import { eventUntil } from "../promotion";
import type { Range } from "../range";
import { STUDY, sha256 } from "../senders";

const SENDER = "oq-sender";

/** Ends of names, by what is odd of each. Whoever decodes, encodes or composes a name on the way takes one of them for another. */
export const ODD_ENDINGS: Readonly<Record<string, string>> = {
  space: "a b.csv",
  plus: "a+b.csv",
  "percent-encoded space": "a%20b.csv",
  "percent-encoded plus": "a%2Bb.csv",
  "percent sign alone": "100%.csv",
  "composed letter": "\u00e9.csv",
  "letter and accent apart": "e\u0301.csv",
  "signs of three bytes": "\u6cbb\u9a13.csv",
  "sign beyond 16 bits": "\u{1f9ea}.csv",
  "signs of XML": "<a>&'\"b.csv",
  "signs of a URL": "a?versionId=b#c.csv",
};

/** A file with an odd name, sent. */
interface OddFile extends SentFile {
  readonly odd: string;
  /** Name without its folder. */
  readonly name: string;
}

/** Names that are odd and in order: each is a record of its own, under exactly its name. */
export const oddNamesChallenges: readonly Challenge[] = [promoted()];

function promoted(): Challenge {
  const title = "Files with odd names become records under exactly these names";
  return {
    step: {
      id: "OQ-odd-names",
      title,
      controls: [],
      requirements: ["URS-007", "URS-019", "URS-022"],
      clauses: ["11.10(a)", "11.10(c)"],
      kind: "positive",
      principal: "vendor's role, by SFTP with the vendor's key from the vendor's network",
      action: `put of ${Object.keys(ODD_ENDINGS).length} different files into /${STUDY}, of which each has another oddity in its name (${Object.keys(ODD_ENDINGS).join(", ")}), so that some names become one another when they are decoded, encoded or composed; the installed rules, queue and function do the rest`,
      expected:
        "of every file one version in the inbox with RECEIVED, ATTRIBUTED and PROMOTED once each, and one version of its record, of the same bytes, whose key is the folder, the UTC day of receipt and the name, sign by sign; the SHA-256 of both, as the ledger tells it, is that of what was sent; the ledger's chains without a break, each entry the same in the audit bucket",
      acceptance: "every one of them, within five minutes; no other key in either bucket",
    },
    async run(range) {
      const principal = { arn: range.senders.roleArn(SENDER) };
      let observed: object = {};
      const seen = await expectAnswer(principal, title, async () => {
        const files = await send(range);
        const told = await untilPromoted(range, files);
        const prefix = range.senders.prefix(SENDER);
        const own = async (bucket: string) =>
          (await keptVersions(range, bucket, prefix)).filter(({ key }) => key.includes(`/${stem(range)}`));
        const arrived = { sent: files, told, inbox: await own(range.inbox), raw: await own(range.raw) };
        const placed = await Promise.all(files.map((file) => placedAs(range, file, told)));
        const checks = [arrivedOnce(arrived), ...placed.filter(({ ok }) => !ok), await ledgerHolds(range, SENDER)];
        observed = { files, placed };
        return {
          ok: checks.every(({ ok }) => ok),
          seen: inAscii(checks.map((one) => one.seen).join("; ")),
        };
      });
      return { ...seen, observed };
    },
  };
}

/** Begins the names of this step's files. */
function stem({ run }: Range): string {
  return `VOLUME_ODD_${run}_`;
}

async function send(range: Range): Promise<readonly OddFile[]> {
  const { senders } = range;
  const files: OddFile[] = [];
  const session = await senders.login(SENDER, { privateKey: (await senders.key(SENDER)).private });
  for (const [odd, ending] of Object.entries(ODD_ENDINGS)) {
    const name = `${stem(range)}${ending}`;
    const content = `subject,name\n${odd},${range.run}\n`;
    await session.put(`/${STUDY}/${name}`, content);
    files.push({ odd, name, key: `${senders.prefix(SENDER)}${name}`, sha256: sha256(content) });
  }
  session.end();
  return files;
}

/** What the ledger tells of these files and of their records, once it tells all or when patience ends. */
async function untilPromoted(range: Range, files: readonly OddFile[]): Promise<readonly Told[]> {
  const versions = await keptVersions(range, range.inbox, range.senders.prefix(SENDER));
  const told: Told[] = [];
  for (const { key, sha256: hash } of files) {
    for (const { versionId } of versions.filter((version) => version.key === key)) {
      const own = await eventUntil(range, { bucket: range.inbox, key, versionId, sha256: hash }, "PROMOTED");
      const record = own.find(({ type }) => type === "PROMOTED")?.destination;
      told.push(...own, ...(record ? await eventUntil(range, { ...record, sha256: hash }, "RECEIVED") : []));
    }
  }
  return told;
}

/** Whether the record of a file lies under its name, with its bytes. */
async function placedAs(
  range: Range,
  { key, name, odd, sha256: hash }: OddFile,
  told: readonly Told[],
): Promise<Checked> {
  const own = told.filter((one) => one.key === key);
  const day = own.find(({ type }) => type === "RECEIVED")?.receivedAt?.slice(0, 10);
  const record = own.find(({ type }) => type === "PROMOTED")?.destination;
  if (!record) return { ok: false, seen: `${odd}: no record` };
  const read = await range.readable(await range.inspector(), { ...record, sha256: hash });
  const placed = record.bucket === range.raw && record.key === `${range.senders.prefix(SENDER)}${day}/${name}`;
  return { ok: placed && read.ok, seen: `${odd}: record ${record.key}, ${read.seen}` };
}
