// SPDX-License-Identifier: Apache-2.0
import type { Looked, ObjectVersion, ProofFacts, ProvedEvent, StoredVersion } from "./facts";
import { look, NotAsked, whenSeen } from "./look";
import { readLedger } from "./read-ledger";
import type { Readers } from "./readers";
import { placeOf, type Subject } from "./subject";

interface Options {
  /** Whether to read all bytes and hash them. */
  readonly recompute: boolean;
  readonly now: () => Date;
}

type Lookup = { readonly unseen: string };

/** CloudTrail delivers within about 15 minutes (CloudTrail user guide); an hour more for what comes late. */
const BEFORE_MS = 5 * 60_000;
const AFTER_MS = 75 * 60_000;

/** Looks at everything that a proof asks. What cannot be looked at says why; only errors of this program are thrown. */
export async function gather(subject: Subject, readers: Readers, { recompute, now }: Options): Promise<ProofFacts> {
  const asOf = now().toISOString();
  const { bucket, key } = subject;
  const { objects, auditBucket } = readers;
  const versions = await look(() => objects.versions(bucket, key));
  const chosen = chosenVersion(subject, versions);
  const [object, defaultLock, auditLock, ledger, replica] = await Promise.all([
    whenSeen(chosen, async (of) => (of ? objects.version(of, recompute) : null)),
    look(() => objects.defaultLock(bucket)),
    typeof auditBucket === "string" ? look(() => objects.defaultLock(auditBucket)) : auditBucket,
    whenSeen(chosen, (of) => ledgerFacts(subject, of, readers, asOf)),
    replicaFacts(chosen, readers, recompute),
  ]);
  const related = "seen" in ledger ? [...ledger.seen.source, ...ledger.seen.own] : [];
  const [trail, manifest, transfer] = await Promise.all([
    trailFacts(chosen, object, related, readers, asOf),
    manifestText(related, readers),
    transferFacts(related, readers),
  ]);
  const asked = { ...(manifest ? { manifest } : {}), ...(transfer ? { transfer } : {}) };
  return { asOf, subject, versions, object, defaultLock, ledger, auditLock, trail, replica, ...asked };
}

/** The version that is named, or the newest; null when there is none with bytes. */
function chosenVersion(
  { bucket, key, versionId }: Subject,
  versions: ProofFacts["versions"],
): Looked<ObjectVersion | null> {
  if ("unseen" in versions) return versions;
  const found = versions.seen.find((one, index) =>
    versionId === undefined ? index === 0 : one.versionId === versionId,
  );
  return { seen: found && !found.deleteMarker ? { bucket, key, versionId: found.versionId } : null };
}

async function ledgerFacts(
  { bucket, key, versionId }: Subject,
  of: ObjectVersion | null,
  readers: Readers,
  asOf: string,
) {
  const { objects, ledger, auditBucket } = readers;
  const { lane, chain } = placeOf(key);
  if (lane === "test") throw new NotAsked("nothing of the lane for trying out stands in the ledger");
  if ("unseen" in ledger) throw new NotAsked(ledger.unseen);
  const below = (prefix: string) =>
    typeof auditBucket === "string" ? look(() => objects.below(auditBucket, prefix)) : Promise.resolve(auditBucket);
  // Before the rows: whatever is mirrored then stands in the table, also where somebody is sending files right now.
  const [mirror, roots] = await Promise.all([below(`ledger/${chain}/`), below("ledger-roots/")]);
  const rows = await ledger.rows(chain);
  return readLedger({ chain, rows, mirror, roots, asOf }, of ?? { bucket, key, versionId: versionId ?? "" });
}

async function replicaFacts(
  chosen: Looked<ObjectVersion | null>,
  { replica }: Readers,
  recompute: boolean,
): Promise<ProofFacts["replica"]> {
  if (replica === "none" || "unseen" in replica) return replica;
  const { bucket, objects } = replica;
  return whenSeen(chosen, async (of) => ({
    bucket,
    version: of ? await objects.version({ ...of, bucket }, recompute) : null,
  }));
}

function trailFacts(
  chosen: Looked<ObjectVersion | null>,
  object: Looked<StoredVersion | null>,
  related: readonly ProvedEvent[],
  { trail }: Readers,
  asOf: string,
): Promise<ProofFacts["trail"]> | Lookup {
  if ("unseen" in trail) return trail;
  if ("unseen" in object) return object;
  if ("unseen" in chosen) return chosen;
  if (!chosen.seen || !object.seen) return { unseen: "there is no version to look up" };
  const receipts = related.map(({ event }) => event).filter(({ type }) => type === "RECEIVED");
  const own = { ...chosen.seen, made: object.seen.lastModified };
  const asked = [own, ...receipts.map(({ receivedAt, ...of }) => ({ ...of, made: receivedAt ?? own.made }))];
  const spans = asked.map(({ bucket, key, versionId, made }) => {
    const recorded = receipts.find((one) => one.bucket === bucket && one.versionId === versionId)?.at ?? made;
    const at = Date.parse(made);
    return {
      ...{ bucket, key, versionId },
      from: new Date(at - BEFORE_MS).toISOString(),
      until: new Date(Math.min(Math.max(at, Date.parse(recorded)) + AFTER_MS, Date.parse(asOf))).toISOString(),
    };
  });
  return look(() => trail.find(spans));
}

/** The manifest that stated the hash: where it was received, or where it was promoted to. */
function manifestText(related: readonly ProvedEvent[], { objects }: Readers): Promise<Looked<string>> | undefined {
  const stated = related.find(({ event }) => event.type === "MANIFEST_OK")?.event;
  if (!stated?.manifest) return undefined;
  const { bucket, manifest } = stated;
  return look(async () => {
    const text = await objects.text({ bucket, ...manifest });
    if (text === null) throw new NotAsked(`${bucket} has no version ${manifest.versionId} of ${manifest.key}`);
    return text;
  });
}

function transferFacts(
  related: readonly ProvedEvent[],
  { transferLog }: Readers,
): ProofFacts["transfer"] | Promise<ProofFacts["transfer"]> {
  const transfer = related.find(({ event }) => event.type === "ATTRIBUTED")?.event.transfer;
  if (!transfer) return undefined;
  if ("unseen" in transferLog) return transferLog;
  return look(() => transferLog.lines(transfer.session, transfer.startedAt, transfer.endedAt));
}
