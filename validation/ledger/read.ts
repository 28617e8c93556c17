// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { assertSchema, canonicalJson, parseStrict, parseStrictText, readCapped } from "../json";
import { type Entry, readEntry } from "./entry";
import type { LedgerProblem, Root } from "./verify";

const MAX_ENTRY_BYTES = 65_536;
const MAX_EXPORT_BYTES = 512 * 1024 * 1024 - 1;

export interface ReadEntries {
  readonly entries: readonly Entry[];
  readonly problems: readonly LedgerProblem[];
}

/**
 * Entries of a folder of mirror files, or of a file with one entry or one row of the table's export a line.
 *
 * @throws FILE_NOT_FOUND, FILE_TOO_LARGE; what does not parse or does not hold to the schema is a problem, not an error
 */
export function readEntries(at: string): ReadEntries {
  return isFolder(at) ? readMirror(at) : readExport(at);
}

/** Entries of a folder `<vendor>/<sequence>.json`: each is canonical and where its content says. */
export function readMirror(folder: string): ReadEntries {
  if (!isFolder(folder)) throw notThere(folder, "a folder of mirror files");
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).map((n) => n.split(path.sep).join("/"));
  const files = names.filter((name) => !fs.statSync(path.join(folder, name)).isDirectory()).sort();
  if (files.length === 0) throw notThere(folder, "at least one mirror file");
  return collect(
    files.map((name) => () => {
      const bytes = readCapped(path.join(folder, name), { maxBytes: MAX_ENTRY_BYTES });
      const value = parseStrict(bytes, name);
      const { entry, problems } = readEntry(value, name);
      const own = `${entry.chain}/${String(entry.sequence).padStart(12, "0")}.json`;
      // The folder may be that of the vendors, or one above it, as copied from the bucket.
      if (name !== own && !name.endsWith(`/${own}`)) problems.push(`lies at ${name}`);
      if (bytes.toString("utf8") !== canonicalJson(value)) problems.push("bytes are not canonical");
      return { entry, problems };
    }),
    files,
  );
}

function readExport(file: string): ReadEntries {
  const lines = readCapped(file, { maxBytes: MAX_EXPORT_BYTES }).toString("utf8").split("\n");
  if (lines.at(-1) === "") lines.pop();
  if (lines.length === 0) throw notThere(file, "at least one entry");
  const problems: LedgerProblem[] = [];
  const whole: Place[] = [];
  const rows = new Map<string, Row>();
  for (const [index, line] of lines.entries()) {
    const where = `${path.basename(file)}:${index + 1}`;
    const value = attempt(where, problems, () => parseStrictText(line, where));
    if (value === undefined) continue;
    const row = rowOf(value);
    if (!row) whole.push({ where, value });
    else if (rows.get(row.eventId)?.[row.part] === undefined)
      rows.set(row.eventId, { where, ...rows.get(row.eventId), [row.part]: row.item });
    else problems.push({ chain: where, sequence: null, what: `second row with the ${row.part} of ${row.eventId}` });
  }
  for (const row of rows.values()) {
    const entry = attempt(row.where, problems, () => joined(row));
    if (entry) whole.push({ where: row.where, value: entry });
  }
  const read = collect(
    whole.map(
      ({ where, value }) =>
        () =>
          readEntry(value, where),
    ),
    whole.map(({ where }) => where),
  );
  return { entries: read.entries, problems: [...problems, ...read.problems] };
}

interface Place {
  readonly where: string;
  readonly value: unknown;
}

type Item = Readonly<Record<string, { readonly S?: unknown } | undefined>>;

/** The two rows of one entry. */
interface Row {
  readonly where: string;
  readonly event?: Item;
  readonly link?: Item;
}

/** A line of a DynamoDB export (developer guide, "DynamoDB table export output format"); undefined for any other. */
function rowOf(value: unknown): { eventId: string; part: "event" | "link"; item: Item } | undefined {
  const { Item: item } = (value ?? {}) as { readonly Item?: Item };
  if (typeof item !== "object" || item === null) return undefined;
  const [pk, link] = [item.pk?.S, item.link?.S];
  if (link === undefined) return { eventId: String(pk).replace(/^event#/, ""), part: "event", item };
  const named = /"eventId":"([0-9a-f]{64})"/.exec(String(link))?.[1];
  return { eventId: named ?? `no event, at ${String(pk)} ${String(item.sk?.S)}`, part: "link", item };
}

function joined({ where, event, link }: Row): unknown {
  const texts = { event: event?.event?.S, link: link?.link?.S };
  for (const [part, text] of Object.entries(texts)) {
    if (typeof text !== "string") throw unjoined(where, `the row of its ${part}`, "none");
  }
  const entry = {
    event: parseStrictText(String(texts.event), where) as { readonly id?: unknown; readonly vendor?: unknown },
    link: parseStrictText(String(texts.link), where) as { readonly sequence?: unknown },
  };
  const expected = {
    event: [`event#${entry.event.id}`, "event"],
    link: [`chain#${entry.event.vendor}`, String(entry.link.sequence).padStart(12, "0")],
  };
  for (const [part, item] of [
    ["event", event!],
    ["link", link!],
  ] as const) {
    const keys = [item.pk?.S, item.sk?.S];
    if (keys.join("\n") !== expected[part].join("\n")) throw unjoined(where, expected[part].join(" "), keys.join(" "));
    if (canonicalJson(entry[part]) !== texts[part])
      throw unjoined(where, `canonical JSON of its ${part}`, "another text");
  }
  return entry;
}

function unjoined(where: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "SCHEMA_MISMATCH",
    what: "rows make no entry",
    where,
    expected,
    got,
    todo: "export the whole table",
  });
}

/**
 * Daily roots of a folder, by date.
 *
 * @throws FILE_NOT_FOUND, SCHEMA_MISMATCH and what parsing finds: a root that cannot be read must not count as none
 */
export function readRoots(folder: string): Root[] {
  if (!isFolder(folder)) throw notThere(folder, "a folder of daily roots");
  const names = fs.readdirSync(folder).sort();
  if (names.length === 0) throw notThere(folder, "at least one root");
  return names.map((name) => {
    const root = parseStrict(readCapped(path.join(folder, name), { maxBytes: MAX_ENTRY_BYTES * 16 }), name);
    assertSchema("ledger-root", root, name);
    return root as Root;
  });
}

function collect(readers: ReadonlyArray<() => ReturnType<typeof readEntry>>, places: readonly string[]): ReadEntries {
  const entries: Entry[] = [];
  const problems: LedgerProblem[] = [];
  for (const [index, read] of readers.entries()) {
    const found = attempt(places[index]!, problems, read);
    if (!found) continue;
    entries.push(found.entry);
    for (const what of found.problems)
      problems.push({ chain: found.entry.chain, sequence: found.entry.sequence, what });
  }
  return { entries, problems };
}

/** What cannot be read is a problem of the ledger, and the rest is read on. */
function attempt<Found>(place: string, problems: LedgerProblem[], read: () => Found): Found | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Part11Error)) throw error;
    problems.push({ chain: place, sequence: null, what: `${error.code}: ${error.message}` });
    return undefined;
  }
}

function isFolder(at: string): boolean {
  return fs.statSync(at, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function notThere(where: string, expected: string): Part11Error {
  return new Part11Error({
    code: "FILE_NOT_FOUND",
    what: "nothing to verify",
    where,
    expected,
    got: "none",
    todo: "copy the ledger from the table's export or from the audit bucket",
  });
}
