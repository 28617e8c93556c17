// SPDX-License-Identifier: Apache-2.0
import { balanceOf } from "../../../validation/deviations";
import { removeTemporaryFolders } from "../plan/fixture-app/project";
import { executed, executedWith } from "../traceability/sample-trace";

afterAll(removeTemporaryFolders);

function balance(run: ReturnType<typeof executed>) {
  return balanceOf(run.record.protocols, run.record.entries);
}

test("every planned step is counted once", () => {
  const { equation, holds } = balance(
    executedWith({ "OQ-SHORTEN": { result: "BLOCKED" }, "OQ-OVERWRITE": { result: "NOT APPLICABLE" } }),
  );
  expect([equation, holds]).toEqual(["planned 8 = executed 4 + blocked 1 + not run 2 + not applicable 1", true]);
});

test("it agrees with what the run's summary counts", () => {
  const run = executed();
  const { planned, executed: done, blocked, notRun, notApplicable } = run.record.summary.counts;
  expect(balance(run)).toMatchObject({ planned, executed: done, blocked, notRun, notApplicable });
});

test("a step without a result breaks it, and the equation says so", () => {
  const { equation, holds } = balance(executedWith({ "OQ-SHORTEN": undefined }));
  expect(holds).toBe(false);
  expect(equation).toBe("planned 8 ≠ executed 5 + blocked 0 + not run 2 + not applicable 0: 1 without a result");
});
