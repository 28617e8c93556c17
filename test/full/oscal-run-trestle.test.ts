// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import type { StepFinished } from "../../validation/evidence";
import { hasLoneSurrogate } from "../../validation/json";
import { hostileStrings } from "../validation/gate/escape/hostile";
import { removeTemporaryFolders, temporaryFolder } from "../validation/plan/fixture-app/project";
import { sampleFormats } from "../validation/run-formats/sample-formats";
import { type Reader, trestle } from "./trestle/trestle";

let read: Reader;

beforeAll(async () => {
  read = await trestle();
}, 900_000);
afterAll(removeTemporaryFolders);

const plan = (text: string) => read("assessment-plan", text);
const results = (text: string) => read("assessment-results", text);
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
