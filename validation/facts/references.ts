// SPDX-License-Identifier: Apache-2.0
import type { Draft } from "./draft";
import type { Facts, Reference } from "./facts";
import { type Identities, namedType } from "./identity";
import { sortedRecord } from "./json-object";
import type { Resolver } from "./resolver";

/** Fills the references of every draft: expressions of the configuration, then literals that name a resource. */
export function resolveReferences(drafts: readonly Draft[], resolver: Resolver, identities: Identities): void {
  for (const draft of drafts) {
    for (const { path, references } of draft.config?.arguments.list ?? []) {
      if (references.length === 0) continue;
      const expected = namedType(draft.facts.type, path.slice(path.lastIndexOf(".") + 1));
      const found = resolver
        .resolve(references, draft.scope, expected)
        .filter((reference) => reference.address !== draft.id);
      if (found.length > 0) draft.refs.set(path, merge(draft.refs.get(path) ?? [], found));
    }
    resolveLiterals(draft, identities);
  }
  followKeyAliases(drafts);
}

function resolveLiterals(draft: Draft, identities: Identities): void {
  const { type, region } = draft.facts;
  const byPath = new Map<string, { found: readonly Reference[]; settled: boolean }>();
  for (const { path, argument, value, settled } of draft.literals) {
    const found = identities.find(type, region, argument, value).filter((reference) => reference.address !== draft.id);
    if (found.length === 0) continue;
    byPath.set(path, { found: merge(byPath.get(path)?.found ?? [], found), settled });
  }
  for (const [path, { found, settled }] of byPath) {
    const written = draft.refs.get(path) ?? [];
    draft.refs.set(path, settled ? preferLiteral(written, found) : merge(written, found));
  }
}

/** A value that is known says which instance is meant, where an expression may only name the resource block. */
function preferLiteral(written: readonly Reference[], found: readonly Reference[]): readonly Reference[] {
  if (written.length === 0) return found;
  const sure = new Set(found.map((reference) => reference.address));
  const blocks = new Set(found.map((reference) => blockOf(reference.address)));
  const kept = written.filter((reference) => !blocks.has(blockOf(reference.address)) || sure.has(reference.address));
  const named = kept.map((reference) => (sure.has(reference.address) ? { ...reference, ambiguous: false } : reference));
  return merge(named, found);
}

/** Address without instance keys. */
function blockOf(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}

function merge(known: readonly Reference[], added: readonly Reference[]): readonly Reference[] {
  if (known.length === 0) return added;
  const seen = new Set(known.map((reference) => reference.address));
  return [...known, ...added.filter((reference) => !seen.has(reference.address))];
}

/** Who names an alias means its key too. */
function followKeyAliases(drafts: readonly Draft[]): void {
  const keys = new Map<string, readonly Reference[]>();
  for (const draft of drafts) {
    if (draft.facts.type === "aws_kms_alias") keys.set(draft.id, draft.refs.get("target_key_id") ?? []);
  }
  if (keys.size === 0) return;
  for (const draft of drafts) {
    for (const [path, references] of draft.refs) {
      if (!references.some((reference) => keys.has(reference.address))) continue;
      const behind = references.flatMap((reference) => keys.get(reference.address) ?? []);
      if (behind.length > 0) draft.refs.set(path, merge(references, behind));
    }
  }
}

/** Who refers to whom, by the type of the referrer. */
export function linksOf(drafts: readonly Draft[]): Facts["links"] {
  const links = new Map<string, Map<string, Set<string>>>();
  for (const draft of drafts) {
    for (const references of draft.refs.values()) {
      for (const { address } of references) {
        const byType = links.get(address) ?? new Map<string, Set<string>>();
        const referrers = byType.get(draft.facts.type) ?? new Set<string>();
        referrers.add(draft.id);
        byType.set(draft.facts.type, referrers);
        links.set(address, byType);
      }
    }
  }
  const sorted = [...links].map(([address, byType]) => {
    const lists = [...byType].map(([type, referrers]) => [type, [...referrers].sort()] as const);
    return [address, sortedRecord(new Map(lists))] as const;
  });
  return sortedRecord(new Map(sorted));
}
