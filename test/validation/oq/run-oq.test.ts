// SPDX-License-Identifier: Apache-2.0
import type { Bundle } from "../../../validation/evidence";
import type { Challenge } from "../../../validation/oq/challenge";
import type { Range } from "../../../validation/oq/range";
import { runOq } from "../../../validation/oq/run-oq";

const STEP = "OQ-waits";

/** A run of one step, and what its journal was given. */
function begun(run: Challenge["run"], signal: AbortSignal) {
  const entries: object[] = [];
  const journal = {
    append: (type: string, { step, result }: Record<string, unknown>) => entries.push({ type, step, result }),
  };
  const planned = [{ step: { id: STEP, title: "It waits" }, run }] as unknown as readonly Challenge[];
  const range = { transcript: { exchanges: [] }, open: async () => {}, close: async () => {} } as unknown as Range;
  const bundle = { journal } as unknown as Bundle;
  return { entries, ended: runOq({ bundle, range, planned, notRun: [], onProgress: () => {}, signal }) };
}

test("a run that is interrupted in the midst of a step ends at once, and the step has no result", async () => {
  const controller = new AbortController();
  const { entries, ended } = begun(() => {
    controller.abort();
    return new Promise(() => {});
  }, controller.signal);
  await expect(ended).rejects.toMatchObject({ code: "INTERRUPTED", message: expect.stringContaining(STEP) });
  expect(entries).toEqual([{ type: "step-started", step: STEP, result: undefined }]);
});

test("a step that ends before an interruption has its result", async () => {
  const controller = new AbortController();
  const seen = { result: "PASS", actual: "seen" } as const;
  const { entries, ended } = begun(async () => seen, controller.signal);
  await ended;
  controller.abort();
  expect(entries).toEqual([
    { type: "step-started", step: STEP, result: undefined },
    { type: "step-finished", step: STEP, result: "PASS" },
  ]);
});
