// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { isObject, type JsonObject } from "./json-object";

/** What only cdk.tf.json tells of a resource. */
export interface SynthResource {
  /** Arguments as written, texts with `${…}`. */
  readonly arguments: JsonObject;
  readonly construct: string | null;
  readonly lifecycle: { readonly preventDestroy: boolean; readonly ignoreChanges: readonly string[] };
  readonly provisioners: readonly string[];
}

const NONE: readonly string[] = [];
const NO_LIFECYCLE: SynthResource["lifecycle"] = { preventDestroy: false, ignoreChanges: NONE };

export interface Synth {
  /** Bodies by `type.name` or `data.type.name`. */
  readonly resources: ReadonlyMap<string, JsonObject>;
  readonly locals: JsonObject;
}

/**
 * Reads a parsed cdk.tf.json.
 *
 * @throws SYNTH_FOREIGN when it is something else
 */
export function readSynth(document: unknown, where: string): Synth {
  if (!isObject(document) || !isObject(document.terraform) || "format_version" in document) {
    throw foreign(where, isObject(document) && "format_version" in document ? "a plan or state" : "something else");
  }
  const resources = new Map<string, JsonObject>();
  for (const [section, prefix] of [
    ["resource", ""],
    ["data", "data."],
  ] as const) {
    const types = document[section];
    if (types === undefined) continue;
    if (!isObject(types)) throw foreign(where, `a "${section}" that is no object`);
    for (const type of Object.keys(types)) {
      const named = types[type];
      if (!isObject(named)) throw foreign(where, `a "${section}.${type}" that is no object`);
      for (const name of Object.keys(named)) {
        const body = named[name];
        if (!isObject(body)) throw foreign(where, `a "${section}.${type}.${name}" that is no object`);
        resources.set(`${prefix}${type}.${name}`, body);
      }
    }
  }
  return { resources, locals: isObject(document.locals) ? document.locals : {} };
}

/** A resource of a synth by its body. */
export function readSynthResource(body: JsonObject): SynthResource {
  const note = body["//"];
  const metadata = isObject(note) ? note.metadata : undefined;
  const construct = isObject(metadata) && typeof metadata.path === "string" ? metadata.path : null;
  const lifecycle = first(body.lifecycle);
  return {
    arguments: body,
    construct,
    lifecycle: lifecycle
      ? {
          preventDestroy: lifecycle.prevent_destroy === true,
          ignoreChanges: ignoredChanges(lifecycle.ignore_changes),
        }
      : NO_LIFECYCLE,
    provisioners: provisionerTypes(body.provisioner),
  };
}

/** The one block there is; several are read as none, which prevents nothing. */
function first(block: unknown): JsonObject | undefined {
  const one = Array.isArray(block) && block.length === 1 ? block[0] : block;
  return isObject(one) ? one : undefined;
}

/** `all` and a list of attributes; anything else written there counts as everything. */
function ignoredChanges(value: unknown): readonly string[] {
  if (value === undefined || value === null) return NONE;
  if (Array.isArray(value) && value.every((item): item is string => typeof item === "string")) return [...value].sort();
  return ["all"];
}

function provisionerTypes(value: unknown): readonly string[] {
  if (value === undefined) return NONE;
  const blocks = Array.isArray(value) ? value : [value];
  return blocks.flatMap((block) => (isObject(block) ? Object.keys(block) : [])).sort();
}

/** Dotted paths of the blocks of a body that are written as `dynamic`: plan JSON leaves them out. */
export function dynamicBlocks(body: JsonObject, kept: (path: string) => boolean): readonly string[] {
  const found: string[] = [];
  collectDynamicBlocks(body, "", kept, found);
  return found;
}

function collectDynamicBlocks(
  block: JsonObject,
  prefix: string,
  kept: (path: string) => boolean,
  found: string[],
): void {
  for (const key in block) {
    const value = block[key];
    if (typeof value !== "object" || value === null || key === "//") continue;
    if (key === "dynamic") {
      for (const type of dynamicTypes(block)) if (kept(prefix + type)) found.push(prefix + type);
    } else if (kept(prefix + key)) {
      const blocks: readonly unknown[] = Array.isArray(value) ? value : [value];
      for (const item of blocks) if (isObject(item)) collectDynamicBlocks(item, `${prefix}${key}.`, kept, found);
    }
  }
}

/** Types of the blocks that a body writes as `dynamic`; JSON syntax takes one object or a list of them. */
export function dynamicTypes({ dynamic }: JsonObject): readonly string[] {
  const blocks: readonly unknown[] = Array.isArray(dynamic) ? dynamic : [dynamic];
  return blocks.flatMap((block) => (isObject(block) ? Object.keys(block) : []));
}

/** What stands inside each `${…}` of a text, as the plan's `references` would name it; `$${` is an escape and no token. */
export function tokensOf(text: string): readonly string[] {
  const found: string[] = [];
  for (const [, inner] of text.matchAll(/(?<!\$)\$\{((?:[^{}"]|"(?:[^"\\]|\\.)*")*)\}/g)) found.push(inner!.trim());
  return found;
}

/** Text as Terraform evaluates it where it holds no token. */
export function unescapeTemplate(text: string): string {
  return text.replaceAll("$${", "${").replaceAll("%%{", "%{");
}

const TRAVERSAL = /(?:data\.)?[A-Za-z_][\w-]*\.[\w-]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?(?:\.[A-Za-z_][\w-]*)*/g;

/** Traversals anywhere in the strings of a synthesized value: for locals, whose expressions no plan shows. */
export function traversalsIn(value: unknown): readonly string[] {
  if (typeof value === "string") {
    return tokensOf(value).flatMap((token) => [...token.matchAll(TRAVERSAL)].map(([traversal]) => traversal));
  }
  if (Array.isArray(value)) return value.flatMap(traversalsIn);
  return isObject(value) ? Object.keys(value).flatMap((key) => traversalsIn(value[key])) : [];
}

function foreign(where: string, got: string): Part11Error {
  return new Part11Error({
    code: "SYNTH_FOREIGN",
    what: "synth refused",
    where,
    expected: "the cdk.tf.json that cdktf synth wrote for this plan",
    got,
    todo: "give cdktf.out/stacks/<stack>/cdk.tf.json to --synth and the output of terraform show -json to --plan",
  });
}
