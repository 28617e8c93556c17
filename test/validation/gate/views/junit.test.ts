// SPDX-License-Identifier: Apache-2.0
import { type ControlDecision, render } from "../../../../validation/gate";
import { control, decisions, EVERY_STATUS, FAILED, finding } from "./sample";

/** Result of each test case by name. */
function results(view: string): Record<string, string> {
  const cases = view.matchAll(/<testcase classname="[^"]*" name="([^" ]*)[^"]*">\s*<([a-z-]+)/g);
  return Object.fromEntries([...cases].map(([, name, result]) => [name!, result!]));
}

test("every control is a case with the result that its status has for the verdict", () => {
  expect(results(render("junit", FAILED))).toEqual({
    verdict: "failure",
    "P11-10a-01": "system-out",
    "P11-10c-02": "failure",
    "P11-30-01": "skipped",
    "P11-10f-01": "skipped",
    "P11-10k-01": "skipped",
    "P11-10b-01": "skipped",
    "P11-10g-01": "error",
  });
});

test("the totals are those of the cases", () => {
  const total = 'tests="8" failures="2" errors="1" skipped="4"';
  expect(render("junit", FAILED).split(total).length - 1).toBe(2);
  expect(EVERY_STATUS.length + 1).toBe(8);
});

test("a grave unknown fails its case", () => {
  const unknown = control({ status: "unknown", findings: [finding({ status: "unknown", severity: "high" })] });
  expect(results(render("junit", decisions("fail", [unknown])))).toMatchObject({ "P11-10c-02": "failure" });
});

test("a status that is not known is an error and no pass", () => {
  const odd = { ...control(), status: "shrugged" } as unknown as ControlDecision;
  expect(results(render("junit", decisions("pass", [odd])))).toMatchObject({ "P11-10c-02": "error" });
});
