// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { type ReconciledEvent, reconcile, type StoredVersion } from "../ledger";
import type { Checked } from "./challenge";
import { keptVersions } from "./kept-versions";
import { ledgerItems } from "./ledger-events";
import type { Range } from "./range";
import { RECONCILIATION } from "./reconciled";

const POLL_MS = 1000;
/** What earlier steps sent is promoted within minutes, and the receipt of its record follows. */
const PATIENCE_MS = 2 * 60_000;

/**
 * Whether buckets and ledger agree by this package's own comparison, which shares no code with the installed one: waited for, since
 * what earlier steps sent may still be on its way.
 */
export async function untilAgreed(range: Range): Promise<Checked> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(POLL_MS)) {
    const seen = await agreed(range);
    if (seen.ok || Date.now() > deadline) return seen;
  }
}

async function agreed(range: Range): Promise<Checked> {
  const buckets = range.zone.variableOf(RECONCILIATION, "BUCKETS").split(",");
  const administrator = await range.administrator();
  const versions: StoredVersion[] = [];
  for (const bucket of buckets)
    for (const { key, versionId } of await keptVersions(range, bucket, "", administrator))
      versions.push({ bucket, key, versionId });
  const events = (await ledgerItems(range)).flatMap(({ event }) =>
    event?.S ? [JSON.parse(event.S) as ReconciledEvent] : [],
  );
  const { missing, unledgered } = reconcile(versions, events, new Set(buckets));
  return {
    ok: missing.length + unledgered.length === 0,
    seen: `part11 ledger reconcile: ${missing.length} missing, ${unledgered.length} unledgered of ${versions.length} versions`,
  };
}
