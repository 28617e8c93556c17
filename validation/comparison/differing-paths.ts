// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from "node:util";
import { isObject } from "../facts/json-object";

/** Dotted paths, without indexes, at which two JSON values differ; the path given where they differ as a whole. */
export function differingPaths(before: unknown, after: unknown, path = ""): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return distinct([...names].flatMap((name) => differingPaths(before[name], after[name], joined(path, name))));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && before.some(isObject)) {
    return distinct(before.flatMap((one, i) => differingPaths(one, after[i], path)));
  }
  return [path];
}

/** Segments of a path as it is written in METADATA: indexes left out. */
export function dotted(segments: readonly (string | number)[]): string {
  return segments.filter((segment) => typeof segment === "string").join(".");
}

/** Whether one of two dotted paths lies at or below the other. */
export function isWithin(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

function joined(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function distinct(paths: readonly string[]): string[] {
  return [...new Set(paths)].sort();
}
