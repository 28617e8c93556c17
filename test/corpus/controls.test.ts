// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { loadSidecar, packageName } from "../../validation/gate";
import { CORPUS } from "./folders";
import { judgedFolder } from "./judged";

const OUTCOMES = ["fail", "pass"] as const;
const ROOT = path.join(CORPUS, "controls");

const CONTROLS = loadSidecar().sidecar.controls.map((control) => ({ id: control.id, name: packageName(control) }));
const hasPlan = (name: string, outcome: string) => fs.existsSync(path.join(ROOT, name, outcome, "plan.json"));
const complete = (name: string) => OUTCOMES.every((outcome) => hasPlan(name, outcome));

/** Controls whose two examples are still to be written; a control leaves the list with its examples. */
const MISSING: readonly string[] = JSON.parse(fs.readFileSync(path.join(CORPUS, "missing-examples.json"), "utf8"));

it("every control has an example that fails and one that passes, but those of missing-examples.json", () => {
  expect(CONTROLS.filter(({ name }) => !complete(name)).map(({ id }) => id)).toEqual(MISSING);
});

it("every folder of examples belongs to a control", () => {
  const known = new Set(CONTROLS.map(({ name }) => name));
  expect(fs.readdirSync(ROOT).filter((name) => !known.has(name))).toEqual([]);
});

describe.each(CONTROLS.filter(({ name }) => complete(name)))("the examples of $id", ({ id, name }) => {
  it.each(OUTCOMES)("%s", (outcome) => {
    const decisions = judgedFolder(path.join(ROOT, name, outcome));
    const decided = decisions.controls.find((control) => control.id === id)!;
    // What a pending control would decide, its findings tell.
    const statuses = decided.status === "pending" ? decided.findings.map(({ status }) => status) : [decided.status];
    expect(statuses).toContain(outcome);
  });
});
