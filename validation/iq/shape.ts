// SPDX-License-Identifier: Apache-2.0
import { isObject } from "../facts/json-object";
import { defaultSource } from "./attribute-lists";
import { textForm } from "./policy-form";
import { atomicRules, holdsRules } from "./security-rules";

/** Members of a list of blocks, by what identifies each; a list of one is the block itself. */
interface Members {
  readonly "[]": Readonly<Record<string, unknown>>;
}

/** Attributes that identify a block among its kind, tried in this order. */
const NAMES = ["id", "name", "field", "key", "storage_class"] as const;

/** Lists whose order means something; every other list is a set. */
const ORDERED: Readonly<Record<string, readonly string[]>> = {
  aws_glue_catalog_table: ["partition_keys", "storage_descriptor.columns"],
};

/** Value of a part of the configuration that cannot be evaluated here. */
export const UNRESOLVED: unique symbol = Symbol("unresolved");

/**
 * Attributes of one resource in the one form in which all four sources are compared: sets in canonical order, lists of
 * one block as the block, JSON texts as what they mean, and nothing that is null or empty.
 */
export function shape(type: string, value: unknown, path = ""): unknown {
  if (value === null || value === undefined || value === "") return undefined;
  if (typeof value === "string") return textForm(type, path, value);
  if (Array.isArray(value)) return shapeList(type, value, path);
  return isObject(value) ? shapeObject(type, value, path) : value;
}

function shapeObject(type: string, value: Readonly<Record<string, unknown>>, path: string): unknown {
  const entries = Object.entries(value).map(([key, member]) => [key, shape(type, member, join(path, key))] as const);
  const kept = entries.filter(([, member]) => member !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function shapeList(type: string, value: readonly unknown[], path: string): unknown {
  const list = holdsRules(type, path) ? atomicRules(value) : value;
  const members = list.map((member) => shape(type, member, path)).filter((member) => member !== undefined);
  if (members.length === 0) return undefined;
  if (ORDERED[type]?.includes(path)) return members;
  if (!members.every(isObject)) return inOrder(members);
  return members.length === 1 ? members[0] : { "[]": named(members) };
}

function named(members: readonly Readonly<Record<string, unknown>>[]): Members["[]"] {
  const byName: Record<string, unknown> = {};
  for (const member of inOrder(members) as Readonly<Record<string, unknown>>[]) {
    const name = String(NAMES.map((attribute) => member[attribute]).find((v) => typeof v === "string") ?? "");
    let free = name;
    for (let n = 2; free === "" || Object.hasOwn(byName, free); n++) free = `${name}#${n - (name === "" ? 1 : 0)}`;
    byName[free] = member;
  }
  return byName;
}

function inOrder(values: readonly unknown[]): unknown[] {
  const keyed = values.map((value) => [typeof value === "symbol" ? "" : orderText(value), value] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value);
}

/** Sort key of a member: without false and 0, which one source states and another leaves out. */
function orderText(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member === "symbol" || member === false || member === 0) return undefined;
    if (!isObject(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/**
 * Drops from a shaped value what the shaped configuration leaves out and nobody set: false, 0 and listed defaults.
 * So an attribute that is not configured must be as if it did not exist, or it shows up as a value.
 */
export function withoutUnset(type: string, value: unknown, config: unknown, path = ""): unknown {
  if (config === undefined && defaultSource(type, path, value) !== undefined) return undefined;
  // Empty only within a JSON text, where it was written so.
  if (!isObject(value) || Object.keys(value).length === 0) return value;
  const members = membersOf(value);
  const configMembers = membersOf(config);
  const from = members ?? value;
  const kept: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(from)) {
    const other = members ? configMembers?.[key] : isObject(config) && !configMembers ? config[key] : undefined;
    const rest = withoutUnset(type, member, other, members ? path : join(path, key));
    if (rest !== undefined) kept[key] = rest;
  }
  if (Object.keys(kept).length === 0) return undefined;
  return members ? { "[]": kept } : kept;
}

/** Value at a dotted path of a shaped value; of a list of blocks, what each named block holds there. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  if (value === undefined || value === UNRESOLVED) return value;
  const members = membersOf(value);
  if (members) {
    const found = Object.entries(members).map(([name, member]) => [name, valueAt(member, path)] as const);
    const kept = found.filter(([, member]) => member !== undefined);
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (Array.isArray(value)) return value.map((member) => valueAt(member, path) ?? null);
  return isObject(value) ? valueAt(value[head], rest) : undefined;
}

/** Whether some part of a shaped value could not be evaluated. */
export function holdsUnresolved(value: unknown): boolean {
  if (value === UNRESOLVED) return true;
  if (Array.isArray(value)) return value.some(holdsUnresolved);
  return isObject(value) && Object.values(value).some(holdsUnresolved);
}

/** Whether a mask of plan JSON (`after_unknown`, `sensitive_values`) is true at, above or below a dotted path. */
export function maskedAt(mask: unknown, path: readonly string[]): boolean {
  if (mask === true) return true;
  if (Array.isArray(mask)) return mask.some((member) => maskedAt(member, path));
  if (!isObject(mask)) return false;
  const [head, ...rest] = path;
  if (head === undefined) return Object.values(mask).some((member) => maskedAt(member, []));
  return maskedAt(mask[head], rest);
}

function membersOf(value: unknown): Members["[]"] | undefined {
  return isObject(value) && isObject(value["[]"]) ? (value["[]"] as Members["[]"]) : undefined;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
