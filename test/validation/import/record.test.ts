// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import fc from "fast-check";
import { FakeDestination } from "./fake-destination";
import { ImportedFolder } from "./folder";

let share: ImportedFolder;
let lines: string[];
beforeEach(async () => {
  share = new ImportedFolder({ a: "1", b: "2", c: "3" });
  await share.import(new FakeDestination());
  lines = fs.readFileSync(share.recordFile, "utf8").split("\n").slice(0, -1);
});
afterEach(() => share.remove());

const write = (kept: readonly string[]) => fs.writeFileSync(share.recordFile, kept.map((line) => `${line}\n`).join(""));

test("a record that was read is what was written", () => {
  expect(share.record().files.map(({ path, versionId }) => [path, versionId])).toEqual([
    ["a", "v1"],
    ["b", "v2"],
    ["c", "v3"],
  ]);
});

test("every line that is changed, left out, doubled or moved is noticed", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: lines.length - 1 }),
      fc.constantFrom("change", "leave out", "double", "move"),
      (at, how) => {
        const kept = [...lines];
        const [line] = kept.splice(at, 1) as [string];
        if (how === "change") kept.splice(at, 0, line.replace(/"at":"2026/, '"at":"2025'));
        if (how === "double") kept.splice(at, 0, line, line);
        if (how === "move") kept.splice(at === 0 ? 1 : at - 1, 0, line);
        write(kept);
        // The last line may be missing: a run that broke off has no other record.
        if (how === "leave out" && at === lines.length - 1) expect(share.record().finished).toBeUndefined();
        else expect(() => share.record()).toThrow(expect.objectContaining({ code: "IMPORT_RECORD" }));
      },
    ),
    { seed: 3, numRuns: 60 },
  );
});

test("a cut-off last line is noticed", () => {
  fs.truncateSync(share.recordFile, fs.statSync(share.recordFile).size - 5);
  expect(() => share.record()).toThrow(expect.objectContaining({ code: "IMPORT_RECORD" }));
});

test("two runs cannot write the same record at a time", () => {
  write(lines.slice(0, 2));
  const [one, other] = [share.record(), share.record()];
  one.append("refused", { path: "x", reason: "is empty" }, new Date());
  expect(() => other.append("refused", { path: "y", reason: "is empty" }, new Date())).toThrow(
    expect.objectContaining({ code: "IMPORT_RECORD" }),
  );
});

test("a line that does not reach the disk is an error, not a file that failed", async () => {
  const other = new ImportedFolder({ a: "1" });
  const s3 = new FakeDestination();
  s3.after = () => {
    fs.rmSync(other.recordFile);
    fs.mkdirSync(other.recordFile);
  };
  await expect(other.import(s3)).rejects.toMatchObject({ code: "OUT_NOT_WRITABLE" });
  other.remove();
});

test("nobody but its owner reads a record", () => {
  expect(fs.statSync(share.recordFile).mode & 0o077).toBe(0);
});
