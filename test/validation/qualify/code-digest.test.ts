// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { codeDigest } from "../../../validation/qualify/code-digest";

let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  for (const [name, text] of Object.entries({
    "package.json": "{}",
    "dist/validation/cli.js": "run()",
    "validation/cli.ts": "run()",
    "validation/schema/a.json": "{}",
  })) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const built = () => codeDigest(root, path.join(root, "dist", "validation"));
const change = (name: string) => fs.writeFileSync(path.join(root, name), "changed");

test.each(["package.json", "dist/validation/cli.js", "validation/schema/a.json"])("%s counts", (name) => {
  const before = built();
  change(name);
  expect(built()).not.toBe(before);
});

test("a source that does not run does not count", () => {
  const before = built();
  change("validation/cli.ts");
  expect(built()).toBe(before);
});

test("a source that runs counts", () => {
  const running = () => codeDigest(root, path.join(root, "validation"));
  const before = running();
  change("validation/cli.ts");
  expect(running()).not.toBe(before);
});

test("what Python compiles beside its sources does not count", () => {
  const before = built();
  fs.mkdirSync(path.join(root, "validation", "target", "__pycache__"), { recursive: true });
  change("validation/target/__pycache__/a.pyc");
  expect(built()).toBe(before);
});
