// SPDX-License-Identifier: Apache-2.0
import { canonical, sequenceText } from "../../../modules/ledger/entry";
import type { ChainRow } from "../../../validation/ledger";
import { gather, judge, type Proof, type Readers, type Subject } from "../../../validation/prove";
import type {
  DefaultLock,
  KeyVersion,
  ObjectVersion,
  StoredVersion,
  TrailEvent,
  TransferLine,
} from "../../../validation/prove/facts";
import type { KeptObject, ObjectReader } from "../../../validation/prove/readers";
import { Bench, FOLDER, MIDNIGHT, MINUTE, sessionAt, sha256Of } from "../../modules/ingest/bench";

const RETAIN_UNTIL = "2033-11-21T00:00:00.000Z";
const LATER = MIDNIGHT + 3 * 24 * 60 * MINUTE;
const SEVEN_YEARS: DefaultLock = { mode: "COMPLIANCE", years: 7 };

/** All that a proof looks at, to be tampered with. */
export interface World {
  subject: Subject;
  asOf: string;
  /** Default locks by bucket. */
  locks: Record<string, DefaultLock | null>;
  /** Versions by `bucket/key`, newest first. */
  versions: Record<string, KeyVersion[]>;
  /** Versions by `bucket/key?version`. */
  stored: Record<string, StoredVersion>;
  replica: Record<string, StoredVersion>;
  texts: Record<string, string>;
  rows: ChainRow[];
  mirror: KeptObject[];
  roots: KeptObject[];
  trail: TrailEvent[];
  transfer: TransferLine[];
}

export type Tampered<Value> = { -readonly [Name in keyof Value]: Value[Name] };

/** A file that came over SFTP with a side file, was promoted, mirrored, replicated and rooted; written by the ingest itself. */
export async function world(change: { readonly sideFile?: boolean } = {}): Promise<World> {
  const sideFile = change.sideFile ?? true;
  const bench = new Bench({ finishedBy: "transfer", ...(sideFile ? { sha256File: "required" } : {}) });
  const source = await bench.arrive("lab.csv");
  await bench.upload("upload-completed", "lab.csv");
  const statement = `${sha256Of("lab.csv")}  lab.csv\n`;
  const side = sideFile ? await bench.arrive("lab.csv.sha256", statement) : undefined;
  if (side) await bench.upload("upload-completed", "lab.csv.sha256", { bytes: statement.length });
  const promoted = bench.events().find(({ type, key }) => type === "PROMOTED" && key.endsWith("lab.csv"));
  const record = promoted.destination as ObjectVersion;
  // The record itself is received as well: raw tells of every version.
  await bench.arrivals.take({ kind: "object", version: record });
  return made(bench, record, source, side);
}

function made(bench: Bench, record: ObjectVersion, source: ObjectVersion, side: ObjectVersion | undefined): World {
  const session = sessionAt(MIDNIGHT, "lab.csv");
  const promoted = bench
    .events()
    .find(({ type, destination }) => type === "PROMOTED" && destination.key === record.key);
  const received = bench.events().find(({ type, versionId }) => type === "RECEIVED" && versionId === source.versionId);
  const own = storedVersion(record, "lab.csv", received.id);
  const texts = bench.ledger.entries("acme");
  const last = JSON.parse(texts.at(-1)!).link;
  return {
    subject: record,
    asOf: new Date(LATER).toISOString(),
    locks: { raw: SEVEN_YEARS, inbox: { mode: "COMPLIANCE", days: 7 }, audit: SEVEN_YEARS },
    versions: {
      [`raw/${record.key}`]: [listed(record, "lab.csv")],
      [`inbox/${source.key}`]: [listed(source, "lab.csv")],
    },
    stored: { [nameOf(record)]: own, [nameOf(source)]: storedVersion(source, "lab.csv", null) },
    replica: { [nameOf({ ...record, bucket: "raw-replica" })]: { ...own, replication: "REPLICA" } },
    texts: side ? { [nameOf(side)]: `${sha256Of("lab.csv")}  lab.csv\n` } : {},
    rows: texts.map((text) => {
      const { event, link } = JSON.parse(text);
      return { place: sequenceText(link.sequence), link: canonical(link), event: canonical(event) };
    }),
    mirror: texts.map((text, index) => kept(`ledger/acme/${sequenceText(index + 1)}.json`, text)),
    roots: [
      kept(
        "ledger-roots/2026-11-23.json",
        canonical({
          schemaVersion: 1,
          date: "2026-11-23",
          chains: { acme: { sequence: last.sequence, hash: last.hash } },
        }),
      ),
    ],
    trail: [write("PutObject", source, "vendor-acme"), write("CopyObject", promoted.destination, "ingest")],
    transfer: [
      line("CONNECTED", { user: session.user, sourceIp: session.clientIp }),
      line("OPEN", { path: `/inbox/${source.key}` }),
      line("CLOSE", { path: `/inbox/${source.key}`, bytesIn: session.bytes }),
    ],
  };
}

