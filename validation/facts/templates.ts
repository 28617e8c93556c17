// SPDX-License-Identifier: Apache-2.0
import { referencesOf } from "./expressions";
import type { ResourceFacts, Segment } from "./facts";
import { isObject, type JsonObject } from "./json-object";
import type { ExpressionBlock } from "./plan-document";
import { CARRIERS } from "./policy-carriers";
import { tokensOf } from "./synth";
import { nameTheSame } from "./traversal";

type Templates = ResourceFacts["templates"];

const NONE: Templates = {};

/**
 * Texts of cdk.tf.json for the attributes that the plan does not know: what stands around the references is literal.
 * Left out: a text that is one reference, which says nothing more; one whose references are not those of the plan, for
 * it is the text of something else; one that is sensitive; a policy, whose statements are read already.
 *
 * @param unknown paths of the attributes; of these, whole attributes only
 * @param sensitive after_sensitive of the change
 * @param written the body of the resource; undefined without a synth and in child modules
 */
export function templatesOf(
  type: string,
  unknown: readonly (readonly Segment[])[],
  sensitive: unknown,
  expressions: ExpressionBlock,
  written: JsonObject | undefined,
): Templates {
  if (written === undefined) return NONE;
  let found: Record<string, string> | undefined;
  for (const [name, ...within] of unknown) {
    if (typeof name !== "string" || name === "__proto__" || within.length > 0) continue;
    const text = written[name];
    if (typeof text !== "string" || isHidden(sensitive, name) || isPolicy(type, name)) continue;
    if (!isOfThePlan(text, referencesOf(expressions[name]))) continue;
    found ??= {};
    found[name] = text;
  }
  return found ?? NONE;
}

function isOfThePlan(text: string, references: readonly string[]): boolean {
  const tokens = tokensOf(text);
  const isOneToken = tokens.length === 1 && text === `\${${tokens[0]}}`;
  return tokens.length > 0 && !isOneToken && nameTheSame(tokens, references);
}

function isHidden(sensitive: unknown, name: string): boolean {
  if (!isObject(sensitive)) return sensitive === true;
  return sensitive[name] !== undefined && sensitive[name] !== false;
}

function isPolicy(type: string, name: string): boolean {
  return (CARRIERS.get(type) ?? []).some(({ attribute }) => attribute === name);
}
