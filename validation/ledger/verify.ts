// SPDX-License-Identifier: Apache-2.0
import type { Entry } from "./entry";

/** Last link of every chain on one day. */
export interface Root {
  readonly date: string;
  readonly chains: Readonly<Record<string, { readonly sequence: number; readonly hash: string }>>;
}

export interface LedgerProblem {
  readonly chain: string;
  /** Sequence that it is about; null when it is about no single one. */
  readonly sequence: number | null;
  readonly what: string;
}

export interface ChainState {
  readonly chain: string;
  readonly entries: number;
  /** Hash of the last link, to be compared with what others noted of it. */
  readonly head: string;
  /** Entries that the mirror or a root confirms; those after them could be cut off without a trace. */
  readonly confirmed: number;
}

export interface LedgerVerification {
  readonly problems: readonly LedgerProblem[];
  readonly chains: readonly ChainState[];
}

const NONE = "0".repeat(64);

/**
 * Judges the chains: each begins at 1 on zeros, leaves out no sequence and holds none twice, and each link names the
 * hash of the one before; what mirror and roots know of a chain is in it, unchanged.
 *
 * @param mirror locked copies, when there are any to compare with
 */
export function verifyChains(
  entries: readonly Entry[],
  mirror: readonly Entry[] | undefined,
  roots: readonly Root[],
): LedgerVerification {
  const problems: LedgerProblem[] = [];
  const report = (chain: string, sequence: number | null, what: string) => problems.push({ chain, sequence, what });
  const chains = byChain(entries, report);
  reportRepeatedEvents(entries, report);
  const copies = byChain(mirror ?? [], report);
  for (const [chain, links] of chains) reportBrokenLinks(chain, links, report);
  if (mirror) compareWithMirror(chains, copies, report);
  compareWithRoots(chains, roots, report);
  const states = [...chains.keys()].sort().map((chain) => {
    const links = chains.get(chain)!;
    const rooted = Math.max(0, ...roots.map((root) => lastOf(root, chain)?.sequence ?? 0));
    const confirmed = mirror ? Math.max(copies.get(chain)?.size ?? 0, rooted) : rooted;
    const head = links.get(Math.max(...links.keys()))!.hash;
    return { chain, entries: links.size, head, confirmed: Math.min(confirmed, links.size) };
  });
  return { problems, chains: states };
}

type Chains = Map<string, Map<number, Entry>>;
type Report = (chain: string, sequence: number | null, what: string) => void;

function byChain(entries: readonly Entry[], report: Report): Chains {
  const chains: Chains = new Map();
  for (const entry of entries) {
    const links = chains.get(entry.chain) ?? new Map<number, Entry>();
    chains.set(entry.chain, links);
    const other = links.get(entry.sequence);
    if (other) report(entry.chain, entry.sequence, `stands twice: ${other.where} and ${entry.where}`);
    else links.set(entry.sequence, entry);
  }
  return chains;
}

function reportRepeatedEvents(entries: readonly Entry[], report: Report): void {
  const seen = new Map<string, Entry>();
  for (const entry of entries) {
    const first = seen.get(entry.eventId);
    if (first) report(entry.chain, entry.sequence, `same event as ${first.chain} ${first.sequence}`);
    else seen.set(entry.eventId, entry);
  }
}

function reportBrokenLinks(chain: string, links: ReadonlyMap<number, Entry>, report: Report): void {
  let expected = 1;
  let previous = NONE;
  for (const sequence of [...links.keys()].sort((a, b) => a - b)) {
    const entry = links.get(sequence)!;
    if (sequence !== expected) {
      report(chain, expected, sequence === expected + 1 ? "is missing" : `to ${sequence - 1} are missing`);
    } else if (entry.previous !== previous) {
      report(chain, sequence, "does not follow from the link before");
    }
    expected = sequence + 1;
    previous = entry.hash;
  }
}

function compareWithMirror(chains: Chains, copies: Chains, report: Report): void {
  for (const [chain, links] of copies) {
    for (const [sequence, copy] of links) {
      const entry = chains.get(chain)?.get(sequence);
      if (!entry) report(chain, sequence, "stands in the mirror and not in the ledger");
      else if (entry.text !== copy.text) report(chain, sequence, "differs from its mirror");
    }
  }
  for (const [chain, links] of chains) {
    for (const sequence of links.keys()) {
      if (!copies.get(chain)?.has(sequence)) report(chain, sequence, "has no mirror");
    }
  }
}

function compareWithRoots(chains: Chains, roots: readonly Root[], report: Report): void {
  for (const root of roots) {
    for (const chain of Object.keys(root.chains)) {
      const { sequence, hash } = lastOf(root, chain)!;
      const entry = chains.get(chain)?.get(sequence);
      if (!entry) report(chain, sequence, `is missing, and the root of ${root.date} names it`);
      else if (entry.hash !== hash) report(chain, sequence, `is not what the root of ${root.date} names`);
    }
  }
}

function lastOf(root: Root, chain: string): { readonly sequence: number; readonly hash: string } | undefined {
  return Object.hasOwn(root.chains, chain) ? root.chains[chain] : undefined;
}
