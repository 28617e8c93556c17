// SPDX-License-Identifier: Apache-2.0
import { digestOfParsed } from "../json";
import { type Configuration, readConfiguration } from "./configuration";
import type { Draft } from "./draft";
import { DriftReader } from "./drift";
import { embeddedPaths } from "./embedded";
import { configuredPaths, referencesOf, referringArguments } from "./expressions";
import type { Facts, GateSettings, PlanMeta, ProviderFacts, ResourceFacts } from "./facts";
import { Identities } from "./identity";
import { inlineParts } from "./inline-bucket";
import { Instances, type ModuleInstance } from "./instances";
import { isObject, recordOf, sortedRecord, sortedUnique } from "./json-object";
import { literalsOf } from "./literals";
import type { PlanDocument, ResourceChange, ResourceConfig } from "./plan-document";
import { PolicyReader } from "./policies";
import { programsOf } from "./programs";
import { readProviders, targetOf } from "./providers";
import { linksOf, resolveReferences } from "./references";
import { throughEach } from "./repetition";
import { unknownRequiredBlocks } from "./required-blocks";
import { Resolver } from "./resolver";
import { dynamicBlocks, readSynth, readSynthResource, type SynthResource, traversalsIn } from "./synth";
import { assertAgreement } from "./synth-agreement";
import { assertSameStack } from "./synth-match";
import { templatesOf } from "./templates";
import { type Kept, project, sensitivePaths, unknownPaths } from "./values";

export interface FactsInput {
  /** Parsed and checked (`checkPlan`). */
  readonly plan: PlanDocument;
  /** Parsed cdk.tf.json; null = not given. */
  readonly synth: unknown;
  readonly lock: PlanMeta["lock"];
  readonly settings: GateSettings;
  /** Resource type -> top-level attributes that some control lists; null = keep everything. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string>> | null;
  readonly digests: PlanMeta["digests"];
  /** Versions of the tools that judge; Terraform's is read from the plan. `@default` none */
  readonly tools?: Readonly<Record<string, string>>;
}

const NONE: ReadonlySet<string> = new Set();
const NO_NAMES: readonly string[] = [];

/**
 * The facts document of a plan. Pure: the same input gives the same document, keys sorted.
 *
 * @throws SYNTH_FOREIGN when the synth is no cdk.tf.json; SYNTH_MISMATCH when it is another stack's
 */
export function readFacts(input: FactsInput): Facts {
  const { plan } = input;
  const configuration = readConfiguration(plan.configuration);
  const synth = input.synth === null ? null : readSynth(input.synth, "synth");
  if (synth) assertSameStack(synth, configuration.root);
  const providers = readProviders(plan, configuration);
  const instances = new Instances();
  const identities = new Identities();
  const policies = new PolicyReader();
  const drift = new DriftReader(plan.resource_drift);
  const drafts: Draft[] = [];
  for (const change of plan.resource_changes) {
    drift.see(change);
    const base = baseOf(change);
    const module = instances.module(change.module_address ?? "");
    // Nothing tells the source of child modules, so the synth speaks for the root module only.
    const body = module.path === "" && change.deposed === undefined ? synth?.resources.get(base) : undefined;
    const own = body && readSynthResource(body);
    const config = configuration.modules.get(module.path)?.resources.get(base);
    if (body && config) assertAgreement(base, body, config.expressions ?? {}, keptOf(input, change.type));
    const draft = readChange(change, { module, config, synth: own, providers, kept: keptOf(input, change.type) });
    drafts.push(draft);
    if (!exists(change)) continue;
    instances.add(module, base, draft.facts.index, draft.id);
    if (change.mode === "managed" && isObject(change.change.after)) {
      const account = accountOf(providers.get(draft.facts.provider));
      identities.add(
        { address: draft.id, type: change.type, region: draft.facts.region, account },
        change.change.after,
      );
    }
    policies.collect(draft, change.change, own);
    for (const part of inlineParts(change, config, body)) {
      const { type } = part.entry;
      const around = { module, config: part.config, synth: own && part.body && { ...own, arguments: part.body } };
      const inline = readChange(part.entry, { ...around, providers, kept: keptOf(input, type) });
      inline.refs.set("bucket", [{ address: draft.id, attribute: "id", ambiguous: false }]);
      drafts.push(inline);
      // The provider creates the bucket with Object Lock when the block says so, whatever the argument beside it.
      if (inline.facts.values.object_lock_enabled === "Enabled") draft.facts.values.object_lock_enabled = true;
    }
  }
  drafts.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const resolver = new Resolver(configuration, instances, (name) => traversalsIn(synth?.locals[name]));
  resolveReferences(drafts, resolver, identities);
  const found = policies.finish(resolver, identities);
  return {
    schemaVersion: 1,
    meta: metaOf(input, targetOf(providers.values())),
    settings: input.settings,
    resources: resourcesOf(drafts),
    byType: byTypeOf(drafts),
    links: linksOf(drafts),
    ...found,
    providers: sortedRecord(new Map(providers)),
    modules: modulesOf(configuration),
    programs: programsOf(configuration, synth, plan.action_invocations),
    drift: [...drift.finish()].sort(byAddress),
  };
}

