// SPDX-License-Identifier: Apache-2.0
import { isObject, type JsonObject } from "../facts/json-object";
import { type Step, stepsOf } from "../facts/traversal";
import { UNRESOLVED } from "./shape";

/** Where references of the configuration lead. */
export interface Scope {
  /** Attributes in state, by address, data sources included. */
  readonly state: ReadonlyMap<string, JsonObject>;
  readonly variables: JsonObject;
  /** Locals as synthesized. */
  readonly locals: JsonObject;
}

const MAX_NESTED_LOCALS = 16;

/**
 * A configured value with its references replaced by what state holds for them. What is more than a plain reference
 * (a function, an operator, each.value) is UNRESOLVED: it is never guessed.
 */
export function resolveConfig(value: unknown, scope: Scope, depth = 0): unknown {
  if (typeof value === "string") return resolveText(value, scope, depth);
  if (Array.isArray(value)) return value.map((member) => resolveConfig(member, scope, depth));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolveConfig(member, scope, depth)]));
}

type Part = { readonly literal: string } | { readonly expression: string };

function resolveText(text: string, scope: Scope, depth: number): unknown {
  const parts = templateParts(text);
  if (!parts) return UNRESOLVED;
  const [only] = parts;
  if (only && parts.length === 1 && "expression" in only) return lookUp(only.expression, scope, depth);
  let result = "";
  for (const part of parts) {
    const value = "literal" in part ? part.literal : lookUp(part.expression, scope, depth);
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return UNRESOLVED;
    result += String(value);
  }
  return result;
}

/** Literals and `${…}` of a Terraform template; undefined for directives and for braces that do not close. */
function templateParts(text: string): Part[] | undefined {
  const parts: Part[] = [];
  let literal = "";
  let at = 0;
  while (at < text.length) {
    if (text.startsWith("$${", at) || text.startsWith("%%{", at)) {
      literal += text.slice(at + 1, at + 3);
      at += 3;
    } else if (text.startsWith("%{", at)) {
      return undefined;
    } else if (text.startsWith("${", at)) {
      const end = closingBrace(text, at + 2);
      if (end === -1) return undefined;
      if (literal !== "") parts.push({ literal });
      literal = "";
      parts.push({ expression: text.slice(at + 2, end).trim() });
      at = end + 1;
    } else {
      literal += text[at];
      at += 1;
    }
  }
  if (literal !== "" || parts.length === 0) parts.push({ literal });
  return parts;
}

function closingBrace(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === "\\") at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "{") depth++;
    else if (char === "}" && depth-- === 0) return at;
  }
  return -1;
}

function lookUp(expression: string, scope: Scope, depth: number): unknown {
  const steps = stepsOf(expression);
  const head = nameOf(steps?.[0]);
  const second = nameOf(steps?.[1]);
  if (!steps || head === undefined || second === undefined) return UNRESOLVED;
  if (head === "var") return descend(scope.variables[second], steps.slice(2));
  if (head === "local") {
    if (depth === MAX_NESTED_LOCALS) return UNRESOLVED;
    return descend(resolveConfig(scope.locals[second], scope, depth + 1), steps.slice(2));
  }
  const length = head === "data" ? 3 : 2;
  const names = steps.slice(0, length).map(nameOf);
  if (names.includes(undefined)) return UNRESOLVED;
  const key = steps[length];
  const instance = key && "key" in key ? `[${JSON.stringify(key.key)}]` : "";
  const values = scope.state.get(`${names.join(".")}${instance}`);
  return values === undefined ? UNRESOLVED : descend(values, steps.slice(instance === "" ? length : length + 1));
}

function descend(value: unknown, steps: readonly Step[]): unknown {
  for (const step of steps) {
    const key = "name" in step ? step.name : step.key;
    if (key === null || typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return UNRESOLVED;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value === undefined ? UNRESOLVED : value;
}

function nameOf(step: Step | undefined): string | undefined {
  return step && "name" in step ? step.name : undefined;
}
