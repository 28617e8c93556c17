// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { StepFinished } from "../../validation/evidence";
import { hasLoneSurrogate } from "../../validation/json";
import { packageRoot } from "../../validation/package-root";
import { ensureVenv } from "../../validation/toolchain/python";
import { hostileStrings } from "../validation/gate/escape/hostile";
import { removeTemporaryFolders, temporaryFolder } from "../validation/plan/fixture-app/project";
import { sampleFormats } from "../validation/run-formats/sample-formats";

const FOLDER = path.join(__dirname, "trestle");
let python: string;

beforeAll(async () => {
  const context = { cwd: packageRoot(), env: process.env };
  python = (await ensureVenv(path.join(FOLDER, "requirements.txt"), context)).python;
}, 900_000);
afterAll(removeTemporaryFolders);

/** What compliance-trestle reads in a file of that name; its error text when it refuses it. */
function readBack(script: string, name: string, text: string): unknown {
  const file = path.join(temporaryFolder(), name);
  fs.writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(python, [path.join(FOLDER, script), file], { encoding: "utf8" });
  return status === 0 ? JSON.parse(stdout) : stderr;
}

const plan = (text: string) => readBack("read_plan.py", "assessment-plan.json", text);
const results = (text: string) => readBack("read.py", "assessment-results.json", text);
const understood = { oscalVersion: "1.1.3", uniqueIds: true };

test("compliance-trestle reads plan and results of a run", () => {
  const formats = sampleFormats(path.join(temporaryFolder(), "bundle"));
  expect(plan(formats["OSCAL-AP"]!)).toEqual({ ...understood, activities: 8, tasks: [3, 5] });
  expect(results(formats["OSCAL-AR"]!)).toEqual({
    ...understood,
    findings: { "part11-run": "not-satisfied", "P11-10c-01": "not-satisfied" },
    observations: 8,
  });
});

test("compliance-trestle reads whatever a target answers", () => {
  // A journal takes no lone surrogate.
  const text = hostileStrings("run-formats-trestle")
    .filter((one) => !hasLoneSurrogate(one))
    .slice(0, 500)
    .join("\n");
  const result = (one: StepFinished): StepFinished => ({ ...one, result: "FAIL", actual: text, reason: text });
  const formats = sampleFormats(path.join(temporaryFolder(), "bundle"), { result });
  expect(results(formats["OSCAL-AR"]!)).toEqual(expect.objectContaining(understood));
});

test("compliance-trestle refuses a plan that is not OSCAL", () => {
  const { "OSCAL-AP": text } = sampleFormats(path.join(temporaryFolder(), "bundle"));
  expect(plan(text!.replaceAll('"activities"', '"doings"'))).toMatch(/Error|error/);
});
