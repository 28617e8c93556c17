// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { control } from "../../../validation/cli/control";
import { packageRoot } from "../../../validation/package-root";
import { ensureOpa, runCommand } from "../../../validation/toolchain";

const FLAGS = ["--title", "Streams are encrypted", "--severity", "high", "--clause", "11.30"];
const SUBJECT = ["--resource", "aws_kinesis_stream", "--attribute", "encryption_type", "--expected", "KMS"];

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  fs.mkdirSync(path.join(folder, "policies", "part11"), { recursive: true });
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function run(...argv: string[]): Promise<number> {
  const quiet = { write: () => undefined };
  return control(argv, { stdout: quiet, stderr: quiet, env: {}, cwd: folder });
}

it("a new control is formatted, compiles strictly, and passes its own test", async () => {
  expect(await run("new", "P11-30-99", ...FLAGS, ...SUBJECT)).toBe(0);
  const { path: opa } = await ensureOpa({ cwd: packageRoot(), env: process.env });
  for (const name of ["lib", "data.json"]) {
    fs.cpSync(path.join(packageRoot(), "policies", name), path.join(folder, "policies", name), { recursive: true });
  }
  const files = ["policies/lib", "policies/part11", "policies/data.json"];
  const opaSays = (...args: string[]) => runCommand(opa, args, { cwd: folder, env: process.env });
  expect(await opaSays("fmt", "--list", "policies/part11")).toMatchObject({ code: 0, stdout: "" });
  expect(await opaSays("check", "--strict", ...files)).toMatchObject({ code: 0, stderr: "" });
  const tested = await opaSays("test", ...files, "--run", "p11_30_99", "--timeout", "120s");
  expect(tested).toMatchObject({ code: 0, stdout: expect.stringMatching(/^PASS: \d+\/\d+/m) });
});

it("a control that is there already is left as it is", async () => {
  await run("new", "P11-30-99", ...FLAGS, ...SUBJECT);
  const again = run("new", "P11-30-99", ...FLAGS, ...SUBJECT);
  await expect(again).rejects.toMatchObject({ code: "OUT_NOT_EMPTY" });
});

it("outside a checkout nothing is made", async () => {
  fs.rmSync(path.join(folder, "policies"), { recursive: true });
  await expect(run("new", "P11-30-99", ...FLAGS, ...SUBJECT)).rejects.toMatchObject({ code: "USAGE" });
  expect(fs.readdirSync(folder)).toEqual([]);
});

it.each([
  ["an id that is none", ["new", "../x", ...FLAGS, ...SUBJECT]],
  ["no title", ["new", "P11-30-99", ...FLAGS.slice(2), ...SUBJECT]],
  ["another word than new", ["old", "P11-30-99"]],
])("%s is wrong usage", async (_, argv) => {
  await expect(run(...argv)).rejects.toMatchObject({ code: "USAGE" });
});
