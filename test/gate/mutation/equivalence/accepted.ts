// SPDX-License-Identifier: Apache-2.0
import type { Generated } from "../generated";
import { type Changed, changedValues } from "./changed-values";
import type { Rule } from "./rule";
import { TAG_RULES } from "./tags";
import { VALUE_RULES } from "./values";

const RULES: readonly Rule[] = [...TAG_RULES, ...VALUE_RULES];

/** A reason where a rule, written from the catalogue and the AWS guides without Rego, accepts every changed value. */
export function acceptedBecause(mutant: Generated): string | undefined {
  const changed = changedValues(mutant);
  if (changed.length === 0) return undefined;
  const accepting = (one: Changed) => (rule: Rule) => rule.of(mutant.type, mutant.path) && rule.accepts(one, mutant);
  const rule = RULES.find((rule) => changed.every((one) => accepting(one)(rule)));
  return rule?.because;
}
