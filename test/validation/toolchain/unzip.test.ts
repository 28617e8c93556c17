// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { unzip } from "../../../validation/toolchain/unzip";
import { type ArchiveFile, zipOf } from "./zip-archive";

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const unpack = (bytes: Buffer) => unzip({ url: "http://example.org/a.zip", bytes }, "m@v1", path.join(root, "out"));
const refused = (got: string) =>
  expect.objectContaining({ code: "DOWNLOAD_FAILED", message: expect.stringContaining(got) });
const fine: ArchiveFile = { name: "m@v1/fine", content: "fine" };

test("files are unpacked below the folder, stored and deflated", () => {
  unpack(zipOf(fine, { name: "m@v1/a/b/c", content: "deep", deflated: false }, { name: "m@v1/a/empty", content: "" }));
  const read = (name: string) => fs.readFileSync(path.join(root, "out", name), "utf8");
  expect([read("fine"), read("a/b/c"), read("a/empty")]).toEqual(["fine", "deep", ""]);
});

test.each([
  "m@v1/../../escaped",
  "m@v1/a/../../../escaped",
  "m@v1//escaped",
  "m@v1/./escaped",
  "m@v1/..\\..\\escaped",
  "m@v1/nul\0byte",
  "m@v1/folder/",
  "m@v1/",
  "m@v1",
  "m@v2/escaped",
  "/etc/escaped",
  "../escaped",
  "",
])("an archive with a file %j is refused before anything is written", (name) => {
  expect(() => unpack(zipOf(fine, { name, content: "x" }))).toThrow(refused(JSON.stringify(name)));
  expect(fs.readdirSync(root)).toEqual([]);
});

test("an archive that claims more than the limit is refused before anything is written", () => {
  const half = { content: "x", claimedSize: 600 * 1024 * 1024 };
  const bomb = zipOf({ ...half, name: "m@v1/a" }, { ...half, name: "m@v1/b" });
  expect(() => unpack(bomb)).toThrow(refused(`${1200 * 1024 * 1024} bytes`));
  expect(fs.readdirSync(root)).toEqual([]);
});

test.each([
  ["unpacks to more than it claims", { claimedSize: 3 }],
  ["unpacks to less than it claims", { claimedSize: 5 }],
  ["is stored shorter than it claims", { claimedSize: 5, deflated: false }],
])("a file that %s is refused", (_title, given) => {
  expect(() => unpack(zipOf({ ...fine, ...given }))).toThrow(refused("a damaged one"));
});

test("a file whose packed bytes are damaged is refused", () => {
  const archive = zipOf(fine);
  archive.fill(0xff, 30 + fine.name.length, 30 + fine.name.length + 4);
  expect(() => unpack(archive)).toThrow(refused("a damaged one"));
});

test("a second file of the same name is refused", () => {
  expect(() => unpack(zipOf(fine, { ...fine, content: "other" }))).toThrow(/EEXIST/);
});

test.each([
  ["something else", Buffer.from("not a zip")],
  ["an empty archive", zipOf()],
  ["a cut archive", zipOf(fine).subarray(8)],
])("%s is refused", (_title, bytes) => {
  expect(() => unpack(bytes)).toThrow(refused("none that can be read"));
});
