// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Journal, type JournalEntry, readJournal } from "../../../validation/evidence";
import { canonicalJson, sha256Hex } from "../../../validation/json";
import { steppingClock } from "./sample-run";
import { temporaryFolder } from "./temporary-folder";

const temporary = temporaryFolder();
const file = path.join(temporary.path, "journal.jsonl");
afterAll(() => temporary.remove());

const STARTED = { protocol: "P", step: "S-1" };

function written(): string[] {
  fs.rmSync(file, { force: true });
  const journal = Journal.create(file, steppingClock());
  for (const step of ["S-1", "S-2", "S-3", "S-4"]) journal.append("step-started", { protocol: "P", step });
  journal.append("run-finished", { outcome: "finished", sealKey: "ephemeral" });
  return fs.readFileSync(file, "utf8").trimEnd().split("\n");
}

/** An entry as an attacker without care for later links writes it: own hash right, everything after it as it was. */
function rehashed(line: string, change: (entry: Record<string, unknown>) => void): string {
  const { hash: _, ...entry } = JSON.parse(line) as JournalEntry & Record<string, unknown>;
  change(entry);
  return canonicalJson({ ...entry, hash: sha256Hex(canonicalJson(entry)) });
}

describe("Journal", () => {
  it("has every entry on disk when append returns", () => {
    fs.rmSync(file, { force: true });
    const journal = Journal.create(file, steppingClock());
    for (let n = 1; n <= 5; n++) {
      journal.append("step-started", { protocol: "P", step: `S-${n}` });
      expect(readJournal(file)).toHaveLength(n);
    }
    journal.close();
  });

  it("starts the chain with 64 zeros and links each entry to the one before", () => {
    const entries = written().map((line) => JSON.parse(line) as JournalEntry);
    expect(entries.map(({ prev }) => prev)).toEqual(["0".repeat(64), ...entries.slice(0, -1).map(({ hash }) => hash)]);
  });

  it("writes the time in UTC with milliseconds", () => {
    expect((JSON.parse(written()[0]!) as JournalEntry).at).toBe("2026-11-21T08:00:01.125Z");
  });

  it("refuses to go on with a file that exists", () => {
    written();
    expect(() => Journal.create(file, steppingClock())).toThrow(expect.objectContaining({ code: "BUNDLE_EXISTS" }));
  });

  it("refuses an entry after run-finished", () => {
    fs.rmSync(file, { force: true });
    const journal = Journal.create(file, steppingClock());
    journal.append("run-finished", { outcome: "stopped", sealKey: "ephemeral" });
    expect(() => journal.append("step-started", STARTED)).toThrow(expect.objectContaining({ code: "JOURNAL_CLOSED" }));
  });

  it("refuses a clock that goes back, and writes nothing", () => {
    fs.rmSync(file, { force: true });
    const times = [2000, 1999];
    const journal = Journal.create(file, () => new Date(times.shift()!));
    journal.append("step-started", STARTED);
    const before = fs.readFileSync(file);
    expect(() => journal.append("step-started", STARTED)).toThrow(expect.objectContaining({ code: "CLOCK_WENT_BACK" }));
    expect(fs.readFileSync(file).equals(before)).toBe(true);
    journal.close();
  });

  it("refuses a body that is not of its type's schema, and writes nothing", () => {
    fs.rmSync(file, { force: true });
    const journal = Journal.create(file, steppingClock());
    const body = { ...STARTED, extra: 1 };
    expect(() => journal.append("step-started", body)).toThrow(expect.objectContaining({ code: "SCHEMA_MISMATCH" }));
    expect(fs.readFileSync(file, "utf8")).toBe("");
    journal.close();
  });
});

describe("readJournal", () => {
  it("reads back what was written", () => {
    written();
    expect(readJournal(file).map(({ type }) => type)).toEqual([...Array(4).fill("step-started"), "run-finished"]);
  });

  it.each<[string, (lines: string[]) => string]>([
    ["an empty file", () => ""],
    ["a last line without line feed", (lines) => lines.join("\n")],
    ["a last line that is cut", (lines) => `${lines.join("\n").slice(0, -9)}\n`],
    ["an empty line", (lines) => `${lines.join("\n")}\n\n`],
    ["the first entry dropped", (lines) => `${lines.slice(1).join("\n")}\n`],
    ["an entry in the middle dropped", (lines) => `${lines.filter((_, i) => i !== 2).join("\n")}\n`],
    ["two entries swapped", ([a, b, ...rest]) => `${[b, a, ...rest].join("\n")}\n`],
    ["an entry doubled", ([a, b, ...rest]) => `${[a, b, b, ...rest].join("\n")}\n`],
    ["a body changed", (lines) => `${lines.join("\n").replace("S-2", "S-9")}\n`],
    [
      "a body changed and hashed again",
      ([a, b, ...rest]) =>
        `${[a, rehashed(b!, (e) => Object.assign(e, { body: { protocol: "P", step: "S-9" } })), ...rest].join("\n")}\n`,
    ],
    [
      "a sequence number changed and hashed again",
      (lines) => `${[...lines.slice(0, 4), rehashed(lines[4]!, (e) => Object.assign(e, { seq: 5 }))].join("\n")}\n`,
    ],
    [
      "a last entry moved back in time",
      (lines) =>
        `${[...lines.slice(0, 4), rehashed(lines[4]!, (e) => Object.assign(e, { at: "2020-01-01T00:00:00.000Z" }))].join("\n")}\n`,
    ],
    [
      "a last entry with a time that does not exist",
      (lines) =>
        `${[...lines.slice(0, 4), rehashed(lines[4]!, (e) => Object.assign(e, { at: "2026-11-31T25:00:00.000Z" }))].join("\n")}\n`,
    ],
    [
      "a last entry of an unknown type",
      (lines) =>
        `${[...lines.slice(0, 4), rehashed(lines[4]!, (e) => Object.assign(e, { type: "run-passed" }))].join("\n")}\n`,
    ],
    ["a space between two members", (lines) => `${lines.join("\n").replace('","', '", "')}\n`],
    ["a carriage return", (lines) => `${lines.join("\r\n")}\r\n`],
    ["a key that stands twice", (lines) => `${lines.join("\n").replace('"seq":0', '"seq":0,"seq":0')}\n`],
    ["an entry after run-finished", (lines) => `${lines.join("\n")}\n${lines[4]}\n`],
  ])("refuses %s", (_name, tamper) => {
    const lines = written();
    fs.writeFileSync(file, tamper(lines));
    expect(() => readJournal(file)).toThrow(expect.objectContaining({ code: "JOURNAL_BROKEN" }));
  });
});
