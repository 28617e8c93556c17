// SPDX-License-Identifier: Apache-2.0
import { isObject } from "./json-object";

/** Values at a dotted path; arrays on the way are gone through, so there may be several. */
export function valuesAt(value: unknown, path: readonly string[], at = 0): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path, at));
  if (at === path.length) return value === undefined || value === null ? [] : [value];
  return isObject(value) ? valuesAt(value[path[at]!], path, at + 1) : [];
}

/** True when a mask (`after_unknown`, `after_sensitive`) says `true` at a dotted path, above it or below it. */
export function markedAt(mask: unknown, path: readonly string[], at = 0): boolean {
  if (mask === true) return true;
  if (Array.isArray(mask)) {
    for (const item of mask) if (markedAt(item, path, at)) return true;
    return false;
  }
  if (!isObject(mask)) return false;
  if (at < path.length) return markedAt(mask[path[at]!], path, at + 1);
  for (const key in mask) if (markedAt(mask[key], path, at)) return true;
  return false;
}
