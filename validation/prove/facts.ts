// SPDX-License-Identifier: Apache-2.0
import type { Subject } from "./subject";

/** What was looked at, or why it could not be: the second is never taken for the first. */
export type Looked<T> = { readonly seen: T } | { readonly unseen: string };

export interface ObjectVersion {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

/** One line of the list of a key's versions. */
export interface KeyVersion {
  readonly versionId: string;
  readonly lastModified: string;
  readonly bytes: number;
  readonly deleteMarker: boolean;
}

/** Object Lock of one version. */
export interface Lock {
  readonly mode: string;
  readonly retainUntil: string;
}

/** Lock that a bucket gives to every new version. */
export interface DefaultLock {
  readonly mode: string;
  readonly days?: number;
  readonly years?: number;
}

/** One version as S3 holds it now. Times are RFC 3339 in UTC. */
export interface StoredVersion {
  readonly versionId: string;
  readonly bytes: number;
  readonly lastModified: string;
  readonly lock: Looked<Lock | null>;
  readonly legalHold: Looked<boolean>;
  /** SHA-256 of all bytes, computed from them for this proof. */
  readonly sha256: Looked<string>;
  /** Id of the event of its source's receipt, which a promoted copy carries. */
  readonly source: string | null;
  /** What S3 says of its replication; null when nothing. */
  readonly replication: string | null;
}

/** An event of the ledger, as far as a proof asks (validation/schema/ledger-entry.schema.json). */
export interface LedgerEvent extends ObjectVersion {
  readonly id: string;
  readonly type: string;
  readonly vendor: string;
  readonly at: string;
  readonly study?: string;
  readonly bytes?: number;
  readonly sha256?: string;
  readonly senderSha256?: string;
  readonly manifest?: { readonly key: string; readonly versionId: string };
  readonly destination?: ObjectVersion;
  readonly supersededBy?: string;
  readonly receivedAt?: string;
  readonly reason?: string;
  readonly transfer?: {
    readonly server: string;
    readonly session: string;
    readonly user: string;
    readonly clientIp: string;
    readonly startedAt: string;
    readonly endedAt: string;
    readonly bytes: number;
    readonly status: string;
  };
}

/** An event with its place in the chain. */
export interface ProvedEvent {
  readonly sequence: number;
  readonly hash: string;
  readonly event: LedgerEvent;
}

/** Locked copy of one entry in the audit bucket. */
export interface MirrorCopy {
  readonly sequence: number;
  readonly key: string;
  readonly versionId: string;
  readonly lastModified: string;
  readonly lock: Looked<Lock | null>;
}

export interface LedgerFacts {
  readonly chain: string;
  readonly entries: number;
  /** Hash of the last link; null for an empty chain. */
  readonly head: string | null;
  /** What of rows and links does not hold, from the first to the last. */
  readonly problems: readonly string[];
  /** Events of the version itself, in order. */
  readonly own: readonly ProvedEvent[];
  /** Events of the version in the inbox that it was promoted from, in order. */
  readonly source: readonly ProvedEvent[];
  /** SHA-256 of the manifest's receipt, when a manifest stated a hash. */
  readonly manifestSha256?: string;
  /** Ids of the versions of this key that have an event of their receipt. */
  readonly receivedVersions: readonly string[];
  readonly mirror: Looked<{ readonly problems: readonly string[]; readonly copies: readonly MirrorCopy[] }>;
  /** Daily roots that were compared with the chain. */
  readonly roots: Looked<{ readonly problems: readonly string[]; readonly count: number }>;
}

/** One record of CloudTrail about one object. */
export interface TrailEvent {
  readonly at: string;
  readonly name: string;
  readonly who: string;
  readonly sourceIp: string;
  readonly bucket: string;
  readonly key: string;
  /** Version that it made or was about; null when the record names none. */
  readonly versionId: string | null;
  readonly errorCode: string | null;
  readonly requestId: string;
  readonly eventId: string;
}

export interface TrailFacts {
  /** Where it was looked: how many delivered files of which bucket, or the Athena query. */
  readonly source: string;
  readonly from: string;
  readonly until: string;
  readonly events: readonly TrailEvent[];
}

/** One line of the transfer server's log (Transfer Family user guide, "JSON structured logs for Transfer Family"). */
export interface TransferLine {
  readonly at: string;
  readonly activity: string;
  readonly user: string | null;
  readonly sourceIp: string | null;
  readonly path: string | null;
  readonly bytesIn: number | null;
  readonly fingerprint: string | null;
}

export interface TransferFacts {
  readonly logGroup: string;
  readonly lines: readonly TransferLine[];
}

export interface ReplicaFacts {
  readonly bucket: string;
  /** Null when the replica has no such version. */
  readonly version: StoredVersion | null;
}

/** All that a verdict depends on. */
export interface ProofFacts {
  /** When it was looked. */
  readonly asOf: string;
  readonly subject: Subject;
  /** Versions of the key, newest first. */
  readonly versions: Looked<readonly KeyVersion[]>;
  /** The version that is judged; null when there is none. */
  readonly object: Looked<StoredVersion | null>;
  readonly defaultLock: Looked<DefaultLock | null>;
  readonly ledger: Looked<LedgerFacts>;
  /** The sender's manifest as it lies there now; undefined when no manifest stated a hash. */
  readonly manifest?: Looked<string>;
  /** Default lock of the audit bucket. */
  readonly auditLock: Looked<DefaultLock | null>;
  readonly trail: Looked<TrailFacts>;
  /** Log of the session that brought it; undefined when no transfer session did. */
  readonly transfer?: Looked<TransferFacts>;
  /** "none" for a version of the inbox, which is not replicated. */
  readonly replica: Looked<ReplicaFacts> | "none";
}
