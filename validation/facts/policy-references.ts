// SPDX-License-Identifier: Apache-2.0
import type { Reference, Statement } from "./facts";
import type { Identities } from "./identity";
import { sortedStrings } from "./json-object";
import type { RawStatement } from "./policy-document";
import type { Resolver, Scope } from "./resolver";
import { tokensOf, unescapeTemplate } from "./synth";

/** A statement with what only the whole plan tells of it. */
export interface ResolvedStatement extends Pick<Statement, "partial" | "refs"> {
  readonly statement: RawStatement;
}

export interface ResolvedStatements {
  readonly statements: readonly ResolvedStatement[];
  /** Everything named, each target once. */
  readonly references: readonly Reference[];
}

const NO_NAMES: readonly string[] = [];
const NO_REFERENCES: readonly Reference[] = [];

/** How `${…}` is read; null for a text from the plan, where `${…}` is a policy variable and no reference. */
export type Template = { readonly resolver: Resolver; readonly scope: Scope } | null;

/** Statements with the resources that they name, by `${…}` or by literal ARN. */
export function resolveStatements(
  raw: readonly RawStatement[],
  template: Template,
  identities: Identities,
): ResolvedStatements {
  const all = new Map<string, Reference>();
  const statements = raw.map((statement): ResolvedStatement => {
    let named: Set<string> | undefined;
    let { partial } = statement;
    const name = (text: string) => {
      const found = template ? resolveTemplate(text, template) : null;
      if (found?.unresolved) partial = true;
      const references = found && found.references.length > 0 ? found.references : literal(text, identities);
      for (const reference of references) {
        named ??= new Set();
        named.add(reference.address);
        if (reference.ambiguous) partial = true;
        if (!all.has(reference.address)) all.set(reference.address, reference);
      }
    };
    for (const text of statement.resources) name(text);
    for (const text of statement.notResources) name(text);
    for (const { value } of statement.principals) name(value);
    for (const { value } of statement.notPrincipals) name(value);
    return {
      statement: template ? unescaped(statement) : statement,
      partial,
      refs: named ? sortedStrings([...named]) : NO_NAMES,
    };
  });
  return { statements, references: [...all.values()] };
}

function literal(text: string, identities: Identities): readonly Reference[] {
  return text.startsWith("arn:") ? identities.findArn(text) : NO_REFERENCES;
}

function resolveTemplate(text: string, { resolver, scope }: { readonly resolver: Resolver; readonly scope: Scope }) {
  const references: Reference[] = [];
  let unresolved = false;
  for (const token of tokensOf(text)) {
    const found = resolver.resolve([token], scope);
    references.push(...found);
    if (found.length === 0) unresolved = true;
  }
  return { references, unresolved };
}

function unescaped(statement: RawStatement): RawStatement {
  const plain = (texts: readonly string[]) => (texts.length === 0 ? texts : texts.map(unescapeTemplate));
  const people = (principals: RawStatement["principals"]) =>
    principals.map((principal) => ({ ...principal, value: unescapeTemplate(principal.value) }));
  return {
    ...statement,
    resources: plain(statement.resources),
    notResources: plain(statement.notResources),
    principals: people(statement.principals),
    notPrincipals: people(statement.notPrincipals),
    conditions: statement.conditions.map((condition) => ({ ...condition, values: plain(condition.values) })),
  };
}
