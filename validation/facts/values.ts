// SPDX-License-Identifier: Apache-2.0
import { argumentsOf, configuredPaths } from "./expressions";
import type { Segment } from "./facts";
import { isObject, type JsonObject, recordOf } from "./json-object";
import type { ExpressionBlock } from "./plan-document";

/** Top-level attributes to keep; null = all of them. */
export type Kept = ReadonlySet<string> | null;

const NOTHING: JsonObject = recordOf([]);
const NO_PATHS: readonly (readonly Segment[])[] = [];

/**
 * Attributes of `before` or `after` without what is sensitive, as Terraform leaves out what is not known yet.
 *
 * @param instead stands in place of a sensitive value. `@default` nothing does
 */
export function project(values: unknown, sensitive: unknown, kept: Kept, instead?: string): JsonObject {
  if (!isObject(values)) return NOTHING;
  const marks = isObject(sensitive) ? sensitive : NOTHING;
  const projected: Record<string, unknown> = {};
  for (const key of kept ?? Object.keys(values)) {
    if (values[key] === undefined || key === "__proto__") continue;
    const value = shown(values[key], sensitive === true || marks[key], instead);
    if (value !== undefined) projected[key] = value;
  }
  return projected;
}

/** `instead` when nothing of the value may be shown; null hides nothing, and in a list it keeps the place. */
function shown(value: unknown, mark: unknown, instead: string | undefined): unknown {
  if (value === null || !holdsMark(mark)) return value;
  if (Array.isArray(value) && Array.isArray(mark))
    return value.map((item, index) => shown(item, mark[index], instead) ?? null);
  if (isObject(value) && isObject(mark)) {
    const entries = Object.keys(value).map((key) => [key, shown(value[key], mark[key], instead)] as const);
    return recordOf(entries.filter(([, inner]) => inner !== undefined));
  }
  return instead;
}

/** True when some leaf is literally `true`. */
function holdsMark(mark: unknown): boolean {
  if (typeof mark !== "object" || mark === null) return mark === true;
  if (Array.isArray(mark)) return mark.some(holdsMark);
  for (const key in mark) if (holdsMark((mark as JsonObject)[key])) return true;
  return false;
}

/** Paths of the values that `project` leaves out: nobody can judge what nobody sees. */
export function sensitivePaths(values: unknown, sensitive: unknown, kept: Kept): readonly (readonly Segment[])[] {
  if (!isObject(values) || !holdsMark(sensitive)) return NO_PATHS;
  const marks = isObject(sensitive) ? sensitive : NOTHING;
  const found: Segment[][] = [];
  for (const key of kept ?? Object.keys(values)) {
    collectSensitive(values[key], sensitive === true || marks[key], [key], found);
  }
  return found;
}

function collectSensitive(value: unknown, mark: unknown, path: readonly Segment[], found: Segment[][]): void {
  if (value === null || value === undefined || !holdsMark(mark)) return;
  if (Array.isArray(value) && Array.isArray(mark)) {
    for (let index = 0; index < value.length; index++)
      collectSensitive(value[index], mark[index], [...path, index], found);
  } else if (isObject(value) && isObject(mark)) {
    for (const key of Object.keys(value)) collectSensitive(value[key], mark[key], [...path, key], found);
  } else {
    found.push([...path]);
  }
}

/**
 * Paths that are configured and not known yet. Terraform marks an optional argument that nobody wrote as unknown too:
 * that is NOT SET and stays out.
 *
 * @param dynamic dotted paths of dynamic blocks, which only the synthesized text shows
 */
export function unknownPaths(
  unknown: unknown,
  expressions: ExpressionBlock,
  dynamic: readonly string[],
  kept: Kept,
): readonly (readonly Segment[])[] {
  if (!isObject(unknown)) return NO_PATHS;
  const found: Segment[][] = [];
  let within: Configured | undefined;
  for (const key of kept ?? Object.keys(unknown)) {
    const mark = unknown[key];
    if (mark === true) {
      if (Object.hasOwn(expressions, key) || dynamic.includes(key)) found.push([key]);
    } else if (holdsMark(mark)) {
      within ??= configuredIn(expressions, dynamic);
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
  readonly dynamic: readonly string[];
}

function configuredIn(expressions: ExpressionBlock, dynamic: readonly string[]): Configured {
  return {
    all: new Set(configuredPaths(expressions, () => true)),
    arguments: new Set(argumentsOf(expressions).map((argument) => argument.path)),
    dynamic,
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
    if (written || configured.all.has(dotted) || configured.dynamic.includes(dotted)) found.push([...path]);
    return;
  }
  // A dynamic block stands in no expression of the plan; its elements show that somebody wrote it.
  const hasElements = Array.isArray(mark) && mark.length > 0 && !configured.all.has(dotted);
  const within = written || hasElements || configured.arguments.has(dotted);
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
