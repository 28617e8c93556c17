// SPDX-License-Identifier: Apache-2.0

/** What is imported, where to, by whom and why. */
export interface ImportRequest {
  /** Absolute path of the folder, links resolved. */
  readonly folder: string;
  /** Vendor id, the segment of the prefix after `clinical/inbound/raw/`. */
  readonly vendor: string;
  /** Study id, the next segment. */
  readonly study: string;
  readonly bucket: string;
  /** Which bucket it is: below `raw` stands the day of receipt (docs/decisions/0017). */
  readonly landing: "inbox" | "raw";
  /** The person who imports. */
  readonly importer: string;
  readonly reason: string;
}

/** A file as it was read, and where it goes. */
export interface FileEntry {
  /** Below the folder, with slashes. */
  readonly path: string;
  readonly key: string;
  readonly bytes: number;
  /** Of the bytes that were read, hexadecimal. */
  readonly sha256: string;
}

/** What each type of line holds. */
export interface ImportBodies {
  readonly started: ImportRequest & { readonly importId: string; readonly prefix: string; readonly caller: string };
  readonly resumed: { readonly importer: string; readonly caller: string };
  /** On disk before the object is put, so that a run that broke off knows its own objects again. */
  readonly putting: FileEntry;
  /** `versionId` is null for an object that was put by a run that broke off before S3's answer was written down. */
  readonly put: FileEntry & { readonly versionId: string | null };
  /** S3 answered that it did not take it, so that whatever lies under the key is another's. */
  readonly "not-put": { readonly path: string; readonly reason: string };
  /** What is never imported, whatever run comes again. */
  readonly refused: { readonly path: string; readonly reason: string };
  readonly finished: {
    readonly files: number;
    readonly refused: number;
    readonly manifestKey: string;
    readonly manifestSha256: string;
    readonly manifestVersionId: string | null;
  };
}

export type ImportType = keyof ImportBodies;

/** One line of the record; `hash` is over all the others, `prev` the hash of the line before. */
export type ImportEntry = {
  [Type in ImportType]: {
    readonly schemaVersion: 1;
    readonly seq: number;
    readonly prev: string;
    /** UTC, ISO 8601. */
    readonly at: string;
    readonly type: Type;
    readonly body: ImportBodies[Type];
    readonly hash: string;
  };
}[ImportType];
