// SPDX-License-Identifier: Apache-2.0
import type { MirrorCopy, ProofFacts, ProvedEvent, StoredVersion, TrailEvent, TransferLine } from "../facts";
import type { LinkState } from "../judge/link";

/** What a state is called in every view. */
export const STATE_WORDS: Readonly<Record<LinkState, string>> = {
  holds: "holds",
  fails: "fails",
  "not-looked-at": "not looked at",
  "not-applicable": "not applicable",
};

/** Name of the subject as the command takes it. */
export function subjectText({ subject, object }: ProofFacts): string {
  const versionId = subject.versionId ?? ("seen" in object ? object.seen?.versionId : undefined);
  return `${subject.bucket}/${subject.key}${versionId === undefined ? "" : `?versionId=${versionId}`}`;
}

/** Version, size, lock and hash of a version, name and value each. */
export function versionLines(version: StoredVersion): ReadonlyArray<readonly [string, string]> {
  const { versionId, bytes, lastModified, lock, legalHold, sha256 } = version;
  const locked = "unseen" in lock ? `not looked at: ${lock.unseen}` : lock.seen?.mode;
  const until = "seen" in lock ? lock.seen?.retainUntil : undefined;
  return [
    ["Version", versionId],
    ["Bytes", String(bytes)],
    ["Written", lastModified],
    ["Lock mode", locked ?? "none"],
    ["Retain until", until ?? (locked === undefined ? "none" : "not known")],
    ["Legal hold", "unseen" in legalHold ? `not looked at: ${legalHold.unseen}` : legalHold.seen ? "on" : "off"],
    ["SHA-256", "unseen" in sha256 ? `not recomputed: ${sha256.unseen}` : `${sha256.seen}, recomputed now`],
  ];
}

/** Head and cells of the tables of every view. */
export const EVENT_COLUMNS = ["Place", "Recorded", "Event", "Of", "Says", "Link"] as const;
export const MIRROR_COLUMNS = ["Place", "Object", "Lock", "Until"] as const;
export const TRAIL_COLUMNS = ["Time", "Call", "By", "From", "Object", "Result", "Request"] as const;
export const TRANSFER_COLUMNS = ["Time", "Activity", "User", "From", "Path", "Bytes"] as const;

export function eventCells({ sequence, hash, event }: ProvedEvent): readonly string[] {
  const says = [
    event.sha256 && `SHA-256 ${event.sha256}`,
    event.senderSha256 && `the sender stated ${event.senderSha256}`,
    event.bytes !== undefined && `${event.bytes} bytes`,
    event.destination &&
      `to ${event.destination.bucket}/${event.destination.key}?versionId=${event.destination.versionId}`,
    event.manifest && `manifest ${event.manifest.key}?versionId=${event.manifest.versionId}`,
    event.transfer && `session ${event.transfer.session} of ${event.transfer.user} from ${event.transfer.clientIp}`,
    event.supersededBy && `by version ${event.supersededBy}`,
    event.reason,
  ].filter((text) => typeof text === "string");
  const of = `${event.bucket} ${event.versionId}`;
  return [String(sequence), event.at, event.type, of, says.join("; "), hash];
}

export function mirrorCells({ sequence, key, lock }: MirrorCopy): readonly string[] {
  const [mode, until] =
    "unseen" in lock ? [`not looked at: ${lock.unseen}`, ""] : [lock.seen?.mode, lock.seen?.retainUntil];
  return [String(sequence), key, mode ?? "none", until ?? ""];
}

export function trailCells(event: TrailEvent): readonly string[] {
  const { at, name, who, sourceIp, bucket, versionId, errorCode, requestId } = event;
  return [at, name, who, sourceIp, `${bucket} ${versionId ?? "no version named"}`, errorCode ?? "done", requestId];
}

export function transferCells({ at, activity, user, sourceIp, path, bytesIn }: TransferLine): readonly string[] {
  return [at, activity, user ?? "", sourceIp ?? "", path ?? "", bytesIn === null ? "" : String(bytesIn)];
}

/** Events of the version and of what it was promoted from, by their places. */
export function eventsOf({ ledger }: ProofFacts): readonly ProvedEvent[] {
  if ("unseen" in ledger) return [];
  return [...ledger.seen.source, ...ledger.seen.own].sort((a, b) => a.sequence - b.sequence);
}

/** Copies of these events. */
export function copiesOf(facts: ProofFacts): readonly MirrorCopy[] {
  const { ledger } = facts;
  if ("unseen" in ledger || "unseen" in ledger.seen.mirror) return [];
  const places = new Set(eventsOf(facts).map(({ sequence }) => sequence));
  return ledger.seen.mirror.seen.copies.filter(({ sequence }) => places.has(sequence));
}
