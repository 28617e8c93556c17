// SPDX-License-Identifier: Apache-2.0
import type { Facts, PolicyFacts } from "../../facts";
import { digestOfParsed } from "../../json";
import type { Answer, ControlMetadata } from "../decisions";
import { type ResourceView, resourceViews } from "../view";
import { neighboursOf, ownOf } from "./neighbours";
import { isObjectOfPolicies, meaningOf, PoliciesAbout, readsPolicy, serviceOf, speaksOf } from "./policies-about";

/** Actions after which a resource is there; which of them it is depends on when the plan was made. */
const KEPT = new Set(["create", "no-op", "read", "update"]);

/**
 * Digests of what was judged, so that who accepts a finding accepts that and nothing else. A digest is the SHA-256 of
 * the RFC 8785 text of the answer itself and of all that the control reads (its METADATA tells what) about the subject:
 * attributes of the resource and of its neighbours, whether they are known, what they refer to; policies on, of and by
 * them, and statements that may mean the subject, each as resolved.
 *
 * Nothing elsewhere changes it, nor do order of keys, numbers of statements, or that a planned resource was created.
 * Sensitive values and values of environment variables are in no digest: who knows the rest could guess them.
 */
export class JudgedValues {
  /** Made for the first finding: a plan without any needs none. */
  private about: PoliciesAbout | undefined;
  private readonly readings = new Map<ControlMetadata, Reading>();

  constructor(private readonly facts: Facts) {}

  /** Digest of what an answer of a control is about: 64 hex digits. */
  digest(control: ControlMetadata, answer: Answer): string {
    const { address, attribute, status, expected, actual } = answer;
    const judged = { control: control.id, address, attribute, status, expected, actual };
    return digestOfParsed({ ...judged, read: this.reading(control).about(address) });
  }

  private reading(control: ControlMetadata): Reading {
    this.about ??= new PoliciesAbout(this.facts);
    const known = this.readings.get(control) ?? new Reading(this.facts, control, this.about);
    this.readings.set(control, known);
    return known;
  }
}

/** What one control reads. Digests of digests: a key that a thousand buckets share is written out once. */
class Reading {
  private readonly types: ReadonlySet<string>;
  private readonly show: (resource: Facts["resources"][string]) => ResourceView;
  private readonly resources = new Map<string, string>();
  private readonly policies = new Map<number, string>();
  private readonly subjects = new Map<string, object>();
  private readonly services = new Map<string | null, string>();

  constructor(
    private readonly facts: Facts,
    private readonly control: ControlMetadata,
    private readonly policiesAbout: PoliciesAbout,
  ) {
    this.types = new Set([...control.resources, ...control.attributes.map(({ type }) => type)]);
    this.show = this.types.size > 0 ? resourceViews(control.attributes) : (resource) => resource;
  }

  /** What is read about a resource, a provider, a module, or the plan. */
  about(address: string): object {
    const known = this.subjects.get(address) ?? this.found(address);
    this.subjects.set(address, known);
    return known;
  }

  private found(address: string): object {
    const { providers, modules, meta, programs } = this.facts;
    const beside = this.types.size > 0 ? {} : { programs: programs.filter((one) => one.address === address) };
    if (ownOf(this.facts.resources, address)) return { ...beside, ...this.aboutResource(address) };
    const provider = ownOf(providers, address.replace(/^provider\./, ""));
    if (provider) return { provider, lock: ownOf(meta.lock ?? {}, provider.source) ?? null };
    const module = ownOf(modules, address);
    if (module) return { module };
    return beside.programs?.length ? beside : this.aboutPlan();
  }

  private aboutResource(address: string): object {
    const { facts, types, policiesAbout } = this;
    const view = (one: string) => this.show(facts.resources[one]!);
    const near = neighboursOf(address, { facts, types, view });
    const carried = policiesAbout.of([address]).filter((i) => facts.policies[i]!.address === address);
    const holders = carried.flatMap((i) => facts.policies[i]!.subjects);
    const policies = policiesAbout.of([...near, ...holders]).filter((i) => this.isRead(i));
    const { type } = facts.resources[address]!;
    const isObject = types.size > 0 && isObjectOfPolicies(type);
    return {
      resources: this.resourceDigests([...near, ...this.namedBy(policies)]),
      policies: unique(policies.map((i) => this.policyDigest(i))),
      ...(isObject ? { named: this.statementDigests(policiesAbout.naming(address)) } : {}),
      ...(isObject ? { elsewhere: this.elsewhere(serviceOf(type)) } : {}),
    };
  }