/** What is known of a resource beside its change. */
interface Surroundings {
  readonly module: ModuleInstance;
  readonly config: ResourceConfig | undefined;
  readonly synth: SynthResource | undefined;
  readonly providers: ReadonlyMap<string, ProviderFacts>;
  readonly kept: Kept;
}

function readChange(entry: ResourceChange, around: Surroundings): Draft {
  const { change, type, mode } = entry;
  const { module, config, synth } = around;
  const provider = config ? (config.provider_config_key ?? "") : (entry.provider_name ?? "");
  const index = entry.index ?? null;
  const isKept = (path: string) => around.kept === null || around.kept.has(topOf(path));
  const shown = synth ? dynamicBlocks(synth.arguments, isKept) : NO_NAMES;
  const hidden = unknownRequiredBlocks(type, change.after_unknown).filter((block) => isKept(block));
  const dynamic = hidden.length === 0 ? shown : [...shown, ...hidden];
  const pending = config ? unknownPaths(change.after_unknown, config.expressions ?? {}, dynamic, around.kept) : [];
  const sensitive = sensitivePaths(change.after, change.after_sensitive, around.kept);
  const facts: Draft["facts"] = {
    type,
    name: entry.name,
    mode,
    module: entry.module_address ?? "",
    index,
    provider,
    region: regionOf(change, config, around.providers.get(provider)),
    actions: change.actions,
    previousAddress: entry.previous_address ?? null,
    importing: change.importing !== undefined && change.importing !== null,
    deposed: entry.deposed ?? null,
    values: project(change.after, change.after_sensitive, around.kept),
    before:
      change.before === null || change.before === undefined
        ? null
        : project(change.before, change.before_sensitive, around.kept),
    unknown: sensitive.length === 0 ? pending : [...pending, ...sensitive],
    configured: writtenPaths(config, dynamic, isKept),
    sensitive,
    construct: synth?.construct ?? null,
    lifecycle: synth?.lifecycle ?? null,
    provisioners: provisionersOf(config, synth),
    ...(mode === "managed" && isWhole(type, around.kept) ? { digest: wholeDigest(entry, config) } : {}),
    templates: templatesOf(type, pending, change.after_sensitive, config?.expressions ?? {}, synth?.arguments),
    refs: {},
  };
  const expressions = exists(entry) ? config?.expressions : undefined;
  const referring = throughEach(referringArguments(expressions), referencesOf(config?.for_each_expression));
  const literals = exists(entry) ? literalsOf(type, change.after, change.after_unknown, change.after_sensitive) : [];
  const id = entry.deposed === undefined ? entry.address : `${entry.address} (deposed ${entry.deposed})`;
  return {
    id,
    facts,
    expressions,
    referring,
    embedded:
      synth && referring.length > 0
        ? embeddedPaths(
            synth.arguments,
            referring.map(({ path }) => path),
          )
        : NONE,
    scope: { module, key: index },
    literals,
    refs: new Map(),
  };
}

/** Types that are accepted or refused as a whole although some control lists an attribute: what META-11 forbids. */
export const WHOLE: ReadonlySet<string> = new Set([
  "aws_dynamodb_table_item",
  "aws_kms_external_key",
  "aws_kms_grant",
  "aws_s3_bucket_object",
  "aws_s3_object",
  "aws_s3_object_copy",
]);

function isWhole(type: string, kept: Kept): boolean {
  return kept?.size === 0 || WHOLE.has(type);
}

/** Of what is written, not of what AWS makes up when it is created: before and after are one resource. */
function wholeDigest({ change }: ResourceChange, config: ResourceConfig | undefined): string {
  const written = config ? new Set(Object.keys(config.expressions ?? {})) : null;
  const { after, before } = change;
  return digestOfParsed({
    values: after ? project(after, change.after_sensitive, written) : project(before, change.before_sensitive, written),
    referring: referringArguments(config?.expressions),
  });
}

