// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import { Part11Error } from "../error";
import { assertSchema, canonicalJson, parseStrict, readCapped, sha256Hex } from "../json";
import type { EntryBodies, EntryType, JournalEntry } from "./entries";

/** What stands before the first entry. */
export const GENESIS = "0".repeat(64);

/** Largest journal read, in bytes. */
export const MAX_JOURNAL_BYTES = 256_000_000;

/** Source of the time that an entry carries. */
export type Clock = () => Date;

/** Append-only record of a run: each entry is hashed into the next and on disk before the caller goes on. */
export class Journal {
  private seq = 0;
  private prev = GENESIS;
  private at = "";
  private closed = false;

  private constructor(
    readonly file: string,
    private readonly fd: number,
    private readonly clock: Clock,
  ) {}

  /** Opens a new journal; an existing file is never continued. @throws BUNDLE_EXISTS */
  static create(file: string, clock: Clock): Journal {
    try {
      return new Journal(file, fs.openSync(file, "ax", 0o644), clock);
    } catch (cause) {
      throw new Part11Error(
        {
          code: "BUNDLE_EXISTS",
          what: "journal not created",
          where: file,
          expected: "no such file in an existing folder",
          got: (cause as NodeJS.ErrnoException).code ?? "an unknown error",
          todo: "give each run a folder of its own",
        },
        { cause },
      );
    }
  }

  /** Hash of the last entry; 64 zeros before the first. */
  get head(): string {
    return this.prev;
  }

  /**
   * Writes one entry and returns when it is on disk.
   *
   * @throws SCHEMA_MISMATCH, NOT_CANONICAL, CLOCK_WENT_BACK: nothing was written. JOURNAL_CLOSED after run-finished
   */
  append<T extends EntryType>(type: T, body: EntryBodies[T]): JournalEntry<T> {
    if (this.closed) throw closed(this.file, type);
    const at = this.clock().toISOString();
    if (at < this.at) throw clockWentBack(this.file, this.at, at);
    const unsealed = { seq: this.seq, prev: this.prev, at, type, body };
    const entry = { ...unsealed, hash: sha256Hex(canonicalJson(unsealed)) } as unknown as JournalEntry<T>;
    assertSchema("journal-entry", entry, `journal entry ${this.seq}`);
    fs.writeFileSync(this.fd, `${canonicalJson(entry)}\n`);
    fs.fsyncSync(this.fd);
    this.seq++;
    this.prev = entry.hash;
    this.at = at;
    if (type === "run-finished") this.close();
    return entry;
  }

  /** Ends writing. The entries stay; a journal without run-finished is the record of a run that broke off. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    fs.closeSync(this.fd);
  }
}

/** Entries of a journal file, every link checked. @throws JOURNAL_BROKEN and the codes of reading a file */
export function readJournal(file: string): JournalEntry[] {
  return parseJournal(readCapped(file, { maxBytes: MAX_JOURNAL_BYTES }), file);
}

/**
 * Entries of a journal's bytes: complete lines, each canonical, numbered without a gap, in the order of time, hashed
 * as it says and into the next, of a known type with a body of its schema, nothing after run-finished.
 *
 * @throws JOURNAL_BROKEN at the first line where one of these does not hold
 */
export function parseJournal(bytes: Buffer, where: string): JournalEntry[] {
  if (bytes.length === 0) throw broken(where, 0, "at least one entry", "an empty file");
  if (bytes[bytes.length - 1] !== 0x0a) throw broken(where, 0, "a line feed at the end", "a cut last line");
  const entries: JournalEntry[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
    const before = entries[entries.length - 1];
    if (before?.type === "run-finished") throw broken(where, entries.length, "nothing after run-finished", "an entry");
    entries.push(parseLine(bytes.subarray(start, end), where, before, entries.length));
    start = end + 1;
  }
  return entries;
}

function parseLine(line: Buffer, where: string, before: JournalEntry | undefined, seq: number): JournalEntry {
  let entry: JournalEntry;
  try {
    entry = parseStrict(line, `${where} line ${seq + 1}`) as JournalEntry;
    assertSchema("journal-entry", entry, `${where} line ${seq + 1}`);
    if (!line.equals(Buffer.from(canonicalJson(entry)))) throw broken(where, seq, "canonical JSON", "another spelling");
  } catch (cause) {
    if (cause instanceof Part11Error && cause.code === "JOURNAL_BROKEN") throw cause;
    throw broken(where, seq, "a journal entry", (cause as Error).message, cause);
  }
  const { hash, ...unsealed } = entry;
  if (entry.seq !== seq) throw broken(where, seq, `sequence number ${seq}`, String(entry.seq));
  if (entry.prev !== (before?.hash ?? GENESIS)) throw broken(where, seq, "the hash of the entry before", entry.prev);
  if (hash !== sha256Hex(canonicalJson(unsealed))) throw broken(where, seq, "the hash of this entry", hash);
  if (!isTime(entry.at)) throw broken(where, seq, "a time that exists", entry.at);
  if (before && entry.at < before.at) throw broken(where, seq, `a time not before ${before.at}`, entry.at);
  return entry;
}

// Date rolls 31 November over to 1 December, so the text must come back as it was.
function isTime(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString() === text;
}

function broken(where: string, seq: number, expected: string, got: string, cause?: unknown): Part11Error {
  const todo = "take the journal as the run wrote it";
  return new Part11Error(
    { code: "JOURNAL_BROKEN", what: "journal broken", where: `${where} line ${seq + 1}`, expected, got, todo },
    { cause },
  );
}

function closed(where: string, type: string): Part11Error {
  return new Part11Error({
    code: "JOURNAL_CLOSED",
    what: "journal not continued",
    where,
    expected: "an open journal",
    got: `an entry ${type} after its end`,
    todo: "start a new run",
  });
}

function clockWentBack(where: string, before: string, got: string): Part11Error {
  return new Part11Error({
    code: "CLOCK_WENT_BACK",
    what: "entry not written",
    where,
    expected: `a time not before ${before}`,
    got,
    todo: "synchronise the clock of this machine and start a new run",
  });
}
