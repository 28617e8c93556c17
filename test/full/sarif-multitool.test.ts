// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Outcome, render } from "../../validation/gate";
import { hostileStrings } from "../validation/gate/escape/hostile";
import { FAILED, filledWith, PASSED, REFUSED } from "../validation/gate/views/sample";
import { removeTemporaryFolders, temporaryFolder } from "../validation/plan/fixture-app/project";

/** The binary of this platform; its package makes it executable in an install script, which not everybody lets run. */
const tool: string = require("@microsoft/sarif-multitool");

/** No address of documentation is known yet, and what was never judged has no version: SARIF2005 asks for both. */
const ACCEPTED = ["SARIF2005"];

beforeAll(() => fs.chmodSync(tool, 0o755));
afterAll(removeTemporaryFolders);

const hostile = filledWith(hostileStrings("sarif-multitool").slice(0, 2_000).join("\n"));
const cases: ReadonlyArray<readonly [string, Outcome]> = [
  ["findings of every status", FAILED],
  ["a pass", PASSED],
  ["a run that judged nothing", REFUSED],
  ["names that a hostile plan gives", hostile],
];

/** Rules of which the validator reports an error or a warning. */
function broken(view: string): readonly string[] {
  const folder = temporaryFolder();
  const [file, found] = [path.join(folder, "gate.sarif"), path.join(folder, "found.sarif")];
  fs.writeFileSync(file, view);
  const args = ["validate", file, "--output", found, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"];
  const { stdout } = spawnSync(tool, args, { encoding: "utf8" });
  expect(stdout).toContain("Done. 1 files scanned.");
  const { results } = JSON.parse(fs.readFileSync(found, "utf8")).runs[0] as { results?: { ruleId: string }[] };
  return (results ?? []).map(({ ruleId }) => ruleId).filter((id) => !ACCEPTED.includes(id));
}

test.each(cases)(
  "the official validator has no error or warning about %s",
  (_, outcome) => {
    expect(broken(render("sarif", outcome))).toEqual([]);
  },
  300_000,
);

test.each([
  ["a line that no file has", '"startLine": 1', '"startLine": -1'],
  ["a rule that is not there", '"ruleIndex": 1', '"ruleIndex": 99'],
])(
  "the validator finds %s",
  (_, right, wrong) => {
    expect(broken(render("sarif", FAILED).replaceAll(right, wrong))).not.toEqual([]);
  },
  300_000,
);
