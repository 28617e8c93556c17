// SPDX-License-Identifier: Apache-2.0
import { ENVIRONMENTS, type Facts } from "../../facts";
import type { ControlMetadata } from "../decisions";
import type { Documents } from "../mutation/documents";
import { mutantsOf } from "../mutation/mutants";
import { type DiffPlan, documentsOf, factsOfDocuments } from "./plans";

/** Facts on which two policies are compared. */
export interface Variant {
  readonly name: string;
  readonly environment: string;
  readonly facts: Facts;
  /** Attribute that was weakened: only controls that list it are asked. Absent = all are. */
  readonly attribute?: { readonly type: string; readonly path: string };
}

type Plan = Documents & { readonly hasSynth: boolean };

/** What a plan refused for its shape is no variant of; every other error is a fault of ours. */
const NO_PLAN: readonly unknown[] = ["SCHEMA_MISMATCH", "SYNTH_MISMATCH", "PLAN_FOREIGN"];

/**
 * The plan as it is; and, of one that is mutated, what a change may take from a plan as a whole and then each attribute
 * that a control lists, weakened in every way that `mutantsOf` knows.
 *
 * @param wanted asked before each attribute: false = no control that lists it is still in question
 */
export function* variantsOf(
  plan: DiffPlan,
  controls: readonly ControlMetadata[],
  wanted: (type: string, path: string) => boolean,
): Generator<Variant> {
  const original = frozen(documentsOf(plan));
  const { environment, name } = plan;
  const facts = factsOfDocuments(original, plan, environment, controls);
  yield { name, environment, facts };
  if (!plan.isMutated) return;
  yield { name: `${name}: with a waiver that expired`, environment, facts: { ...facts, waivers: EXPIRED } };
  for (const other of ENVIRONMENTS.filter((one) => one !== environment)) {
    const judged = factsOfDocuments(original, plan, other, controls);
    yield { name: `${name}: for ${other}`, environment: other, facts: judged };
  }
  for (const { name: what, apply } of wholesale(original)) {
    const changed = factsOf(structuredClone(original), apply, plan, controls);
    if (changed) yield { name: `${name}: ${what}`, environment, facts: changed };
  }
  const types = typesIn(original);
  for (const { type, path } of attributes(controls).filter((one) => types.has(one.type))) {
    for (const mutant of mutantsOf(original, type, path)) {
      if (!wanted(type, path)) break;
      const changed = factsOf(withOwn(original, type), mutant.apply, plan, controls);
      const what = `${name}: ${type} ${path} ${mutant.name}`;
      if (changed) yield { name: what, environment, facts: changed, attribute: { type, path } };
    }
  }
}

function typesIn({ plan, synth }: Plan): ReadonlySet<string> {
  const configured = plan.configuration.root_module?.resources ?? [];
  return new Set([
    ...[...plan.resource_changes, ...configured].map(({ type }) => type),
    ...Object.keys(synth.resource ?? {}),
  ]);
}

/** Documents that share all with the given ones but what they hold of one type, which alone a mutant changes. */
function withOwn(all: Plan, type: string): Plan {
  const own = <T extends { readonly type: string }>(some: readonly T[]) =>
    some.map((one) => (one.type === type ? structuredClone(one) : one));
  const root = all.plan.configuration.root_module;
  const configuration = root
    ? { ...all.plan.configuration, root_module: { ...root, resources: own(root.resources ?? []) } }
    : all.plan.configuration;
  const resource = { ...all.synth.resource };
  if (resource[type]) resource[type] = structuredClone(resource[type]);
  const plan = { ...all.plan, resource_changes: own(all.plan.resource_changes), configuration };
  return { ...all, plan, synth: { ...all.synth, resource } };
}

/** Nobody can change by accident what all variants share. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null)
    for (const inner of Object.values(Object.freeze(value))) frozen(inner);
  return value;
}

const EXPIRED: Facts["waivers"] = {
  file: "waivers.yaml",
  digest: "0".repeat(64),
  asOf: "2026-11-21",
  entries: [
    {
      ...{ kind: "waiver", line: 1, control: "META-07", address: "plan", attribute: "none", actual: "none" },
      ...{
        digest: "0".repeat(64),
        valueDigest: "0".repeat(64),
        reason: "none",
        author: "a",
        approver: "a",
        ticket: "none",
      },
      ...{ granted: "2026-11-22", expires: "2026-11-20" },
    } as const,
  ],
};

function factsOf(
  documents: Plan,
  apply: (documents: Plan) => boolean | Plan,
  plan: DiffPlan,
  controls: readonly ControlMetadata[],
): Facts | undefined {
  const changed = apply(documents);
  if (changed === false) return undefined;
  try {
    return factsOfDocuments(changed === true ? documents : changed, plan, plan.environment, controls);
  } catch (error) {
    if (NO_PLAN.includes((error as { code?: unknown }).code)) return undefined;
    throw error;
  }
}

/** What a change may take from a plan beside its attributes. */
function wholesale({ plan }: Documents): readonly { name: string; apply: (documents: Plan) => Plan }[] {
  const types = [...new Set(plan.resource_changes.map(({ type }) => type))].sort();
  return [
    { name: "without synth and lock file", apply: (all) => ({ ...all, hasSynth: false, lock: "" }) },
    { name: "errored", apply: (all) => ({ ...all, plan: { ...all.plan, complete: false, errored: true } }) },
    { name: "with providers of any version", apply: unpinned },
    { name: "destroying everything", apply: destroyed },
    ...types.map((type) => ({ name: `without any ${type}`, apply: (all: Plan) => withoutType(all, type) })),
  ];
}

function unpinned(all: Plan): Plan {
  const { provider_config: configs } = all.plan.configuration as { provider_config?: Record<string, object> };
  const loose = Object.entries(configs ?? {}).map(([key, config]) => [
    key,
    { ...config, version_constraint: ">= 1.0" },
  ]);
  const configuration = { ...all.plan.configuration, provider_config: Object.fromEntries(loose) };
  return { ...all, lock: "", plan: { ...all.plan, configuration } };
}

function destroyed(all: Plan): Plan {
  const changes = all.plan.resource_changes.map((one) => ({
    ...one,
    change: { ...one.change, actions: ["delete", "create"] },
  }));
  return { ...all, plan: { ...all.plan, resource_changes: changes } };
}

function withoutType(all: Plan, type: string): Plan {
  const changes = all.plan.resource_changes.filter((one) => one.type !== type);
  const root = all.plan.configuration.root_module;
  const resources = (root?.resources ?? []).filter((one) => one.type !== type);
  const configuration = { ...all.plan.configuration, root_module: { ...root, resources } };
  const { [type]: _, ...rest } = all.synth.resource;
  const plan = { ...all.plan, resource_changes: changes, configuration };
  return { ...all, plan, synth: { ...all.synth, resource: rest } };
}

function attributes(controls: readonly ControlMetadata[]): readonly { type: string; path: string }[] {
  const all = new Map(controls.flatMap((control) => control.attributes).map((one) => [`${one.type} ${one.path}`, one]));
  return [...all.values()];
}
