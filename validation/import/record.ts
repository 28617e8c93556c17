// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import { Part11Error } from "../error";
import { assertSchema, canonicalJson, parseStrict, readCapped, sha256Hex } from "../json";
import type { FileEntry, ImportBodies, ImportEntry, ImportType } from "./entries";

/** Largest record read, in bytes: about half a million files. */
const MAX_BYTES = 512_000_000;
const GENESIS = "0".repeat(64);

/**
 * The record of one import: a file of JSON lines, each hashed into the next and on disk before the next thing is done.
 * A run that broke off goes on from it.
 */
export class ImportRecord {
  private head = GENESIS;
  private seq = 0;
  private bytes = 0;
  private readonly settled = new Map<string, FileEntry & { readonly versionId: string | null }>();
  private readonly begun = new Map<string, FileEntry>();
  private readonly turnedAway = new Map<string, string>();
  /** The first line; undefined in a new record. */
  started: ImportBodies["started"] | undefined;
  /** Time of the first line; undefined in a new record. */
  startedAt: string | undefined;
  /** The last line, once there is nothing left to do. */
  finished: ImportBodies["finished"] | undefined;

  private constructor(readonly file: string) {}

  /**
   * Opens a record; an absent file is an empty one, which is made with the first line.
   * @throws IMPORT_RECORD at the first line that does not hold, a cut-off last one too; FILE_TOO_LARGE
   */
  static open(file: string): ImportRecord {
    const record = new ImportRecord(file);
    if (!fs.existsSync(file)) return record;
    const bytes = readCapped(file, { maxBytes: MAX_BYTES });
    if (bytes.length > 0 && bytes[bytes.length - 1] !== 0x0a) {
      throw broken(`${file} line ${record.seq + 1}`, "a line feed at the end", "a cut last line");
    }
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
      record.take(record.checked(bytes.subarray(start, end)), end + 1 - start);
      start = end + 1;
    }
    return record;
  }

  /** Hash of the last line; 64 zeros before the first. */
  get lastHash(): string {
    return this.head;
  }

  /** What was put or found, by path in the order of the record. */
  get files(): readonly (FileEntry & { readonly versionId: string | null })[] {
    return [...this.settled.values()];
  }

  /** What was refused for good, and why. */
  get refused(): readonly ImportBodies["refused"][] {
    return [...this.turnedAway].map(([path, reason]) => ({ path, reason }));
  }

  /** The file as it was put before. */
  fileAt(path: string): (FileEntry & { readonly versionId: string | null }) | undefined {
    return this.settled.get(path);
  }

  /** Why the file was refused for good; undefined where it was not. */
  refusalOf(path: string): string | undefined {
    return this.turnedAway.get(path);
  }

  /** True where a run began to put these very bytes there and did not come to write down that they are. */
  wasPutting({ path, key, sha256 }: FileEntry): boolean {
    const begun = this.begun.get(path);
    return begun !== undefined && begun.key === key && begun.sha256 === sha256;
  }

  /** Adds a line and returns when it is on disk. @throws SCHEMA_MISMATCH; IMPORT_RECORD when another run wrote to it; OUT_NOT_WRITABLE */
  append<Type extends ImportType>(type: Type, body: ImportBodies[Type], now: Date): void {
    const unsealed = { schemaVersion: 1, seq: this.seq, prev: this.head, at: now.toISOString(), type, body } as const;
    const entry = { ...unsealed, hash: sha256Hex(canonicalJson(unsealed)) } as unknown as ImportEntry;
    assertSchema("import-entry", entry, `${this.file} line ${this.seq + 1}`);
    const line = `${canonicalJson(entry)}\n`;
    this.write(line);
    this.take(entry, Buffer.byteLength(line));
  }

  private write(line: string): void {
    let descriptor: number | undefined;
    try {
      descriptor = fs.openSync(this.file, "a", 0o600);
      const { size } = fs.fstatSync(descriptor);
      if (size !== this.bytes) throw broken(this.file, `${this.bytes} bytes, as this run left it`, `${size} bytes`);
      fs.writeFileSync(descriptor, line);
      fs.fsyncSync(descriptor);
    } catch (cause) {
      if (cause instanceof Part11Error) throw cause;
      throw notWritten(this.file, cause);
    } finally {
      if (descriptor !== undefined) fs.closeSync(descriptor);
    }
  }

  private checked(line: Buffer): ImportEntry {
    const where = `${this.file} line ${this.seq + 1}`;
    let entry: ImportEntry;
    try {
      entry = parseStrict(line, where) as ImportEntry;
      assertSchema("import-entry", entry, where);
    } catch (cause) {
      throw broken(where, "a line of validation/schema/import-entry.schema.json", (cause as Error).message, cause);
    }
    const { hash, ...unsealed } = entry;
    if (!line.equals(Buffer.from(canonicalJson(entry)))) throw broken(where, "canonical JSON", "another spelling");
    if (entry.seq !== this.seq) throw broken(where, `sequence number ${this.seq}`, String(entry.seq));
    if (entry.prev !== this.head) throw broken(where, "the hash of the line before", entry.prev);
    if (hash !== sha256Hex(canonicalJson(unsealed))) throw broken(where, "the hash of this line", hash);
    if ((entry.seq === 0) !== (entry.type === "started")) throw broken(where, "one beginning", entry.type);
    if (this.finished) throw broken(where, "nothing after the end", entry.type);
    return entry;
  }

  private take(entry: ImportEntry, bytes: number): void {
    this.head = entry.hash;
    this.seq += 1;
    this.bytes += bytes;
    switch (entry.type) {
      case "started":
        this.started = entry.body;
        this.startedAt = entry.at;
        break;
      case "putting":
        this.begun.set(entry.body.path, entry.body);
        break;
      case "put":
        this.settled.set(entry.body.path, entry.body);
        this.turnedAway.delete(entry.body.path);
        break;
      case "not-put":
        this.begun.delete(entry.body.path);
        break;
      case "refused":
        this.turnedAway.set(entry.body.path, entry.body.reason);
        break;
      case "finished":
        this.finished = entry.body;
        break;
    }
  }
}

function broken(where: string, expected: string, got: string, cause?: unknown): Part11Error {
  return new Part11Error(
    {
      code: "IMPORT_RECORD",
      what: "record of the import not usable",
      where,
      expected,
      got,
      todo: "take the record from its last copy: what it says is not guessed",
    },
    { cause },
  );
}

function notWritten(where: string, cause: unknown): Part11Error {
  return new Part11Error(
    {
      code: "OUT_NOT_WRITABLE",
      what: "record of the import not written",
      where,
      expected: "a file that can be added to",
      got: (cause as NodeJS.ErrnoException).code ?? String(cause),
      todo: "make room or name another place, and run again: without its record nothing is imported",
    },
    { cause },
  );
}