/** Readers of a world; what has no place in it is not there. */
export function readersOf(of: World): Readers {
  const objects = (stored: Record<string, StoredVersion>): ObjectReader => ({
    versions: async (bucket, key) => of.versions[`${bucket}/${key}`] ?? [],
    version: async (version, recompute) => {
      const found = stored[nameOf(version)];
      return found ? { ...found, ...(recompute ? {} : { sha256: { unseen: "not asked for" } }) } : null;
    },
    defaultLock: async (bucket) => of.locks[bucket] ?? null,
    below: async (_, prefix) => [...of.mirror, ...of.roots].filter(({ key }) => key.startsWith(prefix)),
    text: async (version) => of.texts[nameOf(version)] ?? null,
  });
  return {
    objects: objects(of.stored),
    replica: { bucket: "raw-replica", objects: objects(of.replica) },
    ledger: { rows: async (chain) => (chain === "acme" ? of.rows : []) },
    auditBucket: "audit",
    trail: {
      find: async (versions) => ({
        source: "2 delivered files of audit, eu-central-1",
        from: versions[0]!.from,
        until: versions[0]!.until,
        events: of.trail,
      }),
    },
    transferLog: { lines: async () => ({ logGroup: "/part11/acme/sftp", lines: of.transfer }) },
  };
}

export async function proofOf(of: World, change: Partial<Readers> = {}, recompute = true): Promise<Proof> {
  const now = () => new Date(of.asOf);
  return judge(await gather(of.subject, { ...readersOf(of), ...change }, { recompute, now }));
}

/** Links of a proof that are in a state, by id. */
export function linksIn(proof: Proof, state: string): readonly string[] {
  return proof.links.filter((link) => link.state === state).map(({ id }) => id);
}

export function nameOf({ bucket, key, versionId }: ObjectVersion): string {
  return `${bucket}/${key}?${versionId}`;
}

export function kept(key: string, text: string): KeptObject {
  return {
    key,
    versionId: `m-${key}`,
    lastModified: new Date(MIDNIGHT).toISOString(),
    bytes: Buffer.from(text),
    lock: { seen: { mode: "COMPLIANCE", retainUntil: RETAIN_UNTIL } },
  };
}

function storedVersion({ versionId }: ObjectVersion, content: string, source: string | null): StoredVersion {
  return {
    versionId,
    bytes: content.length,
    lastModified: new Date(MIDNIGHT).toISOString(),
    lock: { seen: { mode: "COMPLIANCE", retainUntil: RETAIN_UNTIL } },
    legalHold: { seen: false },
    sha256: { seen: sha256Of(content) },
    source,
    replication: source === null ? null : "COMPLETED",
  };
}

export function listed({ versionId }: ObjectVersion, content: string): KeyVersion {
  return { versionId, lastModified: new Date(MIDNIGHT).toISOString(), bytes: content.length, deleteMarker: false };
}

export function write(name: string, { bucket, key, versionId }: ObjectVersion, role: string): TrailEvent {
  return {
    at: "2026-11-22T00:00:00Z",
    name,
    who: `arn:aws:sts::111122223333:assumed-role/${role}/session`,
    sourceIp: "192.0.2.20",
    ...{ bucket, key, versionId },
    errorCode: null,
    requestId: `R-${name}`,
    eventId: `E-${name}`,
  };
}

export function line(activity: string, change: Partial<TransferLine>): TransferLine {
  const nothing = { user: null, sourceIp: null, path: null, bytesIn: null, fingerprint: null };
  return { at: "2026-11-22T00:00:00.000Z", activity, ...nothing, ...change };
}

export const LAB_KEY = `${FOLDER}lab.csv`;
