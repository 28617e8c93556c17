// SPDX-License-Identifier: Apache-2.0
import { chainOf, NO_VENDOR, placeOf } from "../../ingest/arrivals/key";
import { eventId, type LedgerEvent, type ObjectVersion } from "../../ledger/entry";

/** Begins lines of the log that an alarm listens for. */
export const DIFFERS = "PART11_RECONCILIATION";

/** What the comparison needs of AWS. */
export interface ComparePorts {
  /** Every bucket whose versions belong into the ledger. */
  readonly buckets: readonly string[];
  /** Every version of a bucket; delete markers are none. */
  readonly versions: (bucket: string) => AsyncIterable<ObjectVersion>;
  /** Vendors of whom something is expected. */
  readonly vendors: () => Promise<readonly string[]>;
  /** Events of a chain. */
  readonly events: (chain: string) => AsyncIterable<LedgerEvent>;
  /** When S3 took a version in; undefined when it has none of that id. */
  readonly storedAt: (version: ObjectVersion) => Promise<Date | undefined>;
  readonly isReceived: (version: ObjectVersion) => Promise<boolean>;
  /** Minutes that a version has to be recorded. */
  readonly youngMinutes: number;
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

export interface Differences {
  /** Versions that are no longer young and whose receipt the ledger does not hold. */
  readonly unledgered: readonly ObjectVersion[];
  /** Versions that the ledger says were received or promoted, and S3 does not have. */
  readonly missing: readonly ObjectVersion[];
}

/** Messages and the hourly sweep have their time. */
const YOUNG_MINUTES = 120;

/**
 * What a run by hand may ask, `{"youngMinutes": 0}`: also what came just now. Never more patience than the clock's runs have, or who
 * calls the function could have it overlook something.
 *
 * @throws when it is no whole number from 0 to 120
 */
export function youngMinutesOf(asked: { readonly youngMinutes?: unknown } | null | undefined): number {
  const minutes = asked?.youngMinutes ?? YOUNG_MINUTES;
  if (Number.isInteger(minutes) && Number(minutes) >= 0 && Number(minutes) <= YOUNG_MINUTES) return Number(minutes);
  throw new Error(`youngMinutes ${String(minutes)}: expected a whole number from 0 to ${YOUNG_MINUTES}`);
}

/**
 * Compares what the buckets hold with what the ledger says. Both move while they are read, so every difference is looked
 * at once more by itself. Holds one name of every version in memory, about 200 bytes.
 */
export async function compare(ports: ComparePorts): Promise<Differences> {
  const stored = new Map<string, ObjectVersion>();
  const chains = new Set([NO_VENDOR, ...(await ports.vendors())]);
  for (const bucket of ports.buckets) {
    for await (const version of ports.versions(bucket)) {
      if (placeOf(version.key).lane === "test") continue;
      stored.set(receiptOf(version), version);
      // Vendors that are no longer expected have chains as well.
      chains.add(chainOf(version.key));
    }
  }
  const ledgered = new Set<string>();
  const gone = new Map<string, ObjectVersion>();
  for (const chain of chains) {
    for await (const { type, bucket, key, versionId, destination } of ports.events(chain)) {
      if (type === "RECEIVED") ledgered.add(eventId({ type, bucket, key, versionId }));
      const named = type === "RECEIVED" ? { bucket, key, versionId } : type === "PROMOTED" ? destination : undefined;
      if (named && ports.buckets.includes(named.bucket) && !stored.has(receiptOf(named))) {
        gone.set(receiptOf(named), named);
      }
    }
  }
  const strays = [...stored].flatMap(([receipt, version]) => (ledgered.has(receipt) ? [] : [version]));
  const differences = {
    unledgered: await only(strays, (version) => isUnledgered(ports, version)),
    missing: await only([...gone.values()], async (version) => (await ports.storedAt(version)) === undefined),
  };
  tell(ports, differences);
  ports.log(JSON.stringify({ versions: stored.size, received: ledgered.size, chains: chains.size }));
  return differences;
}

function receiptOf({ bucket, key, versionId }: ObjectVersion): string {
  return eventId({ type: "RECEIVED", bucket, key, versionId });
}

async function isUnledgered(ports: ComparePorts, version: ObjectVersion): Promise<boolean> {
  const { storedAt, isReceived, youngMinutes, now } = ports;
  const at = await storedAt(version);
  if (at === undefined) return false;
  const isYoung = youngMinutes > 0 && now().getTime() - at.getTime() <= youngMinutes * 60_000;
  return !isYoung && !(await isReceived(version));
}

async function only(
  versions: readonly ObjectVersion[],
  applies: (version: ObjectVersion) => Promise<boolean>,
): Promise<readonly ObjectVersion[]> {
  const found: ObjectVersion[] = [];
  for (const version of versions) if (await applies(version)) found.push(version);
  return found;
}

/** So many are named; the number of all is said. */
const MOST_NAMED = 1000;

function tell({ log }: ComparePorts, { unledgered, missing }: Differences): void {
  for (const version of missing.slice(0, MOST_NAMED)) log(`${DIFFERS} ${JSON.stringify({ missing: version })}`);
  for (const version of unledgered.slice(0, MOST_NAMED)) log(`${DIFFERS} ${JSON.stringify({ unledgered: version })}`);
  const counts = { missing: missing.length, unledgered: unledgered.length };
  if (missing.length + unledgered.length > 0) log(`${DIFFERS} ${JSON.stringify(counts)}`);
}
