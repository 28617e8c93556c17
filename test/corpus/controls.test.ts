// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { loadSidecar, packageName } from "../../validation/gate";
import { CORPUS } from "./folders";
import { judgedControl } from "./judged";

const OUTCOMES = ["fail", "pass"] as const;
const ROOT = path.join(CORPUS, "controls");

const CONTROLS = loadSidecar().sidecar.controls.map((control) => ({
  id: control.id,
  name: packageName(control),
  // A control that waits for its module lists its findings and decides nothing.
  failed: control.pending === undefined ? "fail" : "pending",
}));
const hasPlan = (name: string, outcome: string) => fs.existsSync(path.join(ROOT, name, outcome, "plan.json"));
const complete = (name: string) => OUTCOMES.every((outcome) => hasPlan(name, outcome));

/** Controls of the catalogue whose two examples are still to be written; a control leaves the list with its examples. */
const MISSING: readonly string[] = JSON.parse(fs.readFileSync(path.join(CORPUS, "missing-examples.json"), "utf8"));

it("every control has an example that fails and one that passes, but those of missing-examples.json", () => {
  const listed = CONTROLS.map(({ id }) => id).filter((id) => MISSING.includes(id));
  expect(CONTROLS.filter(({ name }) => !complete(name)).map(({ id }) => id)).toEqual(listed);
});

it("every folder of examples belongs to a control", () => {
  const known = new Set(CONTROLS.map(({ name }) => name));
  expect(fs.readdirSync(ROOT).filter((name) => !known.has(name))).toEqual([]);
});

describe.each(CONTROLS.filter(({ name }) => complete(name)))("the examples of $id", ({ id, name, failed }) => {
  it.each(OUTCOMES)("%s", (outcome) => {
    const { status, findings } = judgedControl(path.join(ROOT, name, outcome), id);
    const said = findings.map((finding) => `${finding.address} ${finding.attribute}: ${finding.actual}`);
    expect({ status, said }).toEqual(outcome === "pass" ? { status: "pass", said: [] } : { status: failed, said });
    expect(findings.some((finding) => finding.status === "fail")).toBe(outcome === "fail");
  });
});
