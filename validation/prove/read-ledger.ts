// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { assertSchema, canonicalJson, parseStrict } from "../json";
import {
  type ChainRow,
  type Entry,
  type LedgerProblem,
  placeOf,
  type Root,
  readEntry,
  readRow,
  verifyChains,
} from "../ledger";
import type { LedgerEvent, LedgerFacts, Looked, ObjectVersion, ProvedEvent } from "./facts";
import type { KeptObject } from "./readers";

export interface ReadChain {
  readonly chain: string;
  readonly rows: readonly ChainRow[];
  /** Everything below `ledger/<chain>/` of the audit bucket. */
  readonly mirror: Looked<readonly KeptObject[]>;
  /** Everything below `ledger-roots/`. */
  readonly roots: Looked<readonly KeptObject[]>;
  /** When the mirror was read, before the rows. */
  readonly asOf: string;
}

/** The writer's clock may be behind. */
const CLOCKS_DIFFER_MS = 60_000;

/** What a chain says of one version, and what does not hold of the chain. Every entry goes through `verifyChains`. */
export function readLedger(read: ReadChain, subject: ObjectVersion): LedgerFacts {
  const { chain, rows } = read;
  const problems: string[] = [];
  const found = rows.flatMap((row) => {
    const read = readRow(row, chain);
    problems.push(...read.problems);
    return read.entry ? { entry: read.entry, event: read.event as LedgerEvent } : [];
  });
  const entries = found.map(({ entry }) => entry);
  const { problems: broken, chains } = verifyChains(entries, undefined, []);
  problems.push(...broken.map(told));
  const events = found.map(({ event, entry: { sequence, hash } }) => ({ sequence, hash, event }));
  const own = events.filter(({ event }) => isOf(event, subject));
  const source = sourceOf(events, subject);
  const { manifest } = [...source, ...own].find(({ event }) => event.type === "MANIFEST_OK")?.event ?? {};
  const inbox = source[0]?.event.bucket ?? subject.bucket;
  const receiptOf = (version: ObjectVersion) =>
    events.find(({ event }) => event.type === "RECEIVED" && isOf(event, version))?.event.sha256;
  const manifestSha256 = manifest && receiptOf({ bucket: inbox, ...manifest });
  return {
    chain,
    entries: rows.length,
    head: chains[0]?.head ?? null,
    problems,
    own,
    source,
    ...(manifestSha256 === undefined ? {} : { manifestSha256 }),
    receivedVersions: events.flatMap(({ event: { type, bucket, key, versionId } }) =>
      type === "RECEIVED" && bucket === subject.bucket && key === subject.key ? [versionId] : [],
    ),
    mirror: looked(read.mirror, (objects) => readMirror(objects, chain, settled(found, objects, read.asOf))),
    roots: looked(read.roots, (objects) => readRoots(objects, chain, entries)),
  };
}

/** Events of the version that was promoted to this one. */
function sourceOf(events: readonly ProvedEvent[], subject: ObjectVersion): readonly ProvedEvent[] {
  const promotion = events.find(
    ({ event }) => event.type === "PROMOTED" && event.destination && isOf(event.destination, subject),
  );
  return promotion ? events.filter(({ event }) => isOf(event, promotion.event)) : [];
}

/** Entries whose copy must lie there: all but those at the end that came while the mirror was read. */
function settled(
  found: ReadonlyArray<{ readonly entry: Entry; readonly event: LedgerEvent }>,
  objects: readonly KeptObject[],
  asOf: string,
): readonly Entry[] {
  const mirrored = Math.max(0, ...objects.map(({ key }) => Number(/(\d{12})\.json$/.exec(key)?.[1] ?? 0)));
  const since = Date.parse(asOf) - CLOCKS_DIFFER_MS;
  return found
    .filter(({ entry, event }) => entry.sequence <= mirrored || !(Date.parse(event.at) > since))
    .map(({ entry }) => entry);
}

function isOf(a: ObjectVersion, b: ObjectVersion): boolean {
  return a.bucket === b.bucket && a.key === b.key && a.versionId === b.versionId;
}

function readMirror(objects: readonly KeptObject[], chain: string, entries: readonly Entry[]) {
  const problems: string[] = [];
  const copies: Entry[] = [];
  const kept = [];
  for (const object of onceEach(objects, problems)) {
    const { key, bytes, versionId, lastModified, lock } = object;
    try {
      const value = parseStrict(bytes, key);
      const { entry, problems: own } = readEntry(value, key);
      problems.push(...own.map((what) => `${key}: ${what}`));
      if (key !== `ledger/${chain}/${placeOf(entry.sequence)}.json` || entry.chain !== chain) {
        problems.push(`${key}: holds ${entry.chain} ${entry.sequence}`);
      }
      if (bytes.toString("utf8") !== canonicalJson(value)) problems.push(`${key}: bytes are not canonical`);
      copies.push(entry);
      kept.push({ sequence: entry.sequence, key, versionId, lastModified, lock });
    } catch (error) {
      problems.push(`${key}: ${reasonOf(error)}`);
    }
  }
  const alone = new Set(verifyChains(entries, undefined, []).problems.map(told));
  const compared = verifyChains(entries, copies, []).problems.map(told);
  return { problems: [...problems, ...compared.filter((problem) => !alone.has(problem))], copies: kept };
}

function readRoots(objects: readonly KeptObject[], chain: string, entries: readonly Entry[]) {
  const problems: string[] = [];
  const roots: Root[] = [];
  for (const { key, bytes } of onceEach(objects, problems)) {
    try {
      const root = parseStrict(bytes, key);
      assertSchema("ledger-root", root, key);
      const { date, chains } = root as Root;
      if (key !== `ledger-roots/${date}.json`) problems.push(`${key}: is the root of ${date}`);
      // Of another vendor's chain this proof knows nothing.
      if (Object.hasOwn(chains, chain)) roots.push({ date, chains: { [chain]: chains[chain]! } });
    } catch (error) {
      problems.push(`${key}: ${reasonOf(error)}`);
    }
  }
  const alone = new Set(verifyChains(entries, undefined, []).problems.map(told));
  const compared = verifyChains(entries, undefined, roots).problems.map(told);
  return { problems: [...problems, ...compared.filter((problem) => !alone.has(problem))], count: roots.length };
}

/** The objects that have bytes; a locked key has one version, so that any second one is somebody's change. */
function onceEach(objects: readonly KeptObject[], problems: string[]): Array<KeptObject & { readonly bytes: Buffer }> {
  const seen = new Set<string>();
  return objects.filter((object): object is KeptObject & { readonly bytes: Buffer } => {
    if (seen.has(object.key)) problems.push(`${object.key}: has more than one version`);
    else if (object.bytes === null) problems.push(`${object.key}: is hidden by a delete marker`);
    seen.add(object.key);
    return object.bytes !== null;
  });
}

function looked<Read, Found>(read: Looked<Read>, find: (seen: Read) => Found): Looked<Found> {
  return "unseen" in read ? read : { seen: find(read.seen) };
}

function told({ chain, sequence, what }: LedgerProblem): string {
  return sequence === null ? `${chain}: ${what}` : `${chain} ${sequence}: ${what}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof Part11Error) return `${error.code}: ${error.message}`;
  throw error;
}
