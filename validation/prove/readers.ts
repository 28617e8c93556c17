// SPDX-License-Identifier: Apache-2.0
import type { ChainRow } from "../ledger";
import type {
  DefaultLock,
  KeyVersion,
  Lock,
  Looked,
  ObjectVersion,
  StoredVersion,
  TrailFacts,
  TransferFacts,
} from "./facts";

/** A version below a prefix of the audit bucket, with its bytes and lock; a delete marker has neither. */
export interface KeptObject {
  readonly key: string;
  readonly versionId: string;
  readonly lastModified: string;
  /** Null for a delete marker. */
  readonly bytes: Buffer | null;
  readonly lock: Looked<Lock | null>;
}

/** What is asked of S3 in one region. Everything is read, nothing written. */
export interface ObjectReader {
  /** Versions of a key and its delete markers, newest first. */
  versions(bucket: string, key: string): Promise<readonly KeyVersion[]>;
  /** Null when there is no such version. @param recompute whether to read all bytes and hash them */
  version(of: ObjectVersion, recompute: boolean): Promise<StoredVersion | null>;
  /** Null for a bucket without a default lock. */
  defaultLock(bucket: string): Promise<DefaultLock | null>;
  /** Every version and delete marker below a prefix. */
  below(bucket: string, prefix: string): Promise<readonly KeptObject[]>;
  /** Text of a version, at most a mebibyte; null when there is no such version. */
  text(of: ObjectVersion): Promise<string | null>;
}

export interface LedgerReader {
  /** Every row of a chain in order, each with the event that it names. */
  rows(chain: string): Promise<readonly ChainRow[]>;
}

export interface TrailReader {
  /** Records about the versions' keys, each looked for from when its version was made. */
  find(versions: ReadonlyArray<ObjectVersion & { readonly from: string; readonly until: string }>): Promise<TrailFacts>;
}

export interface TransferLogReader {
  /** Lines of one session. */
  lines(session: string, startedAt: string, endedAt: string): Promise<TransferFacts>;
}

/** Where to look. A text says why a place is not known. */
export interface Readers {
  readonly objects: ObjectReader;
  readonly replica: { readonly bucket: string; readonly objects: ObjectReader } | "none" | { readonly unseen: string };
  readonly ledger: LedgerReader | { readonly unseen: string };
  /** Bucket with mirror and daily roots. */
  readonly auditBucket: string | { readonly unseen: string };
  readonly trail: TrailReader | { readonly unseen: string };
  readonly transferLog: TransferLogReader | { readonly unseen: string };
}
