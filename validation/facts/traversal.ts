// SPDX-License-Identifier: Apache-2.0

/** One step of a Terraform traversal: a name, or an instance key in brackets (null = not a literal). */
export type Step = { readonly name: string } | { readonly key: string | number | null };

/** What a reference of the configuration points at. */
export type Traversal =
  | { readonly kind: "resource"; readonly base: string; readonly key: Key; readonly attribute: string | null }
  | { readonly kind: "module"; readonly name: string; readonly key: Key; readonly output: string | null }
  | { readonly kind: "variable" | "local"; readonly name: string }
  | { readonly kind: "repetition" }
  | { readonly kind: "other" };

/** Instance key as written; undefined = none written, null = written but not literal. */
export type Key = string | number | null | undefined;

const OTHER = new Set(["path", "terraform", "self"]);

/** Steps of `module.a["x.y"].aws_s3_bucket.b[0].arn`; null when it is no plain traversal. */
export function stepsOf(text: string): Step[] | null {
  const steps: Step[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === "[") {
      const end = endOfKey(text, at);
      if (end === -1) return null;
      steps.push({ key: keyOf(text.slice(at + 1, end)) });
      at = end + 1;
    } else {
      if (at > 0 && text[at] !== ".") return null;
      if (at > 0) at++;
      if (text[at] === "*") {
        steps.push({ key: null });
        at++;
        continue;
      }
      const end = endOfName(text, at);
      if (end === at) return null;
      steps.push({ name: text.slice(at, end) });
      at = end;
    }
  }
  return steps;
}

const NAME = /[A-Za-z_][A-Za-z0-9_-]*/y;

/** Position after the identifier that starts at `from`; `from` itself when none does. */
function endOfName(text: string, from: number): number {
  NAME.lastIndex = from;
  return NAME.test(text) ? NAME.lastIndex : from;
}

/** Position of the bracket that closes the one at `open`; keys in quotes may hold brackets and escaped quotes. */
function endOfKey(text: string, open: number): number {
  if (text[open + 1] !== '"') return text.indexOf("]", open);
  for (let at = open + 2; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return text[at + 1] === "]" ? at + 1 : -1;
  }
  return -1;
}

function keyOf(text: string): string | number | null {
  if (/^\d+$/.test(text)) return Number(text);
  if (!text.startsWith('"')) return null;
  try {
    const key: unknown = JSON.parse(text);
    return typeof key === "string" ? key : null;
  } catch {
    return text; // HCL escapes that JSON lacks: as written, so that two such keys stay two.
  }
}

/** Meaning of one entry of `references`. */
export function traversalOf(text: string): Traversal {
  const steps = stepsOf(text);
  const head = nameAt(steps, 0);
  if (!steps || head === null) return { kind: "other" };
  if (head === "each" || head === "count") return { kind: "repetition" };
  if (OTHER.has(head)) return { kind: "other" };
  const second = nameAt(steps, 1);
  if (second === null) return { kind: "other" };
  if (head === "var") return { kind: "variable", name: second };
  if (head === "local") return { kind: "local", name: second };
  if (head === "module") {
    const { key, next } = keyAt(steps, 2);
    return { kind: "module", name: second, key, output: nameAt(steps, next) };
  }
  const third = head === "data" ? nameAt(steps, 2) : null;
  if (head === "data" && third === null) return { kind: "other" };
  const base = third === null ? `${head}.${second}` : `data.${second}.${third}`;
  const { key, next } = keyAt(steps, third === null ? 2 : 3);
  return { kind: "resource", base, key, attribute: nameAt(steps, next) };
}

function nameAt(steps: readonly Step[] | null, at: number): string | null {
  const step = steps?.[at];
  return step && "name" in step ? step.name : null;
}

function keyAt(steps: readonly Step[], at: number): { key: Key; next: number } {
  const step = steps[at];
  return step && "key" in step ? { key: step.key, next: at + 1 } : { key: undefined, next: at };
}

/**
 * Drops the shorter forms that Terraform writes after each traversal (`a.b.c`, then `a.b`): they would widen it.
 */
export function longestOnly(references: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let last = "";
  for (const reference of references) {
    const shorter = last.startsWith(reference) && (last[reference.length] === "." || last[reference.length] === "[");
    if (shorter) continue;
    kept.push(reference);
    last = reference;
  }
  return kept;
}

const MODULE_PATH = /^(?:module\.[A-Za-z_][\w-]*(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.)+/;

/** An address without its module path. */
function localOf(address: string): string {
  return address.startsWith("module.") ? address.replace(MODULE_PATH, "") : address;
}

/** True for the address of a managed resource of a type, in whatever module. */
export function isOfType(address: string, type: string): boolean {
  return localOf(address).startsWith(`${type}.`);
}

/** True for the address of a managed resource, false for a data source. */
export function isManaged(address: string): boolean {
  return !localOf(address).startsWith("data.");
}

/**
 * Whether the `${…}` of a synthesized text name just what the plan says that its expression refers to: else it is the
 * text of something else, or holds more than plain references.
 */
export function nameTheSame(tokens: readonly string[], references: readonly string[]): boolean {
  const written = new Set(tokens);
  const planned = new Set(longestOnly(references));
  return written.size === planned.size && [...planned].every((reference) => written.has(reference));
}
