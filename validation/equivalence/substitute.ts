// SPDX-License-Identifier: Apache-2.0
import { isObject } from "../facts/json-object";
import type { TextParameter } from "./parameter";

export type Side = "qualified" | "production";

/** A value with the texts of parameters replaced, and how often each was. */
export interface Substituted<T> {
  readonly value: T;
  /** By the parameter's line. */
  readonly places: ReadonlyMap<number, number>;
}

/** Attributes whose whole value is a name that somebody chose. */
const NAME = /(?:^|_)(?:name|bucket|alias)$/;
/** Blocks of tags: whatever stands in them was chosen. */
const TAGS: ReadonlySet<string> = new Set(["tags", "tags_all", "default_tags", "defaultTags"]);
/** Of the gate's settings. */
const ENVIRONMENT = "settings.environment";
/** What a statement allows or asks is no name, although names of actions and keys have parts as names do. */
const NO_NAMES: ReadonlySet<string> = new Set([
  "statements.actions",
  "statements.notActions",
  "statements.conditions.key",
]);

/**
 * A JSON value in which the same token stands for each parameter, whichever side it comes from. A name is replaced where
 * it is a part of a text, between what are no letters and digits; as a whole text only where names stand, so that no
 * setting (`private`, `Enabled`) can be called one.
 */
export function substituted<T>(value: T, parameters: readonly TextParameter[], side: Side): Substituted<T> {
  const places = new Map<number, number>();
  const byText = new Map(parameters.map((parameter) => [parameter[side], parameter]));
  const pattern = patternOf([...byText.keys()]);

  function text(given: string, isName: boolean): string {
    return given.replace(pattern, (found) => {
      const { kind, line } = byText.get(found)!;
      if (found === given && kind === "name" && !isName) return found;
      places.set(line, (places.get(line) ?? 0) + 1);
      return `⟨parameter of line ${line}⟩`;
    });
  }

  function visit(one: unknown, path: string, inTags: boolean): unknown {
    if (NO_NAMES.has(path)) return one;
    if (typeof one === "string") return text(one, inTags || isNamePath(path));
    if (Array.isArray(one)) return one.map((inner) => visit(inner, path, inTags));
    if (!isObject(one)) return one;
    return Object.fromEntries(
      Object.entries(one).map(([key, inner]) => [
        // Addresses are keys; what is only a name of an attribute is a whole text, and stays.
        text(key, false),
        visit(inner, path === "" ? key : `${path}.${key}`, inTags || TAGS.has(key)),
      ]),
    );
  }

  return { value: parameters.length === 0 ? value : (visit(value, "", false) as T), places };
}

/** Every text of a synthesized stack by which its author names a resource, or tags it. */
export function chosenNames(synth: unknown): readonly string[] {
  const names: string[] = [];
  const visit = (one: unknown, path: string, inTags: boolean): void => {
    if (typeof one === "string" && (inTags || isNamePath(path))) names.push(one);
    else if (Array.isArray(one)) for (const inner of one) visit(inner, path, inTags);
    else if (isObject(one)) for (const [key, inner] of Object.entries(one)) visit(inner, key, inTags || TAGS.has(key));
  };
  visit(isObject(synth) ? synth.resource : undefined, "", false);
  return names;
}

/** Whether a text holds a parameter's, between what are no letters and digits. */
export function holds(text: string, part: string): boolean {
  return patternOf([part]).test(text);
}

function isNamePath(path: string): boolean {
  return path === ENVIRONMENT || NAME.test(path.slice(path.lastIndexOf(".") + 1));
}

/** The longest first: of `acme-qual` and `acme` the former is meant where both stand. */
function patternOf(texts: readonly string[]): RegExp {
  const longest = [...texts].sort((a, b) => b.length - a.length);
  const escaped = longest.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(?<![A-Za-z0-9])(?:${escaped.join("|")})(?![A-Za-z0-9])`, "g");
}
