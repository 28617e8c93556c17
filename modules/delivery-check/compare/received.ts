// SPDX-License-Identifier: Apache-2.0
import { placeOf } from "../../ingest/arrivals/key";
import { isSideFile } from "../../ingest/arrivals/side-file";
import type { EventType, LedgerEvent } from "../../ledger/entry";

/** A version that a vendor sent, as far as expectations ask. */
export interface Received {
  readonly vendor: string;
  readonly study: string;
  /** Below the study's folder. */
  readonly name: string;
  readonly key: string;
  readonly versionId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Undefined of a transfer that broke off before S3 had anything. */
  readonly bytes?: number;
  readonly sha256?: string;
  readonly refused: boolean;
  readonly failed: boolean;
}

const REFUSALS: readonly EventType[] = ["MANIFEST_MISMATCH", "MANIFEST_MISSING", "QUARANTINED"];
/** Folder that promotion puts before the name of a record. */
const DAY_OF_RECEIPT = /^\d{4}-\d\d-\d\d\//;

/**
 * What was received for a study, by time; records that promotion wrote are none, nor are side files.
 *
 * @param events in any order, of whole chains or of their last part
 * @param records buckets that promotion writes to
 */
export function receivedOf(events: readonly LedgerEvent[], records: readonly string[]): readonly Received[] {
  const groups = new Map<string, LedgerEvent[]>();
  for (const event of events) {
    const id = JSON.stringify([event.bucket, event.key, event.versionId]);
    groups.set(id, [...(groups.get(id) ?? []), event]);
  }
  const found = [...groups.values()].flatMap((group) => version(group, records));
  return found.sort((a, b) => a.at - b.at || compare(a.key, b.key) || compare(a.versionId, b.versionId));
}

function version(events: readonly LedgerEvent[], records: readonly string[]): readonly Received[] {
  const [{ bucket, key, versionId }] = events as [LedgerEvent];
  const place = placeOf(key);
  if (place.lane !== "record" || isSideFile(key)) return [];
  if (records.includes(bucket) && DAY_OF_RECEIPT.test(place.name)) return [];
  const of = (type: EventType) => events.find((event) => event.type === type);
  const [received, broken] = [of("RECEIVED"), of("TRANSFER_FAILED")];
  const said = received ?? broken;
  // Its receipt lies before the part of the chain that was read.
  if (!said) return [];
  const { vendor, study, name } = place;
  return [
    {
      ...{ vendor, study, name, key, versionId },
      at: Date.parse(said.receivedAt ?? said.at),
      ...(received && { bytes: received.bytes, sha256: received.sha256 }),
      refused: REFUSALS.some((type) => of(type) !== undefined),
      failed: received === undefined,
    },
  ];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
