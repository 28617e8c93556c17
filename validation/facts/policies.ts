// SPDX-License-Identifier: Apache-2.0
import { markedAt, valuesAt } from "./attribute-path";
import type { Draft } from "./draft";
import { argumentsOf, referencesOf } from "./expressions";
import type { Facts, PolicyFacts, Reference, Statement } from "./facts";
import type { Identities } from "./identity";
import { isObject, sortedRecord, sortedUnique } from "./json-object";
import { lambdaPermission } from "./lambda-permission";
import type { Change } from "./plan-document";
import { ATTACHMENTS, type Attachment, CARRIERS, type Carrier } from "./policy-carriers";
import { parsePolicy, type RawStatement } from "./policy-document";
import { parseDocumentData, type StatementTokens } from "./policy-document-data";
import { type ResolvedStatement, type ResolvedStatements, resolveStatements } from "./policy-references";
import { synthPolicy } from "./policy-synth";
import type { Resolver } from "./resolver";
import type { SynthResource } from "./synth";
import { isManaged, isOfType, longestOnly, traversalOf } from "./traversal";

interface Text {
  readonly draft: Draft;
  readonly carrier: Carrier;
  /** Null = the text cannot be had. */
  readonly parsed: readonly RawStatement[] | null;
  readonly origin: "plan" | "synth" | "unknown";
  /** References of an unknown text, for it may come from a policy document. */
  readonly pending: readonly string[];
}

interface Handing {
  readonly draft: Draft;
  readonly attachment: Attachment;
  readonly arns: readonly string[];
  /** True when some policy handed out is not known yet. */
  readonly unknown: boolean;
}

type Entry = Omit<PolicyFacts, "statements"> & { readonly resolved: readonly ResolvedStatement[] };

const NO_STATEMENTS: readonly RawStatement[] = [];
const AWS_MANAGED = /^arn:[a-z-]+:iam::aws:policy\//;
const MANAGED_POLICY: Carrier = { attribute: "policy", use: "identity", subject: null };

/** Gathers every policy of a plan: first the texts, resource by resource, then what they govern and refer to. */
export class PolicyReader {
  private readonly texts: Text[] = [];
  private readonly handings: Handing[] = [];
  /** Many policies have the same text. */
  private readonly parsed = new Map<string, readonly RawStatement[] | null>();
  private readonly resolved = new Map<readonly RawStatement[], ResolvedStatements>();
  private readonly documents = new Map<
    string,
    { readonly draft: Draft; readonly parsed: readonly RawStatement[] | null }
  >();

  collect(draft: Draft, change: Change, synth: SynthResource | undefined): void {
    const { type, mode } = draft.facts;
    if (mode === "data") {
      if (type === "aws_iam_policy_document")
        this.documents.set(draft.id, { draft, parsed: readDocument(draft, change) });
      return;
    }
    if (type === "aws_iam_policy") this.collectTexts(draft, MANAGED_POLICY, change, synth);
    for (const carrier of CARRIERS.get(type) ?? []) this.collectTexts(draft, carrier, change, synth);
    for (const attachment of ATTACHMENTS.get(type) ?? []) this.collectHanding(draft, attachment, change);
    if (type === "aws_lambda_permission" && isObject(change.after)) {
      const parsed = [lambdaPermission(draft, change)];
      const carrier: Carrier = { attribute: "principal", use: "resource", subject: "function_name" };
      this.texts.push({ draft, carrier, parsed, origin: "plan", pending: [] });
    }
  }

  private collectTexts(draft: Draft, carrier: Carrier, change: Change, synth: SynthResource | undefined): void {
    const { attribute } = carrier;
    const path = attribute.split(".");
    const sensitive = markedAt(change.after_sensitive, path);
    for (const text of valuesAt(change.after, path)) {
      if (text === "") continue;
      const parsed = typeof text === "string" && !sensitive ? this.parse(text) : null;
      this.texts.push({ draft, carrier, parsed, origin: parsed ? "plan" : "unknown", pending: [] });
    }
    if (!markedAt(change.after_unknown, path) || !isSet(draft, attribute)) return;
    const pending = referencesAt(draft, attribute);
    const parsed = synth && !sensitive ? synthPolicy(synth.arguments[attribute], pending) : null;
    this.texts.push({
      draft,
      carrier,
      parsed,
      origin: parsed ? "synth" : "unknown",
      pending: sensitive ? [] : pending,
    });
  }

