// SPDX-License-Identifier: Apache-2.0
import { type Outcome, render } from "../../validation/gate";
import { hostileStrings } from "../validation/gate/escape/hostile";
import { FAILED, filledWith, PASSED, REFUSED } from "../validation/gate/views/sample";
import { removeTemporaryFolders } from "../validation/plan/fixture-app/project";
import { type Reader, trestle } from "./trestle/trestle";

let read: Reader;

beforeAll(async () => {
  read = await trestle();
}, 900_000);
afterAll(removeTemporaryFolders);

const results = (text: string) => read("assessment-results", text);
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
  expect(results(render("oscal", outcome))).toEqual(expected);
});

test("compliance-trestle reads whatever names a hostile plan gives", () => {
  const strings = hostileStrings("compliance-trestle");
  for (const text of [...strings.slice(0, 20), "", " ", strings.join("\n"), strings.join(" ")]) {
    expect({ text, read: results(render("oscal", filledWith(text))) }).toEqual({
      text,
      read: expect.objectContaining(understood),
    });
  }
}, 600_000);

test("compliance-trestle refuses what is not OSCAL", () => {
  expect(results(render("oscal", FAILED).replaceAll('"satisfied"', '"fine"'))).toMatch(/Error|error/);
});
