// SPDX-License-Identifier: Apache-2.0
import { digestOf } from "../json";

/** One version of one object. */
export interface StoredVersion {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

/** An event, as far as reconciling asks (validation/schema/ledger-entry.schema.json). */
export interface ReconciledEvent extends StoredVersion {
  readonly type: string;
  readonly destination?: StoredVersion;
}

export interface Differences {
  /** Versions whose receipt the ledger does not hold. */
  readonly unledgered: readonly StoredVersion[];
  /** Versions that the ledger says were received or promoted, and that are not there. */
  readonly missing: readonly StoredVersion[];
}

/** Lane for trying things out, of which nothing is received. */
const TRIALS = "clinical/inbound/test/";

/**
 * Compares buckets with the ledger.
 *
 * @param buckets the names of those whose versions were listed: of others nothing is missing
 */
export function reconcile(
  versions: Iterable<StoredVersion>,
  events: Iterable<ReconciledEvent>,
  buckets: ReadonlySet<string>,
): Differences {
  const stored = new Map<string, StoredVersion>();
  for (const version of versions) if (!version.key.startsWith(TRIALS)) stored.set(nameOf(version), version);
  const received = new Set<string>();
  const missing = new Map<string, StoredVersion>();
  for (const { type, bucket, key, versionId, destination } of events) {
    if (type === "RECEIVED") received.add(nameOf({ bucket, key, versionId }));
    const named = type === "RECEIVED" ? { bucket, key, versionId } : type === "PROMOTED" ? destination : undefined;
    if (named && buckets.has(named.bucket) && !stored.has(nameOf(named))) missing.set(nameOf(named), named);
  }
  const unledgered = [...stored].flatMap(([name, version]) => (received.has(name) ? [] : [version]));
  return { unledgered, missing: [...missing.values()] };
}

function nameOf({ bucket, key, versionId }: StoredVersion): string {
  return digestOf([bucket, key, versionId]);
}
