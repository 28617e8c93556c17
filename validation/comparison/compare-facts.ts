// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from "node:util";
import type { Facts, ResourceFacts, Statement } from "../facts";
import { canonicalJson } from "../json";
import type { Aspect, AttributeChange, FactsComparison, OtherDifference, ResourceChange } from "./comparison";
import { differingPaths, dotted } from "./differing-paths";

/** Of a resource, beside its attributes. Where it stands in constructs and how it comes to be there changes nothing of it. */
const OF_RESOURCE = [
  "type",
  "mode",
  "module",
  "index",
  "provider",
  "region",
  "lifecycle",
  "provisioners",
  "digest",
] as const;

/** Whole parts of the facts of which no difference is understood. */
const WHOLE = ["settings", "providers", "modules", "programs", "waivers"] as const;

/** Actions after which a resource is not there. */
const GONE = new Set(["delete", "forget"]);

/**
 * How the facts of one plan differ from those of another, by address. Whether a resource is created or kept, and which
 * files a plan was made from, is no difference.
 */
export function compareFacts(before: Facts, after: Facts): FactsComparison {
  const [one, other] = [existing(before), existing(after)];
  const [policies, later] = [policiesByCarrier(before), policiesByCarrier(after)];
  const addresses = [...new Set([...one.keys(), ...other.keys()])].sort();
  const resources = addresses.flatMap((address): ResourceChange[] => {
    const [was, is] = [one.get(address), other.get(address)];
    if (!was || !is) {
      const { type } = (was ?? is)!;
      return [{ address, type, kind: was ? "removed" : "added", attributes: [] }];
    }
    const attributes = attributesOf(was, is, policies.get(address), later.get(address));
    return attributes.length === 0 ? [] : [{ address, type: is.type, kind: "changed", attributes }];
  });
  return { resources, others: othersOf(before, after) };
}

function existing({ resources }: Facts): ReadonlyMap<string, ResourceFacts> {
  const entries = Object.entries(resources);
  return new Map(entries.filter(([, { actions }]) => actions.length === 0 || !actions.every((one) => GONE.has(one))));
}

function attributesOf(
  was: ResourceFacts,
  is: ResourceFacts,
  policies: ReadonlyMap<string, string> | undefined,
  later: ReadonlyMap<string, string> | undefined,
): AttributeChange[] {
  const aspects = new Map<string, Set<Aspect>>();
  const note = (aspect: Aspect, paths: Iterable<string>) => {
    for (const path of paths) aspects.set(path, (aspects.get(path) ?? new Set()).add(aspect));
  };
  note("value", differingPaths(was.values, is.values));
  for (const member of ["unknown", "sensitive"] as const)
    note("visibility", inOneOnly(was[member].map(dotted), is[member].map(dotted)));
  note("visibility", inOneOnly(was.configured, is.configured));
  note("reference", differingKeys(was.refs, is.refs));
  note("reference", differingKeys(was.templates, is.templates));
  note("policy", differingKeys(Object.fromEntries(policies ?? []), Object.fromEntries(later ?? [])));
  if (OF_RESOURCE.some((member) => !isDeepStrictEqual(was[member], is[member]))) note("resource", ["*"]);
  return [...aspects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, of]) => ({ path, aspects: [...of].sort() }));
}

/** By carrier and attribute what its policies mean: numbers of policies and statements are left out. */
function policiesByCarrier({ policies, statements }: Facts): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const carriers = new Map<string, Map<string, string>>();
  for (const { address, attribute, statements: numbers, ...policy } of policies) {
    const said = numbers.map((number) => canonicalJson({ ...inOrder(statements[number]!), policy: 0 })).sort();
    const own = carriers.get(address) ?? new Map<string, string>();
    carriers.set(address, own);
    const meaning = canonicalJson({ ...policy, subjects: [...policy.subjects].sort(), said });
    // One text may be used in two ways.
    own.set(attribute, [own.get(attribute) ?? "", meaning].sort().join("\n"));
  }
  return carriers;
}

/** Lists of a statement are sets; the facts sort them by the names in them, and these may be what differs. */
function inOrder(statement: Statement): object {
  const sorted = (value: unknown) =>
    Array.isArray(value) ? [...value].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1)) : value;
  return Object.fromEntries(Object.entries(statement).map(([name, value]) => [name, sorted(value)]));
}

function othersOf(before: Facts, after: Facts): OtherDifference[] {
  const parts = WHOLE.flatMap((part) => differingPaths(before[part], after[part], part));
  const [one, other] = [madeWith(before), madeWith(after)];
  const tools = differingPaths(one, other);
  return [
    ...parts.map((where) => ({ where, what: "differs" })),
    ...tools.map((where) => ({ where, what: "differs: the plans were not made and read by the same tools" })),
    ...Object.entries(after.resources).flatMap(([address, { deposed }]) =>
      deposed === null ? [] : [{ where: address, what: "is left over from an apply that did not end" }],
    ),
    ...after.drift.map(({ address }) => ({ where: address, what: "has drifted from its state" })),
    ...(after.meta.errored === false && after.meta.complete === true
      ? []
      : [{ where: "plan", what: "is not known to be complete and without an error" }]),
  ];
}

/** What made a plan and what read it; with other policies other attributes are kept. */
function madeWith({ meta }: Facts) {
  const { formatVersion, terraformVersion, target, lock, tools, digests } = meta;
  return { formatVersion, terraformVersion, target, lock, tools, policies: digests.policy };
}

function inOneOnly(one: readonly string[], other: readonly string[]): string[] {
  const [had, has] = [new Set(one), new Set(other)];
  return [...new Set([...one, ...other])].filter((path) => had.has(path) !== has.has(path));
}

function differingKeys(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): string[] {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return keys.filter((key) => !isDeepStrictEqual(one[key], other[key]));
}
