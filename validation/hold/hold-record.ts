// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import { Part11Error } from "../error";
import { assertSchema, canonicalJson, parseStrict, readCapped } from "../json";
import type { ObjectVersion } from "./selection";

/** One line of the record: what was done to one version, in whose name, for which matter. */
export interface HoldEntry {
  readonly schemaVersion: 1;
  /** UTC, ISO 8601. */
  readonly at: string;
  /**
   * `released` where the hold was lifted; `kept-for-other` where the matter was closed and another one still holds the
   * version, so that S3 was not asked.
   */
  readonly action: "held" | "released" | "kept-for-other";
  /** Id of the legal matter. */
  readonly matter: string;
  readonly reason: string;
  /** The person who did it. */
  readonly by: string;
  /** The other person, who approved the release; not there for `held`. */
  readonly approver?: string;
  /** ARN that AWS knew the caller by. */
  readonly caller: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

/** A version that the record names, and the matters that hold it. */
interface Held {
  readonly bucket: string;
  readonly version: ObjectVersion;
  readonly matters: Set<string>;
}

/** Largest record read, in bytes: about half a million versions. */
const MAX_BYTES = 256_000_000;

/**
 * The custodian's record of legal holds: a file of JSON lines that is only ever added to. S3 knows that a version is
 * held, and only this says for whom and why, so each line is on disk before the next version is looked at.
 */
export class HoldRecord {
  private readonly open = new Map<string, Held>();

  private constructor(
    readonly file: string,
    entries: readonly HoldEntry[],
  ) {
    for (const entry of entries) this.count(entry);
  }

  /**
   * Opens a record.
   * @param create an absent file is an empty record; else it is an error
   * @throws HOLD_RECORD for a line that is not understood, a cut-off last one too; FILE_NOT_FOUND, FILE_TOO_LARGE
   */
  static open(file: string, { create }: { readonly create: boolean }): HoldRecord {
    if (create && !fs.existsSync(file)) return new HoldRecord(file, []);
    const bytes = readCapped(file, { maxBytes: MAX_BYTES });
    if (bytes.length > 0 && bytes[bytes.length - 1] !== 0x0a)
      throw broken(file, "a line feed at the end", "a cut last line");
    const lines = bytes.toString("latin1").split("\n").slice(0, -1);
    return new HoldRecord(
      file,
      lines.map((line, i) => parseLine(Buffer.from(line, "latin1"), `${file} line ${i + 1}`)),
    );
  }

  /** Adds a line and returns when it is on disk. @throws SCHEMA_MISMATCH: nothing was written */
  append(entry: HoldEntry): void {
    assertSchema("hold-entry", entry, this.file);
    const descriptor = fs.openSync(this.file, "a", 0o600);
    try {
      fs.writeFileSync(descriptor, `${canonicalJson(entry)}\n`);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    this.count(entry);
  }

  /** Matters that hold a version by this record, in the order of their first line. */
  openMatters(bucket: string, version: ObjectVersion): readonly string[] {
    return [...(this.open.get(nameOf(bucket, version))?.matters ?? [])];
  }

  /** Versions of a bucket that some matter holds by this record. */
  openVersions(bucket: string): readonly ObjectVersion[] {
    return [...this.open.values()]
      .filter((held) => held.bucket === bucket && held.matters.size > 0)
      .map(({ version }) => version);
  }

  private count({ action, matter, bucket, key, versionId }: HoldEntry): void {
    const version = { key, versionId };
    const name = nameOf(bucket, version);
    const held = this.open.get(name) ?? { bucket, version, matters: new Set<string>() };
    this.open.set(name, held);
    if (action === "held") held.matters.add(matter);
    else held.matters.delete(matter);
  }
}

function nameOf(bucket: string, { key, versionId }: ObjectVersion): string {
  return JSON.stringify([bucket, key, versionId]);
}

function parseLine(line: Buffer, where: string): HoldEntry {
  try {
    const entry = parseStrict(line, where) as HoldEntry;
    assertSchema("hold-entry", entry, where);
    return entry;
  } catch (cause) {
    throw broken(where, "an entry of validation/schema/hold-entry.schema.json", (cause as Error).message, cause);
  }
}

function broken(where: string, expected: string, got: string, cause?: unknown): Part11Error {
  return new Part11Error(
    {
      code: "HOLD_RECORD",
      what: "record of legal holds not usable",
      where,
      expected,
      got,
      todo: "take the record from its last copy: what it says is not guessed",
    },
    { cause },
  );
}
