// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { main } from "../../../validation/cli";
import { ephemeralSealKey } from "../../../validation/evidence";
import { writePlanFiles } from "../comparison/plan-files";
import { temporaryFolder } from "../evidence/temporary-folder";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());
const on = (kind: string) => path.join(temporary.path, kind);

beforeAll(() => {
  for (const kind of ["aws", "emulator"] as const) {
    fs.mkdirSync(on(kind));
    writePlanFiles(on(kind), ephemeralSealKey(), kind);
  }
  fs.writeFileSync(path.join(on("aws"), "broken.yaml"), "parameters: *none");
});

async function run(kind: string, ...argv: string[]) {
  const told = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({ write: (text: string) => (told[name] += text) });
  const io = { stdout: stream("stdout"), stderr: stream("stderr"), env: {}, cwd: on(kind) };
  return { exit: await main(["equivalence", ...argv], io), ...told };
}

const SAME = ["bundle", "plan.json", "--synth", "cdk.tf.json"];
const PINNED = ["--key", "key.pem"];

test("exit 0: the plan that was qualified on AWS", async () => {
  const { exit, stdout, stderr } = await run("aws", ...SAME, ...PINNED);
  expect([exit, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("part11 equivalence  equivalent:");
});

test.each<[string, string, string[], string]>([
  ["the same plan on an emulator", "emulator", [...SAME, ...PINNED], "DEVELOPMENT_EVIDENCE"],
  ["a signer that is not pinned", "aws", SAME, "SIGNER_NOT_PINNED"],
  [
    "another plan",
    "aws",
    ["bundle", "governance.json", "--synth", "governance.tf.json", ...PINNED],
    "RESOURCE_DIFFERS",
  ],
])("exit 1: %s", async (_, kind, argv, code) => {
  const { exit, stdout } = await run(kind, ...argv, "--format", "json");
  const { problems, mayBeCalledQualified } = JSON.parse(stdout);
  expect([exit, mayBeCalledQualified, problems.map((one: { code: string }) => one.code)]).toEqual([1, false, [code]]);
});

test.each<[string, string[], string]>([
  ["a bundle that holds no facts", ["bare", ...SAME.slice(1)], "SCHEMA_MISMATCH"],
  ["a folder that is no bundle", [".", ...SAME.slice(1)], "FILE_NOT_FOUND"],
  ["a synthesized stack of another plan", ["bundle", "governance.json", "--synth", "cdk.tf.json"], "SYNTH_MISMATCH"],
  ["a file of parameters that is no plain YAML", [...SAME, "--parameters", "broken.yaml"], "PARAMETERS_INVALID"],
  ["no synthesized stack", ["bundle", "plan.json"], "USAGE"],
])("exit 2: %s", async (_, argv, code) => {
  const { exit, stderr } = await run("aws", ...argv);
  expect([exit, stderr.startsWith(`part11: ${code}: `)]).toEqual([2, true]);
});
