// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { dotted } from "./dotted-path";
import { type Expression, isExpression, referencesOf } from "./expressions";
import { isObject, type JsonObject } from "./json-object";
import type { ExpressionBlock } from "./plan-document";
import { tokensOf } from "./synth";
import { longestOnly, nameTheSame, stepsOf } from "./traversal";
import type { Kept } from "./values";

/** Members of a resource that Terraform keeps for itself: they stand in no expression of the plan. */
const META = new Set([
  ...["//", "connection", "count", "depends_on", "dynamic", "for_each", "lifecycle", "provider", "provisioner"],
]);

const TEMPLATE = /(?<!\$)\$\{|(?<!%)%\{/;

/**
 * Refuses a synth whose arguments are not those that were planned: an override file, or another version of the stack,
 * would let the synth speak for something that nobody applies.
 *
 * @param kept top-level arguments that some control lists; null = all
 * @throws SYNTH_MISMATCH
 */
export function assertAgreement(base: string, body: JsonObject, expressions: ExpressionBlock, kept: Kept): void {
  for (const key of kept ?? new Set([...Object.keys(body), ...Object.keys(expressions)])) {
    if (!META.has(key)) compare(body[key], expressions[key], key, base);
  }
}

function compare(written: unknown, planned: unknown, path: string, base: string): void {
  if (isAbsent(written) && isAbsent(planned)) return;
  if (Array.isArray(planned)) compareBlocks(listOf(written), planned, path, base);
  else if (isExpression(planned)) compareArgument(written, planned, path, base);
  else if (isObject(planned)) compareBlocks(listOf(written), [planned], path, base);
  else throw mismatch(base, path, "no such argument", "one in the synth");
}

function compareBlocks(written: readonly unknown[], planned: readonly unknown[], path: string, base: string): void {
  if (written.length !== planned.length) {
    throw mismatch(base, path, `${planned.length} blocks`, `${written.length} in the synth`);
  }
  planned.forEach((block, index) => {
    const text = written[index] ?? {};
    if (!isObject(block) || !isObject(text)) throw mismatch(base, path, "a block", "something else");
    for (const key of new Set([...Object.keys(text), ...Object.keys(block)])) {
      if (!META.has(key)) compare(text[key], block[key], dotted(path, key), base);
    }
  });
}

function compareArgument(written: unknown, planned: Expression, path: string, base: string): void {
  if (planned.constant_value !== undefined) {
    if (!isSame(written, planned.constant_value))
      throw mismatch(base, path, "the value planned", "another in the synth");
    return;
  }
  const references = referencesOf(planned);
  const texts = textsIn(written);
  const tokens = texts.flatMap(tokensOf);
  const isConstant = !texts.some((text) => TEMPLATE.test(text));
  if (isConstant && (references.length > 0 || holdsSomething(written))) {
    throw mismatch(base, path, "an expression", "a constant in the synth");
  }
  // Functions, splats and computed keys are written otherwise than Terraform lists what they refer to.
  if (tokens.length === 0 || !tokens.every(isPlain)) return;
  if (nameTheSame(tokens, references)) return;
  throw mismatch(base, path, longestOnly(references).join(", "), `${tokens.join(", ")} in the synth`);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.keys(value).flatMap((key) => textsIn(value[key])) : [];
}

function isPlain(token: string): boolean {
  return stepsOf(token)?.every((step) => "name" in step || step.key !== null) ?? false;
}

/** As written: Terraform lists the constants of a JSON configuration with their escapes. A null member is one that nobody wrote. */
function isSame(written: unknown, planned: unknown): boolean {
  if (Array.isArray(written)) {
    return (
      Array.isArray(planned) &&
      written.length === planned.length &&
      written.every((item, index) => isSame(item, planned[index]))
    );
  }
  if (isObject(written)) {
    return (
      isObject(planned) &&
      Object.keys(planned).every((key) => key in written) &&
      Object.keys(written).every((key) => isSame(written[key], planned[key] ?? null))
    );
  }
  return written === planned || (isAbsent(written) && isAbsent(planned));
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function holdsSomething(value: unknown): boolean {
  if (isAbsent(value)) return false;
  return !isObject(value) || Object.values(value).some(holdsSomething);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : isAbsent(value) ? [] : [value];
}

function mismatch(base: string, path: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "SYNTH_MISMATCH",
    what: "plan and synth differ",
    where: `${base} ${path}`,
    expected,
    got,
    todo: "plan the very cdk.tf.json that is given to --synth, with no override file beside it",
  });
}
