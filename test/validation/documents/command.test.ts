// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { documents } from "../../../validation/cli/documents";
import { sha256Hex } from "../../../validation/json";
import { sampleRun } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const bundle = path.join(temporary.path, "bundle");
sampleRun(bundle);

async function run(...argv: string[]) {
  let stdout = "";
  const stream = { write: (text: string) => (stdout += text) };
  const code = await documents(argv, { stdout: stream, stderr: stream, env: {}, cwd: temporary.path });
  return { code, stdout };
}

/** Every file below a folder with its digest. */
function contents(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, sha256Hex(fs.readFileSync(path.join(folder, name)))]));
}

test("writes every document in three formats, its picture, and the run in four formats, with checksums over them, and leaves the bundle as it is", async () => {
  const before = contents(bundle);
  const { code, stdout } = await run("bundle", "--out", "written");
  const written = contents(path.join(temporary.path, "written"));
  const sums = fs.readFileSync(path.join(temporary.path, "written", "SHA256SUMS"), "utf8");
  expect(code).toBe(0);
  expect(stdout).toContain("36 files and SHA256SUMS in written");
  expect(contents(bundle)).toEqual(before);
  delete written.SHA256SUMS;
  const listed = sums
    .trim()
    .split("\n")
    .map((line) => line.split("  ").reverse() as [string, string]);
  expect(Object.fromEntries(listed)).toEqual(written);
});

test("gives the same bytes again", async () => {
  await run("bundle", "--out", "again");
  expect(contents(path.join(temporary.path, "again"))).toEqual(contents(path.join(temporary.path, "written")));
});

test("writes nothing of a bundle that was altered", async () => {
  const altered = path.join(temporary.path, "altered");
  fs.cpSync(bundle, altered, { recursive: true });
  fs.appendFileSync(path.join(altered, "journal.jsonl"), " ");
  await expect(run("altered", "--out", "none")).rejects.toMatchObject({ code: "BUNDLE_ALTERED" });
  expect(fs.existsSync(path.join(temporary.path, "none"))).toBe(false);
});

test("writes nothing of a folder that is no bundle", async () => {
  fs.mkdirSync(path.join(temporary.path, "no-bundle"));
  await expect(run("no-bundle", "--out", "none")).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
});

test("refuses a folder in the bundle, by a link too", async () => {
  fs.symlinkSync(bundle, path.join(temporary.path, "link"));
  await expect(run("bundle", "--out", "bundle/documents")).rejects.toMatchObject({ code: "USAGE" });
  await expect(run("bundle", "--out", "link/documents")).rejects.toMatchObject({ code: "USAGE" });
});

test("refuses a folder that holds something", async () => {
  fs.mkdirSync(path.join(temporary.path, "full"));
  fs.writeFileSync(path.join(temporary.path, "full", "mine"), "");
  await expect(run("bundle", "--out", "full")).rejects.toMatchObject({ code: "OUT_NOT_EMPTY" });
});
