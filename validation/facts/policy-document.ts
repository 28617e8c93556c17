// SPDX-License-Identifier: Apache-2.0
import { parseStrictText } from "../json";
import type { Statement } from "./facts";
import { isObject, type JsonObject, sortedStrings } from "./json-object";

/** A statement before it belongs to a policy and before its references are resolved. */
export type RawStatement = Omit<Statement, "policy" | "refs">;

type Principal = Statement["principals"][number];
type Condition = Statement["conditions"][number];

const DOCUMENT_KEYS = new Set(["Version", "Id", "Statement"]);
const STATEMENT_KEYS = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);
const NO_TEXTS: readonly string[] = [];
const PRINCIPAL_TYPES = new Set(["AWS", "Service", "Federated", "CanonicalUser", "*"]);

/**
 * Statements of a policy text, normalised; null when it is no IAM policy of one meaning (no JSON, a key twice, an
 * unknown element, a value of another type). Source: IAM User Guide, "Grammar of the IAM JSON policy language".
 */
export function parsePolicy(text: string): readonly RawStatement[] | null {
  let document: unknown;
  try {
    document = parseStrictText(text, "policy");
  } catch {
    return null; // Malformed: the caller marks the policy unknown, which no control passes.
  }
  if (!isObject(document) || !holdsOnly(document, DOCUMENT_KEYS)) return null;
  const listed = document.Statement;
  const statements: RawStatement[] = [];
  for (const item of Array.isArray(listed) ? listed : [listed]) {
    const statement = parseStatement(item);
    if (!statement) return null;
    statements.push(statement);
  }
  return statements;
}

function holdsOnly(element: JsonObject, known: ReadonlySet<string>): boolean {
  for (const key in element) if (!known.has(key)) return false;
  return true;
}

function parseStatement(item: unknown): RawStatement | null {
  if (!isObject(item) || !holdsOnly(item, STATEMENT_KEYS)) return null;
  const { Sid: sid, Effect: effect = "Allow" } = item;
  if (sid !== undefined && typeof sid !== "string") return null;
  if (effect !== "Allow" && effect !== "Deny") return null;
  if ((item.Action === undefined) === (item.NotAction === undefined)) return null;
  if (item.Resource !== undefined && item.NotResource !== undefined) return null;
  if (item.Principal !== undefined && item.NotPrincipal !== undefined) return null;
  const actions = stringList(item.Action);
  const notActions = stringList(item.NotAction);
  const resources = stringList(item.Resource);
  const notResources = stringList(item.NotResource);
  const principals = principalsOf(item.Principal);
  const notPrincipals = principalsOf(item.NotPrincipal);
  const conditions = conditionsOf(item.Condition);
  if (!actions || !notActions || !resources || !notResources || !principals || !notPrincipals || !conditions)
    return null;
  return {
    sid: sid ?? null,
    effect,
    principals,
    notPrincipals,
    actions: lowerCase(actions),
    notActions: lowerCase(notActions),
    resources,
    notResources,
    conditions,
    partial: false,
  };
}

function principalsOf(value: unknown): readonly Principal[] | null {
  if (value === undefined) return [];
  if (value === "*") return [{ type: "*", value: "*" }];
  if (!isObject(value)) return null;
  const principals: Principal[] = [];
  for (const type of Object.keys(value)) {
    const values = stringList(value[type]);
    if (!PRINCIPAL_TYPES.has(type) || !values) return null;
    for (const one of values) principals.push(principal(type, one));
  }
  return sortPrincipals(principals);
}

/** One principal; `*` of type AWS is everybody, as a bare `*` is. */
export function principal(type: string, value: string): Principal {
  return value === "*" && (type === "AWS" || type === "*") ? { type: "*", value: "*" } : { type, value };
}

export function sortPrincipals(principals: readonly Principal[]): readonly Principal[] {
  if (principals.length < 2) return principals;
  return [...principals].sort((a, b) => order(a.type, b.type) || order(a.value, b.value));
}

function conditionsOf(value: unknown): readonly Condition[] | null {
  if (value === undefined) return [];
  if (!isObject(value)) return null;
  const conditions: Condition[] = [];
  for (const operator of Object.keys(value)) {
    const keys = value[operator];
    if (!isObject(keys)) return null;
    for (const key of Object.keys(keys)) {
      const values = scalarList(keys[key]);
      if (!values) return null;
      conditions.push({ operator, key: key.toLowerCase(), values });
    }
  }
  return sortConditions(conditions);
}

export function sortConditions(conditions: readonly Condition[]): readonly Condition[] {
  if (conditions.length < 2) return conditions;
  return [...conditions].sort((a, b) => order(a.operator, b.operator) || order(a.key, b.key));
}

function stringList(value: unknown): readonly string[] | null {
  if (value === undefined) return NO_TEXTS;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.every((item): item is string => typeof item === "string") ? sortedStrings(list) : null;
}

/** Condition values may be written as booleans and numbers. */
function scalarList(value: unknown): readonly string[] | null {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts: string[] = [];
  for (const item of list) {
    if (typeof item !== "string" && typeof item !== "boolean" && typeof item !== "number") return null;
    texts.push(String(item));
  }
  return texts.sort();
}

export function lowerCase(actions: readonly string[]): readonly string[] {
  return actions.length === 0 ? NO_TEXTS : sortedStrings(actions.map((action) => action.toLowerCase()));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