/** True for what is there after the plan; deposed objects and what is deleted or forgotten is not. */
function exists({ deposed, change }: ResourceChange): boolean {
  return deposed === undefined && change.after !== null && change.after !== undefined;
}

/** The block of a change as its module names it; mostly that is the address, and then it is the same string. */
function baseOf({ address, mode, type, name }: ResourceChange): string {
  const base = mode === "data" ? `data.${type}.${name}` : `${type}.${name}`;
  return base === address ? address : base;
}

function keptOf({ attributes }: FactsInput, type: string): Kept {
  return attributes === null ? null : (attributes.get(type) ?? NONE);
}

/**
 * The region argument that nearly every resource has from provider 6 on (before, a few types compute one), else that of
 * its provider; null where it is written and not known yet, or sensitive.
 */
function regionOf(
  { after, before, after_unknown, after_sensitive }: ResourceChange["change"],
  config: ResourceConfig | undefined,
  provider: ProviderFacts | undefined,
): string | null {
  if (isMarked(after_sensitive)) return null;
  const values = after ?? before;
  const region = isObject(values) ? values.region : undefined;
  if (typeof region === "string" && region !== "") return region;
  const written = config?.expressions?.region !== undefined;
  return written && isMarked(after_unknown) ? null : (provider?.region ?? null);
}

/** Whether a mirror of the values marks the region, or all of them. */
function isMarked(mirror: unknown): boolean {
  return mirror === true || (isObject(mirror) && mirror.region === true);
}

function accountOf(provider: ProviderFacts | undefined): string | null {
  const [only, ...others] = provider?.allowedAccountIds ?? [];
  return only !== undefined && others.length === 0 ? only : null;
}

function writtenPaths(
  config: ResourceConfig | undefined,
  dynamic: readonly string[],
  isKept: (path: string) => boolean,
): readonly string[] {
  const paths = [...configuredPaths(config?.expressions, isKept), ...dynamic];
  return paths.length === 0 ? NO_NAMES : sortedUnique(paths);
}

function topOf(path: string): string {
  const dot = path.indexOf(".");
  return dot === -1 ? path : path.slice(0, dot);
}

function metaOf({ plan, lock, digests, tools }: FactsInput, target: PlanMeta["target"]): PlanMeta {
  const terraform = plan.terraform_version;
  const versions = Object.entries({ ...tools, ...(terraform === undefined ? {} : { terraform }) });
  return {
    formatVersion: plan.format_version,
    terraformVersion: terraform ?? null,
    complete: plan.complete ?? null,
    errored: plan.errored ?? null,
    applyable: plan.applyable ?? null,
    target,
    digests,
    lock,
    tools: sortedRecord(new Map(versions)),
  };
}

function resourcesOf(drafts: readonly Draft[]): Facts["resources"] {
  const resources: Record<string, ResourceFacts> = {};
  for (const draft of drafts) {
    if (draft.id === "__proto__") return recordOf(drafts.map((each) => [each.id, withReferences(each)]));
    resources[draft.id] = withReferences(draft);
  }
  return resources;
}

function withReferences({ facts, refs }: Draft): ResourceFacts {
  if (refs.size === 0) return facts;
  for (const [path, references] of refs) if (references.length > 1) refs.set(path, [...references].sort(byAddress));
  facts.refs = sortedRecord(refs);
  return facts;
}

function provisionersOf(config: ResourceConfig | undefined, synth: SynthResource | undefined): readonly string[] {
  const planned = config?.provisioners?.map((provisioner) => provisioner.type) ?? NO_NAMES;
  const written = synth?.provisioners ?? NO_NAMES;
  return planned.length === 0 && written.length === 0 ? NO_NAMES : sortedUnique([...planned, ...written]);
}

function byAddress(a: { readonly address: string }, b: { readonly address: string }): number {
  return a.address < b.address ? -1 : a.address > b.address ? 1 : 0;
}

function byTypeOf(drafts: readonly Draft[]): Facts["byType"] {
  const byType = new Map<string, string[]>();
  for (const { id, facts } of drafts) {
    if (facts.mode !== "managed") continue;
    const known = byType.get(facts.type);
    if (known) known.push(id);
    else byType.set(facts.type, [id]);
  }
  return sortedRecord(byType);
}

function modulesOf(configuration: Configuration): Facts["modules"] {
  const called = [...configuration.modules].filter(([path]) => path !== "");
  return sortedRecord(new Map(called.map(([path, { source, version }]) => [path, { source, version }])));
}
