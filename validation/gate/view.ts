// SPDX-License-Identifier: Apache-2.0
import type { Facts, ResourceFacts, Segment } from "../facts/facts";
import { CARRIERS } from "../facts/policy-carriers";
import type { AttributeOfType } from "./decisions";

/** What no rule reads of a resource: it serves reports, or is known by the address. */
type Unread = "name" | "index" | "construct" | "previousAddress" | "importing" | "provisioners";

/** A resource as far as some controls read it. */
export type ResourceView = Omit<ResourceFacts, Unread>;

/** The facts as far as some controls read them. */
export interface FactsView extends Omit<Facts, "resources" | "links"> {
  readonly resources: Readonly<Record<string, ResourceView>>;
}

/**
 * The facts with no other attributes of resources than the listed ones: a rule that reads more reads nothing. Policies stay whole, whatever resource carries them, and so does every resource as far as it tells that it
 * exists; the texts of policies stay behind, since rules read their statements.
 *
 * @param attributes those that stay (see `attributesRead`)
 */
export function viewOf(facts: Facts, attributes: readonly AttributeOfType[]): FactsView {
  const { links: _links, ...rest } = facts;
  const shown = resourceViews(attributes);
  const resources: Record<string, ResourceView> = {};
  for (const address of Object.keys(facts.resources)) resources[address] = shown(facts.resources[address]!);
  return { ...rest, resources };
}

/** What `viewOf` keeps of one resource. */
export function resourceViews(attributes: readonly AttributeOfType[]): (resource: ResourceFacts) => ResourceView {
  const types = new Map(
    [...listedPaths(attributes)].map(([type, tree]) => [type, listed(tree, withoutTexts(type, tree))]),
  );
  return (resource) => resourceOf(resource, types.get(resource.type) ?? NOTHING);
}

/** Listed paths as a tree of segments; true = all that lies below. */
type Tree = Map<string, Tree | true>;

/** What is listed of one type. Resources of a type mostly have the same paths, so what was found of a path is kept. */
interface Listed {
  readonly tree: Tree;
  /** Without the texts of policies. */
  readonly shown: Tree;
  readonly meets: (path: string) => boolean;
  readonly lies: (path: string) => boolean;
}

function listed(tree: Tree, shown: Tree): Listed {
  return { tree, shown, meets: kept((path) => meets(tree, path.split("."))), lies: kept((path) => lies(tree, path)) };
}

const NOTHING = listed(new Map(), new Map());

function kept(find: (path: string) => boolean): (path: string) => boolean {
  const found = new Map<string, boolean>();
  return (path) => {
    const known = found.get(path) ?? find(path);
    found.set(path, known);
    return known;
  };
}

function listedPaths(attributes: readonly AttributeOfType[]): ReadonlyMap<string, Tree> {
  const trees = new Map<string, Tree>();
  for (const { type, path } of attributes) {
    const tree = trees.get(type) ?? new Map();
    trees.set(type, tree);
    plant(tree, path.split("."));
  }
  return trees;
}

function plant(tree: Tree, [segment, ...rest]: readonly string[]): void {
  const below = tree.get(segment!);
  if (below === true) return;
  if (rest.length === 0) {
    tree.set(segment!, true);
    return;
  }
  const next = below ?? new Map();
  tree.set(segment!, next);
  plant(next, rest);
}

function resourceOf(resource: ResourceFacts, { tree, shown, meets: isMet, lies: isListed }: Listed): ResourceView {
  const { type, mode, module, provider, region, actions, deposed, values, lifecycle, templates } = resource;
  return {
    type,
    mode,
    module,
    provider,
    region,
    actions,
    deposed,
    values: picked(values, shown) as ResourceFacts["values"],
    before: formerTags(resource, shown),
    unknown: resource.unknown.filter((path) => meets(tree, path)),
    configured: resource.configured.filter(isListed),
    sensitive: resource.sensitive.filter((path) => meets(tree, path)),
    refs: refsOf(resource.refs, isMet),
    lifecycle: lifecycle && lifecycleOf(lifecycle, tree.get("lifecycle")),
    templates: templatesShown(templates, tree),
  };
}

const TAGS = ["tags", "tags_all"] as const;

/** Of what was there before, rules read tags alone, and only where they change: they decide what is held to which rule. */
function formerTags({ before, values }: ResourceFacts, shown: Tree): ResourceFacts["before"] {
  const changed = TAGS.filter(
    (name) => shown.has(name) && JSON.stringify(before?.[name]) !== JSON.stringify(values[name]),
  );
  if (before === null || changed.length === 0) return null;
  return Object.fromEntries(TAGS.filter((name) => shown.has(name)).map((name) => [name, before[name]]));
}

function templatesShown(templates: ResourceFacts["templates"], tree: Tree): ResourceFacts["templates"] {
  const names = Object.keys(templates);
  if (names.every((name) => tree.has(name))) return templates;
  return Object.fromEntries(names.filter((name) => tree.has(name)).map((name) => [name, templates[name]!]));
}

type Lifecycle = NonNullable<ResourceFacts["lifecycle"]>;

/** META-13 asks of every type that a control reads what is ignored, and not of its own list alone. */
function lifecycleOf({ preventDestroy, ignoreChanges }: Lifecycle, tree: Tree | true | undefined): Lifecycle {
  return {
    preventDestroy: preventDestroy && (tree === true || (tree?.has("prevent_destroy") ?? false)),
    ignoreChanges,
  };
}

/** The tree without the texts of policies. */
function withoutTexts(type: string, tree: Tree): Tree {
  const texts = new Set((CARRIERS.get(type) ?? []).map(({ attribute }) => attribute));
  const pruned = (below: Tree, path: string): Tree =>
    new Map(
      [...below]
        .filter(([name]) => !texts.has(`${path}${name}`))
        .map(([name, next]) => [name, next === true ? next : pruned(next, `${path}${name}.`)]),
    );
  return pruned(tree, "");
}

/** The part of a value that lies on one of the paths; lists are kept, item by item. */
function picked(value: unknown, tree: Tree | true): unknown {
  if (tree === true || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => picked(item, tree));
  const kept: Record<string, unknown> = {};
  for (const [name, below] of tree) {
    if (Object.hasOwn(value, name)) kept[name] = picked((value as Record<string, unknown>)[name], below);
  }
  return kept;
}

/** The path leads to, or lies within, a listed one. Places in lists do not count. */
function meets(tree: Tree, path: readonly Segment[]): boolean {
  let below: Tree | true | undefined = tree;
  for (const segment of path) {
    if (typeof segment !== "string") continue;
    if (below === true) return true;
    below = below.get(segment);
    if (below === undefined) return false;
  }
  return true;
}

/** The dotted path is a listed one, or lies within one. */
function lies(tree: Tree, path: string): boolean {
  let below: Tree | true | undefined = tree;
  for (const segment of path.split(".")) {
    if (below === true) return true;
    below = below.get(segment);
    if (below === undefined) return false;
  }
  return below === true;
}

function refsOf(refs: ResourceFacts["refs"], isMet: Listed["meets"]): ResourceFacts["refs"] {
  const kept: Record<string, ResourceFacts["refs"][string]> = {};
  for (const path of Object.keys(refs)) if (isMet(path)) kept[path] = refs[path]!;
  return kept;
}
