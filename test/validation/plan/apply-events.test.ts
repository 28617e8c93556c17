// SPDX-License-Identifier: Apache-2.0
import { applyEvents } from "../../../validation/plan/apply-events";

const line = (entry: object) => JSON.stringify(entry);
const hook = (type: string, addr: string) => line({ type, hook: { resource: { addr } } });
const error = (summary: string, address?: string) =>
  line({ type: "diagnostic", diagnostic: { severity: "error", summary, detail: "two\nlines", address } });

test("a failed resource gets the reason that Terraform gives for it later", () => {
  const log = [hook("apply_complete", "a.a"), hook("apply_errored", "b.b"), error("no space", "b.b")].join("\n");
  expect(applyEvents(log)).toEqual({
    applied: ["a.a"],
    failed: [{ address: "b.b", message: "no space: two lines" }],
  });
});

test("an error of no resource is a failure too", () => {
  expect(applyEvents(error("no backend")).failed).toEqual([{ address: "", message: "no backend: two lines" }]);
});

test("a warning is no failure", () => {
  const warning = line({ type: "diagnostic", diagnostic: { severity: "warning", summary: "deprecated" } });
  expect(applyEvents(warning)).toEqual({ applied: [], failed: [] });
});

test("a replacement that failed after its delete is not applied", () => {
  const log = [hook("apply_complete", "a.a"), hook("apply_errored", "a.a")].join("\n");
  expect(applyEvents(log)).toEqual({ applied: [], failed: [{ address: "a.a", message: "not applied" }] });
});

test("a line that is no JSON is a failure", () => {
  expect(applyEvents(`${hook("apply_complete", "a.a")}\npanic: oh`).failed).toHaveLength(1);
});
