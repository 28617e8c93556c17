// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Outcome, render } from "../../validation/gate";
import { packageRoot } from "../../validation/package-root";
import { ensureVenv } from "../../validation/toolchain/python";
import { hostileStrings } from "../validation/gate/escape/hostile";
import { FAILED, filledWith, PASSED, REFUSED } from "../validation/gate/views/sample";
import { removeTemporaryFolders, temporaryFolder } from "../validation/plan/fixture-app/project";

const FOLDER = path.join(__dirname, "trestle");
let python: string;

beforeAll(async () => {
  const context = { cwd: packageRoot(), env: process.env };
  python = (await ensureVenv(path.join(FOLDER, "requirements.txt"), context)).python;
}, 900_000);
afterAll(removeTemporaryFolders);

/** What compliance-trestle reads in a view; its error text when it refuses it. */
function readBack(text: string): unknown {
  const file = path.join(temporaryFolder(), "assessment-results.json");
  fs.writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(python, [path.join(FOLDER, "read.py"), file], { encoding: "utf8" });
  return status === 0 ? JSON.parse(stdout) : stderr;
}

const understood = { oscalVersion: "1.1.3", uniqueIds: true };

test.each<readonly [string, Outcome, object]>([
  [
    "findings of every status",
    FAILED,
    {
      ...understood,
      findings: {
        "part11-gate": "not-satisfied",
        "P11-10a-01": "satisfied",
        "P11-10c-02": "not-satisfied",
        "P11-30-01": "not-satisfied",
        "P11-10f-01": "not-satisfied",
        "P11-10k-01": "not-satisfied",
        "P11-10g-01": "not-satisfied",
      },
      observations: 5,
    },
  ],
  [
    "a pass",
    PASSED,
    { ...understood, findings: { "part11-gate": "satisfied", "P11-10c-02": "satisfied" }, observations: 0 },
  ],
  [
    "a run that judged nothing",
    REFUSED,
    { ...understood, findings: { "part11-gate": "not-satisfied" }, observations: 0 },
  ],
])("compliance-trestle reads %s", (_, outcome, expected) => {
  expect(readBack(render("oscal", outcome))).toEqual(expected);
});

test("compliance-trestle reads whatever names a hostile plan gives", () => {
  const strings = hostileStrings("compliance-trestle");
  for (const text of [...strings.slice(0, 20), "", " ", strings.join("\n"), strings.join(" ")]) {
    expect({ text, read: readBack(render("oscal", filledWith(text))) }).toEqual({
      text,
      read: expect.objectContaining(understood),
    });
  }
}, 600_000);

test("compliance-trestle refuses what is not OSCAL", () => {
  expect(readBack(render("oscal", FAILED).replaceAll('"satisfied"', '"fine"'))).toMatch(/Error|error/);
});