  private parse(text: string): readonly RawStatement[] | null {
    let parsed = this.parsed.get(text);
    if (parsed === undefined) {
      parsed = parsePolicy(text);
      this.parsed.set(text, parsed);
    }
    return parsed;
  }

  private collectHanding(draft: Draft, attachment: Attachment, change: Change): void {
    const path = [attachment.policy];
    const arns = valuesAt(change.after, path).filter((arn): arn is string => typeof arn === "string" && arn !== "");
    const unknown = markedAt(change.after_unknown, path) && isSet(draft, attachment.policy);
    if (arns.length > 0 || unknown) this.handings.push({ draft, attachment, arns, unknown });
  }

  /** Everything collected, resolved. Adds what policy texts name to the references of their carriers. */
  finish(
    resolver: Resolver,
    identities: Identities,
  ): Pick<Facts, "policies" | "statements" | "policiesOn" | "policiesOf"> {
    const entries: Entry[] = [];
    const handed = new Map<string, { identity: Set<string>; boundary: Set<string>; any: boolean }>();
    for (const handing of this.handings) entries.push(...this.handOut(handing, handed, identities));
    for (const text of this.texts) entries.push(...this.resolveText(text, handed, resolver, identities));
    entries.sort(byPlace);
    const statements: Statement[] = [];
    const policiesOn = new Map<string, number[]>();
    const policiesOf = new Map<string, number[]>();
    const policies = entries.map(({ resolved, ...policy }, index): PolicyFacts => {
      const indexes: number[] = [];
      for (const statement of resolved) {
        indexes.push(statements.length);
        statements.push(inPolicy(index, statement));
      }
      const subjects = policy.use === "identity" || policy.use === "boundary" ? policiesOf : policiesOn;
      for (const subject of policy.subjects) {
        const known = subjects.get(subject);
        if (known) known.push(index);
        else subjects.set(subject, [index]);
      }
      return { ...policy, statements: indexes };
    });
    return { policies, statements, policiesOn: sortedRecord(policiesOn), policiesOf: sortedRecord(policiesOf) };
  }

  /** Managed policies of the plan learn who has them; the others become entries of their own. */
  private handOut(
    { draft, attachment, arns, unknown }: Handing,
    handed: Map<string, { identity: Set<string>; boundary: Set<string>; any: boolean }>,
    identities: Identities,
  ): Entry[] {
    const { policy: attribute, use } = attachment;
    const subjects =
      attachment.subjects.length === 0
        ? [draft.id]
        : sortedUnique(attachment.subjects.flatMap((argument) => managed(draft.refs.get(argument))));
    const own = managed(draft.refs.get(attribute)).filter((address) => isOfType(address, "aws_iam_policy"));
    for (const address of own) {
      const uses = handed.get(address) ?? { identity: new Set<string>(), boundary: new Set<string>(), any: false };
      for (const subject of subjects) uses[use].add(subject);
      uses.any ||= use === "identity";
      handed.set(address, uses);
    }
    const entry = { address: draft.id, attribute, use, subjects, resolved: [] };
    const foreign = arns
      .filter((arn) => identities.findArn(arn).length === 0)
      .map((arn): Entry => ({ ...entry, origin: AWS_MANAGED.test(arn) ? "aws-managed" : "unknown", arn }));
    if (unknown && own.length === 0) foreign.push({ ...entry, origin: "unknown", arn: null });
    return foreign;
  }

  private resolveText(
    text: Text,
    handed: ReadonlyMap<string, { identity: Set<string>; boundary: Set<string>; any: boolean }>,
    resolver: Resolver,
    identities: Identities,
  ): Entry[] {
    const { draft, carrier } = text;
    const { attribute, use } = carrier;
    let { origin, parsed }: { origin: PolicyFacts["origin"]; parsed: Text["parsed"] } = text;
    let scope = draft.scope;
    if (!parsed && text.pending.length > 0) {
      const document = this.documentOf(text, resolver);
      if (document) {
        ({ parsed } = document);
        scope = document.draft.scope;
        origin = "document";
      }
    }
    const templated = origin === "synth" || origin === "document";
    const { statements, references } = templated
      ? resolveStatements(parsed ?? NO_STATEMENTS, { resolver, scope }, identities)
      : this.resolveLiterals(parsed ?? NO_STATEMENTS, identities);
    addReferences(draft, attribute, references);
    const entry = { address: draft.id, attribute, arn: null, origin, resolved: statements };
    if (draft.facts.type !== "aws_iam_policy") {
      const subjects = carrier.subject === null ? [draft.id] : managed(draft.refs.get(carrier.subject));
      return [{ ...entry, use, subjects }];
    }
    const uses = handed.get(draft.id);
    const entries: Entry[] = [];
    // A policy that is only ever a boundary grants nothing, so it is no identity policy.
    if (!uses || uses.any) entries.push({ ...entry, use, subjects: [...(uses?.identity ?? [])].sort() });
    if (uses && uses.boundary.size > 0)
      entries.push({ ...entry, use: "boundary", subjects: [...uses.boundary].sort() });
    return entries;
  }

