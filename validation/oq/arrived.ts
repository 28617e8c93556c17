// SPDX-License-Identifier: Apache-2.0
import type { Checked } from "./challenge";
import type { Told } from "./ledger-events";

/** A file as it was sent. */
export interface SentFile {
  readonly key: string;
  readonly sha256: string;
}

/** One version below a prefix. */
export interface KeptVersion {
  readonly key: string;
  readonly versionId: string;
}

/** What came of many files: what the ledger tells, and what lies in both buckets. */
export interface Arrived {
  readonly sent: readonly SentFile[];
  /** Events of the chain, of these files and of others. */
  readonly told: readonly Told[];
  readonly inbox: readonly KeptVersion[];
  readonly raw: readonly KeptVersion[];
}

/** Events of a received version that becomes a record; the record has one of its receipt. */
const OF_FILE = ["ATTRIBUTED", "PROMOTED", "RECEIVED"];
/** Departures that are told in words; the evidence has them all. */
const MOST_TOLD = 3;

/** Events of these files in the inbox, by key. */
export function eventsByKey({ sent, told }: Pick<Arrived, "sent" | "told">): ReadonlyMap<string, readonly Told[]> {
  const events = new Map<string, Told[]>(sent.map(({ key }) => [key, []]));
  for (const one of told) events.get(one.key)?.push(one);
  return events;
}

/** What is not as it must be of each file: one version in, one chain of events about it, one version out. */
export function departuresOf({ sent, told, inbox, raw }: Arrived): string[] {
  const events = eventsByKey({ sent, told });
  const [received, records] = [versionsByKey(inbox), versionsByKey(raw)];
  const receipts = new Map(told.flatMap((one) => (one.type === "RECEIVED" ? [[nameOf(one), one] as const] : [])));
  const places = new Set<string>();
  const promoted = new Set(told.map(({ destination }) => destination?.key));
  const departures = sent.flatMap(({ key, sha256 }) => {
    const own = events.get(key)!;
    const types = own.map(({ type }) => type).sort();
    const versions = received.get(key) ?? [];
    if (versions.length !== 1) return [`${key}: ${versions.length} versions in the inbox`];
    if (types.join() !== OF_FILE.join()) return [`${key}: ${types.join(", ") || "no event"}`];
    if (own.some(({ versionId }) => versionId !== versions[0])) return [`${key}: events of another version`];
    if (own.some(({ type, ...one }) => type === "RECEIVED" && one.sha256 !== sha256)) return [`${key}: other bytes`];
    const { destination } = own.find(({ type }) => type === "PROMOTED")!;
    if (!destination) return [`${key}: promoted to nowhere`];
    if (places.has(destination.key)) return [`${key}: promoted to the place of another file`];
    places.add(destination.key);
    const copies = records.get(destination.key) ?? [];
    if (copies.length !== 1) return [`${key}: ${copies.length} versions of its record`];
    if (copies[0] !== destination.versionId) return [`${key}: its record is another version`];
    const receipt = receipts.get(nameOf(destination));
    return receipt?.sha256 === sha256 ? [] : [`${key}: its record is ${receipt ? "of other bytes" : "not received"}`];
  });
  const strays = [...records.keys()].filter((key) => !promoted.has(key));
  return [...departures, ...strays.map((key) => `${key}: a record that no file was promoted to`)];
}

/** Whether every file has arrived once, in words. */
export function arrivedOnce(arrived: Arrived): Checked {
  const departures = departuresOf(arrived);
  const some = departures.slice(0, MOST_TOLD).join("; ");
  const count = arrived.sent.length;
  const whole = `${count} of ${count} with one chain of events and one record each, the same SHA-256 in the ledger`;
  const said = departures.length === 0 ? whole : `${departures.length} departures of ${count} files: ${some}`;
  return { ok: count > 0 && departures.length === 0, seen: said };
}

function nameOf({ bucket, key, versionId }: Pick<Told, "bucket" | "key" | "versionId">): string {
  return JSON.stringify([bucket, key, versionId]);
}

function versionsByKey(versions: readonly KeptVersion[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { key, versionId } of versions) found.set(key, [...(found.get(key) ?? []), versionId]);
  return found;
}
