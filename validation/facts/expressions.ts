// SPDX-License-Identifier: Apache-2.0
import { dotted } from "./dotted-path";
import { isObject } from "./json-object";
import type { ExpressionBlock } from "./plan-document";

/** One configured argument: where it stands, what it refers to, its constant when it is one. */
export interface Argument {
  /** Dotted path without indexes. */
  readonly path: string;
  readonly references: readonly string[];
  /** Undefined when the argument is no constant. */
  readonly constant: unknown;
}

const NONE: readonly string[] = [];
const NO_ARGUMENTS: readonly Referring[] = [];
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Arguments of `expressions` of a plan's configuration. Blocks that stand several times share their paths. */
export function argumentsOf(block: ExpressionBlock | undefined): readonly Argument[] {
  const found: Argument[] = [];
  forEachArgument(block, (path, { references, constant_value: constant }) => {
    found.push({ path, references: stringsOf(references), constant });
  });
  return found;
}

/** An argument that refers to something. */
export type Referring = Pick<Argument, "path" | "references">;

/** Those of the arguments that refer to something. */
export function referringArguments(block: ExpressionBlock | undefined): readonly Referring[] {
  const found: Referring[] = [];
  forEachArgument(block, (path, expression) => {
    const references = stringsOf(expression.references);
    if (references.length > 0) found.push({ path, references });
  });
  return found.length === 0 ? NO_ARGUMENTS : found;
}

/** Visits the arguments of `expressions`, however deep in blocks. */
function forEachArgument(
  block: ExpressionBlock | undefined,
  visit: (path: string, expression: Expression) => void,
): void {
  for (const key in block) visitArguments(block[key], key, visit);
}

function visitArguments(value: unknown, path: string, visit: (path: string, expression: Expression) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) if (isObject(item)) visitMembers(item, path, visit);
  } else if (isExpression(value)) visit(path, value);
  else if (isObject(value)) visitMembers(value, path, visit);
}

function visitMembers(
  block: ExpressionBlock,
  path: string,
  visit: (path: string, expression: Expression) => void,
): void {
  for (const key in block) visitArguments(block[key], dotted(path, key), visit);
}

/**
 * Dotted paths of everything that `expressions` set: blocks, arguments, and the members of constant lists of objects.
 * A path stands as often as its block does.
 */
export function configuredPaths(block: ExpressionBlock | undefined, kept: (path: string) => boolean): string[] {
  const paths: string[] = [];
  for (const key in block) if (kept(key)) addPaths(block[key], key, paths);
  return paths;
}

function addPaths(value: unknown, path: string, paths: string[]): void {
  paths.push(path);
  if (Array.isArray(value)) {
    for (const item of value) if (isObject(item)) addMembers(item, path, paths);
  } else if (isExpression(value)) addConstant(value.constant_value, path, paths);
  else if (isObject(value)) addMembers(value, path, paths);
}

function addMembers(block: ExpressionBlock, path: string, paths: string[]): void {
  for (const key in block) addPaths(block[key], dotted(path, key), paths);
}

/** Attributes written as a list of objects (`ingress = [{…}]`) set the members of those objects. */
function addConstant(constant: unknown, path: string, paths: string[]): void {
  if (!Array.isArray(constant)) return;
  for (const item of constant) {
    if (!isObject(item)) continue;
    for (const key in item) {
      if (!IDENTIFIER.test(key)) continue;
      const member = dotted(path, key);
      paths.push(member);
      addConstant(item[key], member, paths);
    }
  }
}

/** Expression of a plan's configuration; `{}` is one too (a function of constants only). */
export interface Expression {
  readonly constant_value?: unknown;
  readonly references?: unknown;
}

export function isExpression(value: unknown): value is Expression {
  if (!isObject(value)) return false;
  for (const key in value) if (key !== "constant_value" && key !== "references") return false;
  return true;
}

export function referencesOf(expression: unknown): readonly string[] {
  return isExpression(expression) ? stringsOf(expression.references) : NONE;
}

function stringsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return NONE;
  return value.every(isString) ? value : value.filter(isString);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}
