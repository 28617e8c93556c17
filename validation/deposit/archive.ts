// SPDX-License-Identifier: Apache-2.0

/** What a bucket says of itself. */
export interface ArchiveFacts {
  readonly versioning: boolean;
  /** Default retention of new versions; undefined where the bucket sets none. */
  readonly lock?: { readonly mode: string; readonly days?: number; readonly years?: number };
  readonly tags: Readonly<Record<string, string>>;
}

/** A version as it was read back. */
export interface KeptVersion {
  readonly bytes: Buffer;
  /** Mode of its lock; undefined where it has none. */
  readonly mode?: string;
  readonly retainUntil?: Date;
}

/** The bucket that a bundle is put into, by the role of whoever deposits. There is no method that changes or removes. */
export interface Archive {
  /** ARN of the caller, for the record. */
  caller(): Promise<string>;
  facts(bucket: string): Promise<ArchiveFacts>;
  /** Puts an object where there is none. @returns its version id, or undefined where the key is taken */
  put(bucket: string, key: string, bytes: Buffer): Promise<string | undefined>;
  /** Version id of the newest object at a key; undefined where there is none. */
  newest(bucket: string, key: string): Promise<string | undefined>;
  read(bucket: string, key: string, versionId: string): Promise<KeptVersion>;
}
