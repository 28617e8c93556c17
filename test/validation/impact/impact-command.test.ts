// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { main } from "../../../validation/cli";
import { ephemeralSealKey, publicKeyPem } from "../../../validation/evidence";
import { writePlanFiles } from "../comparison/plan-files";
import { temporaryFolder } from "../evidence/temporary-folder";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const at = (name: string) => path.join(temporary.path, name);
const key = ephemeralSealKey();
const NEW = ["--plan", "plan.json", "--synth", "cdk.tf.json", "--environment", "production"];

beforeAll(() => writePlanFiles(temporary.path, key, "emulator"));

async function run(...argv: string[]) {
  const told = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({ write: (text: string) => (told[name] += text) });
  const io = { stdout: stream("stdout"), stderr: stream("stderr"), env: {}, cwd: temporary.path };
  return { exit: await main(["impact", ...argv], io), ...told };
}

test("exit 0: the plan is the one that was qualified", async () => {
  const { exit, stdout, stderr } = await run("--from", "bundle", "--key", "key.pem", ...NEW);
  expect([exit, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("from self-test-run (COMPLETE, self-test)\n");
  expect(stdout).toContain("Changed: 0 resources");
});

test("exit 1: something differs, and the JSON names it", async () => {
  const { exit, stdout } = await run(
    "--from",
    "bundle",
    ...NEW.map((word) => word.replace(/^(plan|cdk\.tf)\.json$/, (file) => file.replace(/^plan|^cdk/, "governance"))),
    "--format",
    "json",
  );
  const { changes, from } = JSON.parse(stdout);
  expect([exit, from.isPinned]).toEqual([1, false]);
  expect(changes).toMatchObject([{ attributes: [{ path: "rule.default_retention.mode" }] }]);
});

test.each([
  ["a bundle that holds no facts", ["--from", "bare", "--qualified", "stack", ...NEW], "SCHEMA_MISMATCH"],
  ["a folder that is no bundle", ["--from", ".", ...NEW], "FILE_NOT_FOUND"],
  ["a plan that the bundle does not hold", ["--from", "bundle", "--qualified", "other", ...NEW], "USAGE"],
  [
    "an environment of which the bundle has no plan",
    ["--from", "bundle", ...NEW.map((word) => (word === "production" ? "development" : word))],
    "USAGE",
  ],
])("exit 2: %s", async (_, argv, code) => {
  const { exit, stderr } = await run(...argv);
  expect([exit, stderr.startsWith(`part11: ${code}: `)]).toEqual([2, true]);
});

test("exit 2: a bundle that another key sealed", async () => {
  fs.writeFileSync(at("other.pem"), publicKeyPem(ephemeralSealKey().publicKey));
  const { exit, stderr } = await run("--from", "bundle", "--key", "other.pem", ...NEW);
  expect([exit, stderr]).toEqual([2, expect.stringContaining("SIGNER_DIFFERS")]);
});
