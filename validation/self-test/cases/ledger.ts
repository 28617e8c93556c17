// SPDX-License-Identifier: Apache-2.0
import { canonicalJson, digestOf, sha256Hex } from "../../json";
import type { Root } from "../../ledger";
import type { SelfTestCase } from "../case";

interface Link {
  readonly sequence: number;
  readonly eventId: string;
  readonly eventSha256: string;
  readonly previous: string;
  readonly hash: string;
}

interface LedgerEntry {
  readonly event: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly link: Link;
}

/** The entry of one received version, at its place in the vendor's chain. */
function entry(versionId: string, before?: Link): LedgerEntry {
  const key = `clinical/inbound/raw/acme/abc-1/${versionId}.csv`;
  const of = { type: "RECEIVED", vendor: "acme", bucket: "acme-inbox", key, versionId };
  const event = {
    schemaVersion: 1,
    id: digestOf([of.type, of.bucket, of.key, of.versionId]),
    ...of,
    at: "2026-11-22T00:00:01.000Z",
    study: "abc-1",
    bytes: 12,
    sha256: "a".repeat(64),
    receivedAt: "2026-11-22T00:00:00Z",
  };
  const content = {
    sequence: (before?.sequence ?? 0) + 1,
    eventId: event.id,
    eventSha256: sha256Hex(canonicalJson(event)),
    previous: before?.hash ?? "0".repeat(64),
  };
  return { event, link: { ...content, hash: digestOf(content) } };
}

function chain(): [LedgerEntry, LedgerEntry, LedgerEntry] {
  const first = entry("v1");
  const second = entry("v2", first.link);
  return [first, second, entry("v3", second.link)];
}

/** The root of a day, as it was noted when the chain had three links. */
const ROOT: Root = { date: "2026-11-22", chains: { acme: { sequence: 3, hash: chain()[2].link.hash } } };

function ledger(
  name: string,
  title: string,
  expected: string,
  entries: readonly LedgerEntry[],
  beside: { readonly mirror?: readonly LedgerEntry[]; readonly roots?: readonly Root[] } = {},
): SelfTestCase {
  return {
    id: `ledger.${name}`,
    kind: expected === "no problem" ? "good" : "fault",
    title,
    expected,
    run: ({ readLedgerEntry, verifyChains }) => {
      const read = (list: readonly LedgerEntry[]) => list.map((one, i) => readLedgerEntry(one, `line ${i + 1}`));
      const found = read(entries);
      const mirror = beside.mirror && read(beside.mirror).map((one) => one.entry);
      const { problems } = verifyChains(
        found.map((one) => one.entry),
        mirror,
        beside.roots ?? [],
      );
      const said = [
        ...found.flatMap((one) => one.problems),
        ...problems.map(({ sequence, what }) => `${sequence}: ${what}`),
      ];
      return said.length === 0 ? ["no problem"] : said;
    },
  };
}

const [first, second, third] = chain();
const edited = { ...second, event: { ...second.event, sha256: "b".repeat(64) } };
const forged = entry("v9", first.link);

/** What the ledger's verification must notice. */
export const LEDGER_CASES: readonly SelfTestCase[] = [
  ledger("whole", "a chain with its mirror and the root of its day", "no problem", [first, second, third], {
    mirror: [first, second, third],
    roots: [ROOT],
  }),
  ledger("event-edited", "the hash of a received file was edited", "event is not the one that was hashed", [
    first,
    edited,
    third,
  ]),
  ledger("link-dropped", "an entry was taken out of the chain", "2: is missing", [first, third]),
  ledger(
    "chain-cut",
    "the end of the chain was cut off",
    "3: is missing, and the root of 2026-11-22 names it",
    [first, second],
    {
      roots: [ROOT],
    },
  ),
  ledger(
    "link-forged",
    "an entry was replaced by one with hashes of its own",
    "3: does not follow from the link before",
    [first, forged, third],
  ),
  ledger("mirror-differs", "ledger and mirror hold different entries", "2: differs from its mirror", [first, second], {
    mirror: [first, forged],
  }),
  ledger("entry-twice", "an event was recorded twice", "2: same event as acme 1", [first, entry("v1", first.link)]),
];
