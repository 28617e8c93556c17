// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { main } from "../../../validation/cli";
import { import as importVerb } from "../../../validation/cli/import";
import { FakeDestination } from "../import/fake-destination";
import { IMPORT_ID, ImportedFolder, PREFIX } from "../import/folder";

let share: ImportedFolder;
let s3: FakeDestination;
beforeEach(() => {
  share = new ImportedFolder({ "a.csv": "1", "b.csv": "2" });
  s3 = new FakeDestination();
});
afterEach(() => share.remove());

function argv(...more: string[]): string[] {
  const given = ["--vendor", "acme", "--study", "st-101", "--bucket", "acme-clin-inbox", "--importer", "Jane Doe"];
  return [share.folder, ...given, "--reason", "Share is taken down", "--record", share.recordFile, ...more];
}

async function run(args: string[]) {
  let [stdout, stderr] = ["", ""];
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: {},
    cwd: share.folder,
  };
  const ports = {
    destination: async () => s3,
    now: () => new Date("2026-11-22T12:00:00.000Z"),
    newId: () => IMPORT_ID,
  };
  const code = await importVerb(args, io, ports);
  return { code, stdout, stderr };
}

test("says of each file where it is and with which hash, then how many, then the manifest", async () => {
  const { code, stdout } = await run(argv());
  expect(code).toBe(0);
  expect(stdout.split("\n")).toEqual([
    `put  a.csv  ${PREFIX}a.csv  v1  6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b`,
    `put  b.csv  ${PREFIX}b.csv  v2  d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35`,
    "put: 2",
    expect.stringMatching(/^manifest: .*\.json {2}[0-9a-f]{64}$/),
    "",
  ]);
});

test("says the same as JSON", async () => {
  const { code, stdout } = await run(argv("--json"));
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    importId: IMPORT_ID,
    dryRun: false,
    outcomes: [
      { outcome: "put", path: "a.csv" },
      { outcome: "put", path: "b.csv" },
    ],
    counts: { put: 2 },
    manifest: { files: 2, refused: 0 },
  });
});

test("ends with 1 where a file was refused", async () => {
  share.write("empty", "");
  expect(await run(argv())).toMatchObject({ code: 1, stdout: expect.stringContaining("refused  empty: is empty") });
});

test("shows control characters of a name as what they are", async () => {
  share.write("a\u001b[2Jb", "x");
  expect((await run(argv())).stdout).not.toContain("\u001b");
});

test("a dry run asks AWS for nothing and ends with 0", async () => {
  const { code, stdout } = await run(argv("--dry-run"));
  expect(code).toBe(0);
  expect(stdout).toContain("would-put: 2");
  expect([s3.versions.size, fs.existsSync(share.recordFile)]).toEqual([0, false]);
});

test.each<[string, string, string]>([
  ["a vendor that is none", "--vendor", "Acme"],
  ["the study of tests", "--study", "test"],
  ["no bucket's name", "--bucket", "s3://x"],
  ["an importer without a name", "--importer", " "],
  ["a reason too long to keep beside an object", "--reason", "x".repeat(1501)],
  ["a landing that is none", "--landing", "curated"],
])("fails with USAGE for %s", async (_, option, value) => {
  const args = argv("--landing", "inbox");
  args[args.indexOf(option) + 1] = value;
  await expect(run(args)).rejects.toMatchObject({ code: "USAGE" });
});

test("fails with USAGE for a record inside the folder", async () => {
  const args = argv();
  args[args.indexOf("--record") + 1] = path.join(share.folder, "import.jsonl");
  await expect(run(args)).rejects.toMatchObject({ code: "USAGE" });
});

test("fails with FILE_NOT_FOUND for a folder that is not there", async () => {
  const [, ...rest] = argv();
  await expect(run([path.join(share.folder, "none"), ...rest])).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
});

test("is a verb of part11", async () => {
  let stdout = "";
  const io = { stdout: { write: (text: string) => (stdout += text) }, stderr: { write: () => 0 }, env: {}, cwd: "/" };
  expect(await main(["import", "--help"], io)).toBe(0);
  expect(stdout).toContain("--importer <person>");
});
