// SPDX-License-Identifier: Apache-2.0
import type { LedgerEvent, ObjectVersion } from "../../ledger/entry";
import type { Arrivals } from "./arrival";
import type { History } from "./history";
import { chainOf, placeOf } from "./key";

export interface SweepProps {
  readonly inbox: string;
  /** Every bucket whose versions belong into the ledger, the inbox among them. */
  readonly buckets: readonly string[];
  readonly arrivals: Arrivals;
  readonly history: History;
  /** Every version of a bucket; delete markers are none. */
  readonly versions: (bucket: string) => AsyncIterable<ObjectVersion> | Iterable<ObjectVersion>;
}

export interface Swept {
  /** Chains of the versions that there are, of vendors that are no longer expected as well. */
  readonly chains: ReadonlySet<string>;
  /** Versions that no message had told of: recorded now. */
  readonly unledgered: readonly ObjectVersion[];
  /** Versions that could not be dealt with, and why. */
  readonly failed: ReadonlyArray<{ readonly version: ObjectVersion; readonly reason: string }>;
}

/** Makes good what messages have missed: receives what the ledger does not know, and ends what has waited too long in the inbox. */
export async function sweep({ inbox, buckets, arrivals, history, versions }: SweepProps): Promise<Swept> {
  const chains = new Set<string>();
  const unledgered: ObjectVersion[] = [];
  const failed: Array<{ version: ObjectVersion; reason: string }> = [];
  for (const bucket of buckets) {
    for await (const version of versions(bucket)) {
      chains.add(chainOf(version.key));
      const isTrial = placeOf(version.key).lane === "test";
      if (isTrial && bucket !== inbox) continue;
      try {
        if (isTrial) {
          await arrivals.object(version);
          continue;
        }
        const known = await history.find("RECEIVED", version);
        const left = (!known || bucket === inbox) && (await arrivals.object(version)) === "handed over";
        // One that is on its way through the runner of large versions is expected to be unknown for hours.
        if (!known && !left) unledgered.push(version);
      } catch (error) {
        failed.push({ version, reason: error instanceof Error ? error.message : String(error) });
      }
    }
  }
  return { chains, unledgered, failed };
}

/**
 * Compares what the buckets hold with what the ledger says was received.
 *
 * @returns versions without an event of their receipt, and receipts of versions that are no longer there
 */
export function reconcile(
  versions: Iterable<ObjectVersion>,
  events: Iterable<LedgerEvent>,
): { readonly unledgered: readonly ObjectVersion[]; readonly missing: readonly ObjectVersion[] } {
  const name = ({ bucket, key, versionId }: ObjectVersion) => JSON.stringify([bucket, key, versionId]);
  const received = new Map<string, ObjectVersion>();
  for (const event of events) if (event.type === "RECEIVED") received.set(name(event), event);
  const unledgered: ObjectVersion[] = [];
  for (const version of versions) {
    const known = received.delete(name(version));
    if (!known && placeOf(version.key).lane !== "test") unledgered.push(version);
  }
  const missing = [...received.values()].map(({ bucket, key, versionId }) => ({ bucket, key, versionId }));
  return { unledgered, missing };
}
