// SPDX-License-Identifier: Apache-2.0
import type { Documents } from "./documents";
import { KEEP, MUTANT, type Transform } from "./transforms";

type Json = Record<string, unknown>;
/** Blocks are lists, in synth also single objects: there the step 0 stays where it is. */
type Path = readonly (string | number)[];

/** One argument of one resource in all that a changed program changes: plan, configuration and synth. */
export interface Place {
  readonly address: string;
  /** The resource as planned. */
  readonly resource: Json;
  /** As planned, else as the synth writes it; null where nothing is set or known. */
  readonly value: () => unknown;
  /** Writes another value in place of a value, a reference or nothing; false = the transform keeps it. */
  readonly change: (apply: Transform["apply"]) => boolean;
  /** Lets the references name other resources of their types; false = there are no references, or no such resource. */
  readonly refer: (name: string) => boolean;
}

/** Places of an argument on all resources of a type that the plan keeps or makes. */
export function placesOf(documents: Documents, type: string, segments: readonly string[]): readonly Place[] {
  const configured = documents.plan.configuration.root_module?.resources ?? [];
  return documents.plan.resource_changes
    .filter((one) => one.type === type && one.change.after !== null)
    .flatMap(({ address, name, change }) => {
      const config = configured.find((one) => one.type === type && one.name === name);
      if (config) config.expressions ??= {};
      const own: Layers = {
        ...{ after: change.after, unknown: change.after_unknown },
        ...{ config: config?.expressions, synth: documents.synth.resource[type]?.[name] },
      };
      return pathsIn(change.after, segments).map((path) => ({
        ...{ address, resource: change.after },
        ...placeAt(own, path, documents),
      }));
    });
}

/** A reference of which no synth shows the text. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's own syntax
const UNWRITTEN = "${}";

interface Layers {
  readonly after: Json;
  /** Of the shape of `after`: true at what is not known. */
  readonly unknown: Json;
  readonly config: Json | undefined;
  readonly synth: Json | undefined;
}

function placeAt(own: Layers, path: Path, documents: Documents): Pick<Place, "value" | "change" | "refer"> {
  const planned = () => get(own.after, path) ?? null;
  const text = () => get(own.synth, path);
  const references = () => (get(own.config, path) as { references?: string[] } | undefined)?.references;
  const pin = (value: unknown) => {
    set(own.after, path, value);
    if (get(own.unknown, path) !== undefined) set(own.unknown, path, false);
    if (own.config) set(own.config, path, { constant_value: value });
    if (own.synth) set(own.synth, path, value);
    return true;
  };
  const change: Place["change"] = (apply) => {
    const refers = references() !== undefined || get(own.unknown, path) === true;
    const [before, written] = [planned(), text()];
    const value = apply(before ?? (refers ? (written ?? UNWRITTEN) : null));
    if (value === KEEP) return false;
    const rewritten = refers && written !== undefined ? apply(written) : KEEP;
    if (rewritten === KEEP || !JSON.stringify(rewritten).includes("${")) return pin(value);
    // Terraform would plan what the text says now, with the same references in it.
    set(own.synth!, path, rewritten);
    if (before !== null) set(own.after, path, value);
    return true;
  };
  const refer: Place["refer"] = (name) => {
    const old = references();
    if (old === undefined || old.length === 0) return false;
    if (name !== MUTANT && !isThere(documents, renamed(old[0]!, name))) return false;
    set(own.config!, path, { references: old.map((reference) => renamed(reference, name)) });
    const rewritten = withTargets(text(), name);
    if (rewritten !== undefined) set(own.synth!, path, rewritten);
    if (planned() === null) return true;
    const value = plannedFor(rewritten ?? `\${${renamed(old[0]!, name)}}`, documents);
    set(own.after, path, value ?? null);
    if (value === undefined) set(own.unknown, path, true);
    return true;
  };
  return { value: () => planned() ?? text() ?? null, change, refer };
}

/** What Terraform plans for a text that is a reference, or a list of them; undefined where it is not known until apply. */
function plannedFor(text: unknown, documents: Documents): unknown {
  if (Array.isArray(text)) {
    const values = text.map((item) => plannedFor(item, documents));
    return values.includes(undefined) ? undefined : values;
  }
  const [, type, name, attribute] = /^\$\{(\w+)\.([\w-]+)\.(\w+)\}$/.exec(String(text)) ?? [];
  const target = documents.plan.resource_changes.find((one) => one.type === type && one.name === name);
  return target?.change.after?.[attribute!] ?? undefined;
}

function isThere({ plan }: Documents, reference: string): boolean {
  const [type, name] = reference.split(".");
  return plan.resource_changes.some((one) => one.type === type && one.name === name);
}

function withTargets(text: unknown, name: string): unknown {
  if (Array.isArray(text)) return text.map((item) => withTargets(item, name));
  if (typeof text !== "string") return text;
  return text.replace(/\$\{([^}]*)\}/g, (_, reference) => `\${${renamed(reference, name)}}`);
}

function renamed(reference: string, name: string): string {
  const [type, , ...rest] = reference.split(".");
  return [type, name, ...rest].join(".");
}

/** Every place that the segments lead to; an absent block has one. */
function pathsIn(root: unknown, [head, ...rest]: readonly string[]): readonly Path[] {
  if (head === undefined) return [[]];
  if (rest.length === 0) return [[head]];
  const child = (root as Json)[head];
  if (!isBlank(child) && !Array.isArray(child)) return pathsIn(child, rest).map((path) => [head, ...path]);
  const blocks = Array.isArray(child) && child.length > 0 ? child : [{}];
  return blocks.flatMap((block, at) => pathsIn(block, rest).map((path) => [head, at, ...path]));
}

function isBlank(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function get(root: unknown, path: Path): unknown {
  let inner = root;
  for (const step of path) {
    if (step === 0 && !Array.isArray(inner)) continue;
    if (isBlank(inner)) return undefined;
    inner = (inner as Record<string | number, unknown>)[step];
  }
  return inner;
}

function set(root: Json, path: Path, value: unknown): void {
  let holder: unknown = root;
  path.forEach((step, at) => {
    if (step === 0 && !Array.isArray(holder)) return;
    const inner = holder as Record<string | number, unknown>;
    if (Array.isArray(holder)) while (holder.length <= Number(step)) holder.push({});
    if (at === path.length - 1) inner[step] = value;
    else if (isBlank(inner[step])) inner[step] = typeof path[at + 1] === "number" ? [] : {};
    holder = inner[step];
  });
}