  /** Where no expression is followed, equal texts mean the same wherever they stand. */
  private resolveLiterals(parsed: readonly RawStatement[], identities: Identities): ResolvedStatements {
    let resolved = this.resolved.get(parsed);
    if (!resolved) {
      resolved = resolveStatements(parsed, null, identities);
      this.resolved.set(parsed, resolved);
    }
    return resolved;
  }

  /** The policy document that an unknown text is, when its expression names nothing else. */
  private documentOf(text: Text, resolver: Resolver) {
    const references = resolver.resolve(text.pending, text.draft.scope);
    const [only] = references;
    if (!only || references.length > 1 || only.ambiguous) return null;
    if (!isText(only.attribute, text.pending)) return null;
    const document = this.documents.get(only.address);
    return document?.parsed ? { draft: document.draft, parsed: document.parsed } : null;
  }
}

/**
 * True for the text of a policy document. Of `data.aws_iam_policy_document.d[each.key].json` plan JSON keeps only what
 * stands before the key; no other attribute of a document is a policy.
 */
function isText(attribute: string | null, pending: readonly string[]): boolean {
  if (attribute !== null) return attribute === "json" || attribute === "minified_json";
  const named = longestOnly(pending)
    .map(traversalOf)
    .filter((traversal) => traversal.kind === "resource");
  return named.length > 0 && named.every((traversal) => traversal.attribute === null);
}

function inPolicy(policy: number, { statement, partial, refs }: ResolvedStatement): Statement {
  return {
    policy,
    sid: statement.sid,
    effect: statement.effect,
    principals: statement.principals,
    notPrincipals: statement.notPrincipals,
    actions: statement.actions,
    notActions: statement.notActions,
    resources: statement.resources,
    notResources: statement.notResources,
    conditions: statement.conditions,
    partial,
    refs,
  };
}

function readDocument(draft: Draft, change: Change): readonly RawStatement[] | null {
  const written = draft.expressions?.statement;
  const listed = isObject(change.after) ? change.after.statement : undefined;
  const aligned = Array.isArray(written) && Array.isArray(listed) && written.length === listed.length;
  const tokens: StatementTokens = (index, attribute) => {
    if (!aligned) return [];
    const expressions = valuesAt(written[index], attribute.split("."));
    return expressions.flatMap((expression) => tokensOfExpression(expression));
  };
  return parseDocumentData(change.after, change.after_unknown, tokens);
}

function tokensOfExpression(expression: unknown): readonly string[] {
  return longestOnly(referencesOf(expression)).map((reference) => `\${${reference}}`);
}

function isSet({ expressions }: Draft, attribute: string): boolean {
  if (!expressions) return false;
  return Object.hasOwn(expressions, attribute) || Object.hasOwn(expressions, attribute.split(".", 1)[0]!);
}

function referencesAt(draft: Draft, attribute: string): readonly string[] {
  const found = argumentsOf(draft.expressions).filter((argument) => argument.path === attribute);
  return found.length === 1 ? found[0]!.references : [];
}

function managed(references: readonly Reference[] | undefined): readonly string[] {
  const [only] = references ?? [];
  if (references?.length === 1) return isManaged(only!.address) ? [only!.address] : [];
  return sortedUnique((references ?? []).map((reference) => reference.address).filter(isManaged));
}

function addReferences(draft: Draft, attribute: string, added: readonly Reference[]): void {
  if (added.length === 0) return;
  const known = draft.refs.get(attribute) ?? [];
  const seen = new Set(known.length === 0 ? undefined : known.map((reference) => reference.address));
  const fresh = added.filter((reference) => reference.address !== draft.id && !seen.has(reference.address));
  if (fresh.length > 0) draft.refs.set(attribute, known.length === 0 ? fresh : [...known, ...fresh]);
}

function byPlace(a: Entry, b: Entry): number {
  return (
    compare(a.address, b.address) ||
    compare(a.attribute, b.attribute) ||
    compare(a.use, b.use) ||
    compare(a.arn ?? "", b.arn ?? "")
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
