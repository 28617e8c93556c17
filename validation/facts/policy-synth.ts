// SPDX-License-Identifier: Apache-2.0
import { parsePolicy, type RawStatement } from "./policy-document";
import { tokensOf } from "./synth";
import { nameTheSame } from "./traversal";

/**
 * Statements of a policy text of cdk.tf.json, `${…}` kept. Null when the text is no plain JSON, when an action depends
 * on a reference, or when its references are not those of the plan: then it is the text of something else.
 */
export function synthPolicy(text: unknown, references: readonly string[]): readonly RawStatement[] | null {
  if (typeof text !== "string") return null;
  if (!nameTheSame(tokensOf(text), references)) return null;
  const statements = parsePolicy(text);
  if (!statements) return null;
  const templated = (actions: readonly string[]) => actions.some((action) => action.includes("${"));
  return statements.some((one) => templated(one.actions) || templated(one.notActions)) ? null : statements;
}
