// SPDX-License-Identifier: Apache-2.0
import { render } from "../../../../validation/gate";
import { FAILED } from "./sample";

const NOW = new Date("2026-11-21T12:00:00Z");
const view = render("oscal", FAILED, { now: NOW });
const [result] = JSON.parse(view)["assessment-results"].results;

interface Target {
  readonly target: { readonly "target-id": string; readonly status: { readonly state: string } };
}

test("only what passed is satisfied; what does not apply is no finding", () => {
  const states = result.findings.map(({ target }: Target) => `${target["target-id"]} ${target.status.state}`);
  expect(states).toEqual([
    "part11-gate not-satisfied",
    "P11-10a-01 satisfied",
    "P11-10c-02 not-satisfied",
    "P11-30-01 not-satisfied",
    "P11-10f-01 not-satisfied",
    "P11-10k-01 not-satisfied",
    "P11-10g-01 not-satisfied",
  ]);
});

test("every id stands for one thing, and every observation that a finding names is there", () => {
  const ids = [...view.matchAll(/"uuid": "([^"]+)"/g)].map(([, id]) => id!);
  expect(new Set(ids).size).toBe(ids.length);
  const named = [...view.matchAll(/"observation-uuid": "([^"]+)"/g)].map(([, id]) => id!);
  expect(named.length).toBe(4);
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});

test("another time has other ids", () => {
  const later = render("oscal", FAILED, { now: new Date("2026-11-22T12:00:00Z") });
  expect(later).not.toContain(JSON.parse(view)["assessment-results"].uuid);
});
