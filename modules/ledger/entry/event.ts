// SPDX-License-Identifier: Apache-2.0
import { canonical, sha256 } from "./canonical";

/** What can happen to one version of an object, or to an upload that left none. */
export type EventType =
  | "RECEIVED"
  | "ATTRIBUTED"
  | "MANIFEST_OK"
  | "MANIFEST_MISMATCH"
  | "MANIFEST_MISSING"
  | "PROMOTED"
  | "QUARANTINED"
  | "SUPERSEDED"
  | "TRANSFER_FAILED";

/** One version of one object. */
export interface ObjectVersion {
  readonly bucket: string;
  /** Key as S3 holds it, not encoded. */
  readonly key: string;
  /** S3's version id; of an upload that left no version `transfer/<session>/<start>`. */
  readonly versionId: string;
}

/** Who sent it, as AWS Transfer Family says (user guide, "SFTP, FTPS, and FTP events"). */
export interface TransferSession {
  readonly server: string;
  readonly session: string;
  readonly user: string;
  readonly clientIp: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly bytes: number;
  readonly status: string;
}

/** What is said of a version; which of it must be there goes by the type (validation/schema/ledger-entry.schema.json). */
export interface EventFacts {
  readonly study?: string;
  readonly bytes?: number;
  /** SHA-256 of all bytes, computed here, 64 lower-case hexadecimal digits. */
  readonly sha256?: string;
  /** SHA-256 that the sender stated. */
  readonly senderSha256?: string;
  /** Side file that stated it. */
  readonly manifest?: { readonly key: string; readonly versionId: string };
  /** Where the record was written. */
  readonly destination?: ObjectVersion;
  /** Version that took its place as the newest of its key. */
  readonly supersededBy?: string;
  /** When S3 took it in, RFC 3339 in UTC. */
  readonly receivedAt?: string;
  readonly reason?: string;
  readonly transfer?: TransferSession;
}

/** An event before it is recorded: it has neither id nor time. */
export interface EventDraft extends ObjectVersion, EventFacts {
  readonly type: EventType;
  /** Chain that it belongs to: the vendor's id, or one of the chains of no vendor, which begin with an underscore. */
  readonly vendor: string;
}

/** An event as it is recorded, once and for all. */
export interface LedgerEvent extends EventDraft {
  readonly schemaVersion: 1;
  readonly id: string;
  /** When it was recorded, RFC 3339 in UTC with milliseconds. */
  readonly at: string;
}

/** The same for every message that tells of the same thing: SHA-256 of the canonical JSON of [type, bucket, key, version id]. */
export function eventId({ type, bucket, key, versionId }: ObjectVersion & { readonly type: EventType }): string {
  return sha256(canonical([type, bucket, key, versionId]));
}

/** @param at time of recording */
export function recorded(draft: EventDraft, at: Date): LedgerEvent {
  return { ...draft, schemaVersion: 1, id: eventId(draft), at: at.toISOString() };
}
