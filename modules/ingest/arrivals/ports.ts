// SPDX-License-Identifier: Apache-2.0
import type { ObjectVersion } from "../../ledger/entry";
import type { Delivery } from "./delivery";

export interface StoredVersion {
  readonly versionId: string;
  readonly bytes: number;
  readonly lastModified: Date;
}

/** A version of a record, with the version that it was copied from. */
export interface RecordCopy {
  readonly versionId: string;
  readonly etag: string;
  /** Id of the event of its source's receipt; undefined when it names none. */
  readonly source: string | undefined;
}

/** What ingest needs of S3. */
export interface ObjectStore {
  /** Versions of a key, newest first; delete markers are none. */
  versions(bucket: string, key: string): Promise<readonly StoredVersion[]>;
  /** SHA-256 of all bytes, read as a stream. */
  sha256(version: ObjectVersion): Promise<string>;
  text(version: ObjectVersion): Promise<string>;
  /** Versions of a record, newest first. */
  copies(bucket: string, key: string): Promise<readonly RecordCopy[]>;
  /**
   * Copies a version and gives the new version's id; undefined when the newest version is no longer `over` (its ETag; none = no
   * version). The copy notes its source.
   *
   * @throws when the copy does not have the SHA-256 of `content`
   */
  copy(
    from: ObjectVersion,
    content: { readonly bytes: number; readonly sha256: string },
    to: { readonly bucket: string; readonly key: string },
    over: string | undefined,
  ): Promise<string | undefined>;
}

/** What a scan says of a version: only CLEAN lets it be promoted. */
export type Verdict =
  | { readonly verdict: "CLEAN" }
  /** It must never be promoted. */
  | { readonly verdict: "REFUSED"; readonly reason: string }
  /** No answer, or one that is not understood: the version waits. */
  | { readonly verdict: "UNKNOWN"; readonly reason: string };

/** Looks into a version before it is promoted. */
export interface Scan {
  look(version: ObjectVersion, content: { readonly bytes: number; readonly sha256: string }): Promise<Verdict>;
}

export interface Deliveries {
  of(vendor: string): Promise<readonly Delivery[]>;
}
