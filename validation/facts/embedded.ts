// SPDX-License-Identifier: Apache-2.0
import { isObject, type JsonObject } from "./json-object";
import { tokensOf } from "./synth";
import { stepsOf } from "./traversal";

/** What may stand around a reference and leave it the same resource: objects of a bucket, streams of a log group. */
const HARMLESS = /^(?:arn:aws:s3:::)?\$\{[^{}]*\}(?:\/\*?|:\*)?$/;

/**
 * Those of the dotted paths at which the synth writes more than a reference: `x${a.b.id}` is not `a.b`, and neither is a
 * function of it.
 */
export function embeddedPaths(body: JsonObject, paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.filter((path) => textsAt(body, path.split(".")).some(isEmbedding)));
}

function isEmbedding(text: string): boolean {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return text.includes("${");
  return !HARMLESS.test(text) || tokens.length > 1 || tokens.some((token) => stepsOf(token) === null);
}

function textsAt(value: unknown, [name, ...rest]: readonly string[]): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap((item) => textsAt(item, name === undefined ? [] : [name, ...rest]));
  if (!isObject(value)) return [];
  if (name !== undefined) return textsAt(value[name], rest);
  return Object.keys(value).flatMap((key) => textsAt(value[key], []));
}
