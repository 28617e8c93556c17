// SPDX-License-Identifier: Apache-2.0

/** An event of the ledger, as far as arrivals ask (validation/schema/ledger-entry.schema.json). */
export interface ArrivalEvent {
  readonly type: string;
  readonly vendor: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly at: string;
  readonly bytes?: number;
  readonly sha256?: string;
  readonly senderSha256?: string;
  readonly receivedAt?: string;
  readonly reason?: string;
  readonly supersededBy?: string;
  readonly destination?: { readonly bucket: string; readonly key: string; readonly versionId: string };
}

/** One version that a vendor sent, with what the ledger says of it. */
export interface ReceivedVersion {
  readonly vendor: string;
  readonly study: string;
  /** Below the study's folder. */
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  /** Milliseconds since 1970; of the event where no receipt is recorded. */
  readonly receivedAt: number;
  /** Undefined when the ledger holds no receipt of it: a transfer that failed. */
  readonly bytes?: number;
  readonly sha256?: string;
  /** The sender's SHA-256 was compared and is that of what was received. */
  readonly verified: boolean;
  readonly promoted: boolean;
  /** Why it is no record. */
  readonly refusal?: string;
  /** Another version of the same name came later. */
  readonly superseded: boolean;
  /** The transfer was broken off. */
  readonly failed: boolean;
}

const RECORDS = "clinical/inbound/raw/";

/**
 * The versions that were sent for a study, by time of receipt. Lanes for trying things out hold none, and a record that
 * promotion wrote is not sent a second time.
 */
export function receivedVersions(events: readonly ArrivalEvent[], study: string): readonly ReceivedVersion[] {
  const groups = new Map<string, ArrivalEvent[]>();
  const records = new Set(events.flatMap(({ destination }) => (destination ? idOf(destination) : [])));
  for (const event of events) {
    const id = idOf(event);
    if (placeOf(event.key)?.study !== study || records.has(id)) continue;
    groups.set(id, [...(groups.get(id) ?? []), event]);
  }
  const versions = [...groups.values()].map(versionOf);
  return versions.sort(
    (a, b) => a.receivedAt - b.receivedAt || compare(a.key, b.key) || compare(a.versionId, b.versionId),
  );
}

function idOf({ bucket, key, versionId }: { bucket: string; key: string; versionId: string }): string {
  return JSON.stringify([bucket, key, versionId]);
}

function placeOf(key: string): { vendor: string; study: string; name: string } | undefined {
  if (!key.startsWith(RECORDS)) return undefined;
  const [vendor = "", study = "", ...rest] = key.slice(RECORDS.length).split("/");
  return rest.length === 0 ? undefined : { vendor, study, name: rest.join("/") };
}

function versionOf(events: readonly ArrivalEvent[]): ReceivedVersion {
  const [{ bucket, key, versionId, at }] = events as [ArrivalEvent];
  const of = (type: string) => events.find((event) => event.type === type);
  const [received, ok] = [of("RECEIVED"), of("MANIFEST_OK")];
  const failed = of("TRANSFER_FAILED");
  return {
    ...placeOf(key)!,
    ...{ bucket, key, versionId },
    receivedAt: Date.parse(received?.receivedAt ?? at),
    ...(received && { bytes: received.bytes, sha256: received.sha256 }),
    // The ledger's own word is not enough: both hashes stand in it.
    verified: ok !== undefined && ok.senderSha256 === received?.sha256 && received?.sha256 !== undefined,
    promoted: of("PROMOTED") !== undefined,
    refusal: refusalOf(events),
    superseded: of("SUPERSEDED") !== undefined,
    failed: failed !== undefined && received === undefined,
  };
}

function refusalOf(events: readonly ArrivalEvent[]): string | undefined {
  for (const { type, reason } of events) {
    if (type === "MANIFEST_MISMATCH") return "its SHA-256 is not the one that the sender stated";
    if (type === "MANIFEST_MISSING" || type === "QUARANTINED") return reason ?? type;
  }
  return undefined;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
