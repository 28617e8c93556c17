// SPDX-License-Identifier: Apache-2.0
import type { Draft } from "./draft";
import type { Facts, Reference } from "./facts";
import { type Identities, namedType } from "./identity";
import { sortedRecord } from "./json-object";
import type { Resolver } from "./resolver";

const NO_REFERENCES: readonly Reference[] = [];

/**
 * Fills the references of every draft: expressions of the configuration, then literals that name a resource. Who names
 * an alias means its key too, so the aliases come first.
 */
export function resolveReferences(drafts: readonly Draft[], resolver: Resolver, identities: Identities): void {
  const aliases = drafts.filter((draft) => draft.facts.type === "aws_kms_alias");
  for (const alias of aliases) resolveOne(alias, resolver, identities);
  const keys = new Map(aliases.map((alias) => [alias.id, alias.refs.get("target_key_id") ?? NO_REFERENCES]));
  for (const draft of drafts) {
    if (!keys.has(draft.id)) resolveOne(draft, resolver, identities);
    if (keys.size > 0) followKeyAliases(draft, keys);
  }
}

function resolveOne(draft: Draft, resolver: Resolver, identities: Identities): void {
  if (draft.referring.length > 0) resolveExpressions(draft, resolver);
  if (draft.literals.length > 0) resolveLiterals(draft, identities);
}

function resolveExpressions(draft: Draft, resolver: Resolver): void {
  for (const { path, references } of draft.referring) {
    const expected = namedType(draft.facts.type, path.slice(path.lastIndexOf(".") + 1));
    const named = others(draft, resolver.resolve(references, draft.scope, expected));
    const found = draft.embedded.has(path) ? named.map((reference) => ({ ...reference, ambiguous: true })) : named;
    if (found.length > 0) draft.refs.set(path, merge(draft.refs.get(path), found));
  }
}

function resolveLiterals(draft: Draft, identities: Identities): void {
  const { type, region } = draft.facts;
  let byPath: Map<string, { found: readonly Reference[]; settled: boolean }> | undefined;
  for (const { path, argument, value, settled } of draft.literals) {
    const found = others(draft, identities.find(type, region, argument, value));
    if (settled)
      withoutContradicted(draft, path, (reference) => identities.isAnother(type, argument, value, reference));
    if (found.length === 0) continue;
    byPath ??= new Map();
    byPath.set(path, { found: merge(byPath.get(path)?.found, found), settled });
  }
  if (!byPath) return;
  for (const [path, { found, settled }] of byPath) {
    const written = draft.refs.get(path);
    draft.refs.set(path, settled && written ? preferLiteral(written, found) : merge(written, found));
  }
}

/** A value that is known names what it names, whatever its expression begins with: `"${aws_s3_bucket.a.id}-b"` is not `a`. */
function withoutContradicted(draft: Draft, path: string, isAnother: (reference: Reference) => boolean): void {
  const written = draft.refs.get(path);
  if (!written?.some(isAnother)) return;
  const kept = written.filter((reference) => !isAnother(reference));
  if (kept.length > 0) draft.refs.set(path, kept);
  else draft.refs.delete(path);
}

function others(draft: Draft, references: readonly Reference[]): readonly Reference[] {
  for (const { address } of references) {
    if (address === draft.id) return references.filter((reference) => reference.address !== draft.id);
  }
  return references;
}

/** A value that is known says which instance is meant, where an expression may only name the resource block. */
function preferLiteral(written: readonly Reference[], found: readonly Reference[]): readonly Reference[] {
  const [only] = found;
  if (found.length === 1 && written.length === 1 && only!.address === written[0]!.address && !written[0]!.ambiguous) {
    return written;
  }
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

function merge(known: readonly Reference[] | undefined, added: readonly Reference[]): readonly Reference[] {
  if (known === undefined || known.length === 0) return added;
  if (added.length === 0) return known;
  if (known.length === 1 && added.length === 1) {
    return known[0]!.address === added[0]!.address ? known : [known[0]!, added[0]!];
  }
  const seen = new Set(known.map((reference) => reference.address));
  const fresh = added.filter((reference) => !seen.has(reference.address));
  return fresh.length === 0 ? known : [...known, ...fresh];
}

function followKeyAliases(draft: Draft, keys: ReadonlyMap<string, readonly Reference[]>): void {
  for (const [path, references] of draft.refs) {
    let behind = NO_REFERENCES;
    for (const { address } of references) behind = merge(behind, keys.get(address) ?? NO_REFERENCES);
    if (behind.length > 0) draft.refs.set(path, merge(references, behind));
  }
}

/** Who refers to whom, by the type of the referrer. The drafts come sorted, so every list is. */
export function linksOf(drafts: readonly Draft[]): Facts["links"] {
  const links = new Map<string, Map<string, string[]>>();
  for (const { id, facts, refs } of drafts) {
    for (const references of refs.values()) {
      for (const { address } of references) addLink(links, address, facts.type, id);
    }
  }
  const sorted = new Map<string, Readonly<Record<string, readonly string[]>>>();
  for (const [address, byType] of links) sorted.set(address, sortedRecord(byType));
  return sortedRecord(sorted);
}

function addLink(links: Map<string, Map<string, string[]>>, address: string, type: string, referrer: string): void {
  const byType = links.get(address);
  if (!byType) {
    links.set(address, new Map([[type, [referrer]]]));
    return;
  }
  const referrers = byType.get(type);
  if (!referrers) byType.set(type, [referrer]);
  else if (referrers[referrers.length - 1] !== referrer) referrers.push(referrer);
}
