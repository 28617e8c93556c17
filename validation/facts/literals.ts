// SPDX-License-Identifier: Apache-2.0
import { markedAt } from "./attribute-path";
import { dotted } from "./dotted-path";
import { Identities } from "./identity";
import { isObject } from "./json-object";

/** A known string that may name a resource of the plan. */
export interface Literal {
  /** Dotted, without indexes. */
  readonly path: string;
  /** Last name of the path. */
  readonly argument: string;
  readonly value: string;
  /** False when something at the same path is not known yet. */
  readonly settled: boolean;
}

const NO_LITERALS: readonly Literal[] = [];
const LABELS = new Set(["tags", "tags_all"]);

/** Strings of a resource that may name another one. Labels and sensitive attributes are left alone. */
export function literalsOf(type: string, after: unknown, unknown: unknown, sensitive: unknown): readonly Literal[] {
  if (!isObject(after) || sensitive === true) return NO_LITERALS;
  const found: Literal[] = [];
  for (const key in after) {
    const value = after[key];
    if ((typeof value !== "string" && typeof value !== "object") || value === null || LABELS.has(key)) continue;
    if (isObject(sensitive) && sensitive[key] !== undefined && markedAt(sensitive[key], [])) continue;
    const pending = isObject(unknown) && unknown[key] !== undefined && unknown[key] !== false;
    walk(value, key, key, pending);
  }
  return found.length === 0 ? NO_LITERALS : found;

  function walk(value: unknown, argument: string, path: string, pending: boolean): void {
    if (typeof value === "string") {
      if (!Identities.mayName(type, argument, value)) return;
      found.push({ path, argument, value, settled: !pending || !markedAt(unknown, path.split(".")) });
    } else if (Array.isArray(value)) {
      for (const item of value) walk(item, argument, path, pending);
    } else if (isObject(value)) {
      for (const key in value) walk(value[key], key, dotted(path, key), pending);
    }
  }
}
