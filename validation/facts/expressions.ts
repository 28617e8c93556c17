// SPDX-License-Identifier: Apache-2.0
import { isObject } from "./json-object";
import type { ExpressionBlock } from "./plan-document";
import type { ConfiguredPaths } from "./values";

/** One configured argument: where it stands, what it refers to, its constant when it is one. */
export interface Argument {
  /** Dotted path without indexes. */
  readonly path: string;
  readonly references: readonly string[];
  /** Undefined when the argument is no constant. */
  readonly constant: unknown;
}

export interface Arguments {
  readonly list: readonly Argument[];
  readonly configured: ConfiguredPaths;
}

const NONE: readonly string[] = [];
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Flattens `expressions` of a plan's configuration. Blocks that stand several times share their paths. */
export function flattenExpressions(block: ExpressionBlock | undefined): Arguments {
  const list: Argument[] = [];
  const configured = new Set<string>();
  if (block) flattenBlock(block, "", list, configured);
  return { list, configured: { all: configured, arguments: list } };
}

function flattenBlock(block: ExpressionBlock, prefix: string, list: Argument[], configured: Set<string>): void {
  for (const key of Object.keys(block)) {
    const value = block[key];
    const path = prefix === "" ? key : `${prefix}.${key}`;
    configured.add(path);
    if (Array.isArray(value)) {
      for (const item of value) if (isObject(item)) flattenBlock(item, path, list, configured);
    } else if (isExpression(value)) {
      list.push({ path, references: stringsOf(value.references), constant: value.constant_value });
      if (value.constant_value !== undefined) addNested(value.constant_value, path, configured);
    } else if (isObject(value)) {
      flattenBlock(value, path, list, configured);
    }
  }
}

/** Attributes written as a list of objects (`ingress = [{…}]`) set the members of those objects. */
function addNested(constant: unknown, prefix: string, configured: Set<string>): void {
  if (!Array.isArray(constant)) return;
  for (const item of constant) {
    if (!isObject(item)) continue;
    for (const key of Object.keys(item)) {
      if (!IDENTIFIER.test(key)) continue;
      configured.add(`${prefix}.${key}`);
      addNested(item[key], `${prefix}.${key}`, configured);
    }
  }
}

/** Expression of a plan's configuration; `{}` is one too (a function of constants only). */
export function isExpression(value: unknown): value is { constant_value?: unknown; references?: unknown } {
  if (!isObject(value)) return false;
  for (const key of Object.keys(value)) if (key !== "constant_value" && key !== "references") return false;
  return true;
}

export function referencesOf(expression: unknown): readonly string[] {
  return isExpression(expression) ? stringsOf(expression.references) : NONE;
}

function stringsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return NONE;
  return value.filter((item): item is string => typeof item === "string");
}
