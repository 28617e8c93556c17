// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { canonical } from "../../../modules/ledger/entry";
import { ledger } from "../../../validation/cli/ledger";
import { type SampleEntry, sampleLedger } from "./sample";

let folder: string;
const entries = sampleLedger(4);

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "ledger-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function write(name: string, content: string): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
  return file;
}

function writeMirror(of: readonly SampleEntry[]): string {
  for (const entry of of) {
    write(`mirror/acme/${String(entry.link.sequence).padStart(12, "0")}.json`, canonical(entry));
  }
  return path.join(folder, "mirror");
}

/** The table's rows as DynamoDB exports them. */
function exported({ event, link }: SampleEntry): string[] {
  const sequence = String(link.sequence);
  return [
    {
      pk: { S: `event#${event.id}` },
      sk: { S: "event" },
      vendor: { S: event.vendor },
      sequence: { N: sequence },
      event: { S: canonical(event) },
    },
    { pk: { S: "chain#acme" }, sk: { S: sequence.padStart(12, "0") }, link: { S: canonical(link) } },
  ].map((Item) => JSON.stringify({ Item }));
}

async function run(...argv: string[]): Promise<[number, string]> {
  let out = "";
  const io = {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: () => true },
    env: {},
    cwd: folder,
  };
  return [await ledger(["verify", ...argv], io), out];
}

test("rows of the table that equal the mirror are confirmed", async () => {
  const rows = write("rows.json", `${entries.flatMap(exported).join("\n")}\n`);
  const [exit, out] = await run("--entries", rows, "--mirror", writeMirror(entries));
  expect([exit, out]).toEqual([0, expect.stringContaining("acme: 4 entries, all confirmed")]);
});

test("without mirror and roots the end is not confirmed", async () => {
  const lines = write("entries.jsonl", entries.map(canonical).join("\n"));
  expect(await run("--entries", lines)).toEqual([3, expect.stringContaining("4 at the end not confirmed")]);
});

test("a daily root of the last link confirms all", async () => {
  const { sequence, hash } = entries[3]!.link;
  write(
    "roots/2026-11-22.json",
    canonical({ schemaVersion: 1, date: "2026-11-22", chains: { acme: { sequence, hash } } }),
  );
  const lines = write("entries.jsonl", entries.map(canonical).join("\n"));
  expect((await run("--entries", lines, "--roots", path.join(folder, "roots")))[0]).toBe(0);
});

test("last entries cut off from the table are found against the mirror", async () => {
  const lines = write("entries.jsonl", entries.slice(0, 3).map(canonical).join("\n"));
  const [exit, out] = await run("--entries", lines, "--mirror", writeMirror(entries));
  expect([exit, out]).toEqual([1, expect.stringContaining("acme 4: stands in the mirror and not in the ledger")]);
});

test.each<[string, (lines: string[]) => string[]]>([
  ["a row that is no JSON", (lines) => [...lines, "{"]],
  ["a link without its event", (lines) => lines.slice(1)],
  ["an event without its link", ([first, , ...rest]) => [first!, ...rest]],
  ["a row at another key", ([first, ...rest]) => [first!.replace('"sk":{"S":"event"}', '"sk":{"S":"other"}'), ...rest]],
  ["a row that stands twice", (lines) => [...lines, lines[0]!]],
  ["an empty line", (lines) => ["", ...lines]],
])("%s is a problem", async (_name, alter) => {
  const rows = write("rows.json", `${alter(entries.flatMap(exported)).join("\n")}\n`);
  expect((await run("--entries", rows, "--mirror", writeMirror(entries)))[0]).toBe(1);
});

test.each<[string, string, string]>([
  ["at another place", "mirror/acme/000000000009.json", canonical(entries[3]!)],
  ["with other bytes for the same content", "mirror/acme/000000000004.json", JSON.stringify(entries[3], null, 1)],
  ["that is no entry", "mirror/acme/000000000004.json", "{}"],
])("a mirror file %s is a problem", async (_name, file, content) => {
  const mirror = writeMirror(entries.slice(0, 3));
  write(file, content);
  const lines = write("entries.jsonl", entries.map(canonical).join("\n"));
  expect((await run("--entries", lines, "--mirror", mirror))[0]).toBe(1);
});

test.each([["absent"], ["empty"]])("%s entries verify nothing", async (name) => {
  write("empty", "");
  await expect(run("--entries", name)).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
});

test("an unreadable root is an error and not none", async () => {
  write("roots/2026-11-22.json", "{}");
  const lines = write("entries.jsonl", entries.map(canonical).join("\n"));
  await expect(run("--entries", lines, "--roots", path.join(folder, "roots"))).rejects.toMatchObject({
    code: "SCHEMA_MISMATCH",
  });
});

test("another subverb than verify and reconcile is refused", async () => {
  const io = { stdout: { write: () => true }, stderr: { write: () => true }, env: {}, cwd: folder };
  await expect(ledger(["mend"], io)).rejects.toMatchObject({ code: "USAGE" });
});
