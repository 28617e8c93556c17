// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../../../validation/error";
import type { Decisions } from "../../../validation/gate";
import { denied } from "./reference";

/** Codes that say that the gate itself broke, whatever the plan. */
export const BROKEN: readonly string[] = ["INTERNAL", "ENGINE", "ENGINE_PROOF", "NOT_IMPLEMENTED"];

/** Controls that the reference denies and the gate does not hold against the plan; "verdict" when it passes all the same. */
export function passedAgainstReference(plan: unknown, { controls, verdict }: Decisions): readonly string[] {
  const wrong = denied(plan);
  const held = new Set(controls.filter(({ status }) => status === "fail" || status === "unknown").map(({ id }) => id));
  const missed = wrong.filter((id) => !held.has(id));
  return wrong.length > 0 && verdict === "pass" ? [...missed, "verdict"] : missed;
}

/** The code of a refusal; what is no refusal of the gate is thrown on. */
export function refusal(error: unknown): string {
  if (error instanceof Part11Error) return error.code;
  throw error;
}
