// SPDX-License-Identifier: Apache-2.0
import { argumentsOf, configuredPaths } from "./expressions";
import type { Segment } from "./facts";
import { isObject, type JsonObject, recordOf } from "./json-object";
import type { ExpressionBlock } from "./plan-document";

/** What stands in place of a sensitive value. */
export const SENSITIVE = "(sensitive)";

/** Top-level attributes to keep; null = all of them. */
export type Kept = ReadonlySet<string> | null;

const NOTHING: JsonObject = recordOf([]);
const NO_NAMES: readonly string[] = [];
const NO_PATHS: readonly (readonly Segment[])[] = [];

/** Attributes of `before` or `after`, sensitive values replaced. */
export function project(values: unknown, sensitive: unknown, kept: Kept): JsonObject {
  if (!isObject(values)) return NOTHING;
  const marks = isObject(sensitive) ? sensitive : NOTHING;
  const projected: Record<string, unknown> = {};
  for (const key of kept ?? Object.keys(values)) {
    const value = values[key];
    if (value === undefined || key === "__proto__") continue;
    projected[key] = sensitive === true ? mask(value) : masked(value, marks[key]);
  }
  return projected;
}

function masked(value: unknown, mark: unknown): unknown {
  if (mark === undefined || mark === false || !holdsMark(mark)) return value;
  if (mark === true) return mask(value);
  if (Array.isArray(value) && Array.isArray(mark)) return value.map((item, index) => masked(item, mark[index]));
  if (isObject(value) && isObject(mark)) {
    return recordOf(Object.keys(value).map((key) => [key, masked(value[key], mark[key])] as const));
  }
  // Marks that do not fit the value: nothing of it may be shown.
  return mask(value);
}

function mask(value: unknown): unknown {
  return value === null ? null : SENSITIVE;
}

/** True when some leaf is literally `true`. */
function holdsMark(mark: unknown): boolean {
  if (typeof mark !== "object" || mark === null) return mark === true;
  if (Array.isArray(mark)) return mark.some(holdsMark);
  for (const key in mark) if (holdsMark((mark as JsonObject)[key])) return true;
  return false;
}

/** Top-level attributes that hold something sensitive; one that is null hides nothing. */
export function sensitiveAttributes(values: unknown, sensitive: unknown): readonly string[] {
  if (!isObject(values)) return NO_NAMES;
  if (sensitive === true) return Object.keys(values).sort();
  if (!isObject(sensitive)) return NO_NAMES;
  let found: string[] | undefined;
  for (const key in sensitive) {
    if (holdsMark(sensitive[key]) && values[key] !== null) {
      found ??= [];
      found.push(key);
    }
  }
  return found ? found.sort() : NO_NAMES;
}

/**
 * Paths that are configured and not known yet. Terraform marks an optional argument that nobody wrote as unknown too:
 * that is NOT SET and stays out.
 */
export function unknownPaths(
  unknown: unknown,
  expressions: ExpressionBlock,
  kept: Kept,
): readonly (readonly Segment[])[] {
  if (!isObject(unknown)) return NO_PATHS;
  const found: Segment[][] = [];
  let within: Configured | undefined;
  for (const key of kept ?? Object.keys(unknown)) {
    const mark = unknown[key];
    if (mark === true) {
      if (Object.hasOwn(expressions, key)) found.push([key]);
    } else if (holdsMark(mark)) {
      within ??= configuredIn(expressions);
      collect(mark, [key], key, false, within, found);
    }
  }
  return found.length === 0 ? NO_PATHS : found;
}

interface Configured {
  /** Dotted paths of blocks and arguments. */
  readonly all: ReadonlySet<string>;
  /** Arguments alone: whatever lies below one was written with it. */
  readonly arguments: ReadonlySet<string>;
}

function configuredIn(expressions: ExpressionBlock): Configured {
  return {
    all: new Set(configuredPaths(expressions, () => true)),
    arguments: new Set(argumentsOf(expressions).map((argument) => argument.path)),
  };
}

function collect(
  mark: unknown,
  path: readonly Segment[],
  dotted: string,
  written: boolean,
  configured: Configured,
  found: Segment[][],
): void {
  if (!holdsMark(mark)) return;
  if (mark === true) {
    if (written || configured.all.has(dotted)) found.push([...path]);
    return;
  }
  // A dynamic block stands in no expression of the plan; its elements show that somebody wrote it.
  const dynamic = Array.isArray(mark) && mark.length > 0 && !configured.all.has(dotted);
  const within = written || dynamic || configured.arguments.has(dotted);
  if (Array.isArray(mark)) {
    for (let index = 0; index < mark.length; index++) {
      collect(mark[index], [...path, index], dotted, within, configured, found);
    }
  } else if (isObject(mark)) {
    for (const key of Object.keys(mark)) {
      collect(mark[key], [...path, key], `${dotted}.${key}`, within, configured, found);
    }
  }
}
