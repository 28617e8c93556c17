// SPDX-License-Identifier: Apache-2.0
import type { Generated } from "../generated";
import { type Changed, changedValues } from "./changed-values";
import type { Rule } from "./rule";
import { TAG_RULES } from "./tags";
import { VALUE_RULES } from "./values";

const RULES: readonly Rule[] = [...TAG_RULES, ...VALUE_RULES];

/** A reason where, for each changed value, a rule written from the catalogue and the AWS guides without Rego accepts it. */
export function acceptedBecause(mutant: Generated): string | undefined {
  const reasons = changedValues(mutant).map((one) => reasonOf(one, mutant));
  if (reasons.length === 0 || reasons.includes(undefined)) return undefined;
  return [...new Set(reasons)].join("; ");
}

function reasonOf(changed: Changed, mutant: Generated): string | undefined {
  return RULES.find((rule) => rule.of(mutant.type, mutant.path) && rule.accepts(changed, mutant))?.because;
}
