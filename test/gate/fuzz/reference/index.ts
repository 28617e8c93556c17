// SPDX-License-Identifier: Apache-2.0
import { BUCKET_RULES } from "./bucket-rules";
import { PLAN_RULES } from "./plan-rules";
import type { Rules } from "./rules";
import { SERVICE_RULES } from "./service-rules";

const RULES: Rules = { ...BUCKET_RULES, ...PLAN_RULES, ...SERVICE_RULES };

/** Controls of which the reference checker is sure of some violation. */
export const REFERENCED: readonly string[] = Object.keys(RULES).sort();

/**
 * Controls that a plan surely violates in production, without synth, settings and waivers; written from the catalogue and
 * sharing no code with the gate, so that one mistake is not made twice.
 */
export function denied(plan: unknown): readonly string[] {
  return REFERENCED.filter((id) => RULES[id]!(plan).length > 0);
}