  /** Resources of types that the control reads which some policies name. */
  private namedBy(policies: readonly number[]): readonly string[] {
    const { policies: all, statements, resources } = this.facts;
    const named = policies.flatMap((i) => all[i]!.statements).flatMap((i) => statements[i]!.refs);
    return named.filter((one) => this.types.has(ownOf(resources, one)?.type ?? ""));
  }

  /** Digest of what may be about any resource of a service without naming it: once for all of them. */
  private elsewhere(service: string | null): string {
    const { facts, policiesAbout } = this;
    const known = this.services.get(service);
    if (known !== undefined) return known;
    const broad = policiesAbout.broad.filter((i) => speaksOf(facts.statements[i]!, service));
    const dark = policiesAbout.dark.filter((i) => this.isRead(i));
    const carriers = dark.map((i) => facts.policies[i]!.address).filter((one) => ownOf(facts.resources, one));
    const digest = digestOfParsed({
      statements: this.statementDigests(broad),
      policies: unique(dark.map((i) => this.policyDigest(i))),
      carriers: this.resourceDigests(carriers),
    });
    this.services.set(service, digest);
    return digest;
  }

  /** All that the control reads; one that reads no resource judges the run, or what no control reads. */
  private aboutPlan(): object {
    const { facts, types } = this;
    const judgesEveryType = this.control.resources.length === 0;
    const addresses = Object.keys(facts.resources).filter((one) => {
      const { type, digest } = facts.resources[one]!;
      return types.has(type) || (judgesEveryType && digest !== undefined);
    });
    const resources = this.resourceDigests(addresses);
    if (types.size === 0) return { resources, run: runOf(facts) };
    const policies = facts.policies.flatMap((_, i) => (this.isRead(i) ? [this.policyDigest(i)] : []));
    return { resources, policies: unique(policies) };
  }

  private isRead(index: number): boolean {
    if (this.types.size === 0) return true;
    const policy = this.facts.policies[index]!;
    return readsPolicy(this.control, policy, ownOf(this.facts.resources, policy.address)?.type ?? "");
  }

  private resourceDigests(addresses: readonly string[]): object {
    return Object.fromEntries(addresses.map((address) => [address, this.resourceDigest(address)]));
  }

  private resourceDigest(address: string): string {
    const known = this.resources.get(address) ?? digestOfParsed(this.valueOf(address));
    this.resources.set(address, known);
    return known;
  }

  private valueOf(address: string): object {
    const resource = this.facts.resources[address]!;
    const { actions, values, unknown, sensitive, ...view } = this.show(resource);
    return {
      ...view,
      actions: actions.every((action) => KEPT.has(action)) ? "kept" : actions,
      values: withoutSecrets(values),
      unknown: unique(unknown.map((path) => JSON.stringify(path))),
      sensitive: unique(sensitive.map((path) => JSON.stringify(path))),
      ...(resource.digest === undefined ? {} : { digest: resource.digest }),
    };
  }

  private policyDigest(index: number): string {
    const known = this.policies.get(index) ?? digestOfParsed(this.policyOf(index));
    this.policies.set(index, known);
    return known;
  }

  private policyOf(index: number): object {
    const { subjects, statements, ...policy } = this.facts.policies[index] as PolicyFacts;
    const said = statements.map((i) => digestOfParsed(meaningOf(this.facts.statements[i]!)));
    return { ...policy, subjects: unique(subjects), statements: unique(said) };
  }

  /** Statements with where each stands and for whom, without the others beside it. */
  private statementDigests(indexes: readonly number[]): readonly string[] {
    const read = indexes.map((i) => this.facts.statements[i]!).filter(({ policy }) => this.isRead(policy));
    return unique(
      read.map((statement) => {
        const { subjects, statements: _, ...policy } = this.facts.policies[statement.policy]!;
        return digestOfParsed({ ...policy, subjects: unique(subjects), statement: meaningOf(statement) });
      }),
    );
  }
}

/** What facts say of the run itself; not digests of files, which change with every plan. */
function runOf({ meta, providers, modules, programs }: Facts): object {
  const { complete, errored, applyable, target, lock, digests } = meta;
  const given = Object.keys(digests).filter((name) => digests[name as keyof typeof digests] !== null);
  return { complete, errored, applyable, target, lock, given, providers, modules, programs };
}

// Only names of variables are judged, and a digest of a short password is no secret.
function withoutSecrets(values: ResourceView["values"]): ResourceView["values"] {
  if (!Array.isArray(values.environment)) return values;
  const environment = values.environment.map((block) => {
    const { variables, ...rest } = (block ?? {}) as { variables?: unknown };
    return { ...rest, variables: Object.keys(variables ?? {}).sort() };
  });
  return { ...values, environment };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
