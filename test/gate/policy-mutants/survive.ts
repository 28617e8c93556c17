// SPDX-License-Identifier: Apache-2.0
import { type Noticed, noticedInBatch } from "./batch";
import { importersOf, type Policies, type PolicyFolder } from "./folders";
import { noticedInPlace } from "./in-place";
import type { Mutant } from "./mutants";

/** Mutants that one process of OPA tries under other names: most of the time of a process goes into what they import. */
const BATCH = 40;

/** Folders that are asked first of those that import a library: most mutants are noticed by them, and few load fast. */
const NEAREST = 12;

/** Null: nobody noticed it. */
export type OnAnswer = (mutant: Mutant, noticed: Noticed | null) => void;

/**
 * Tries the mutants: those that neither the tests of their own folder nor, where that is one of the library, those of any
 * folder that imports it notice are answered with null. Every mutant is answered once.
 */
export async function tryAll(
  mutants: readonly Mutant[],
  opa: string,
  policies: Policies,
  onAnswer: OnAnswer,
): Promise<void> {
  const unnoticed: Mutant[] = [];
  for (let start = 0; start < mutants.length; start += BATCH) {
    const batch = mutants.slice(start, start + BATCH);
    const noticed = await noticedInBatch(batch, opa, policies);
    for (const mutant of batch) {
      const by = noticed.get(mutant);
      if (by) onAnswer(mutant, by);
      else if (mutant.values) onAnswer(mutant, null);
      else unnoticed.push(mutant);
    }
  }
  for (const [folder, ofFolder] of byFolder(unnoticed)) await tryImporters(folder, ofFolder, opa, policies, onAnswer);
}

async function tryImporters(
  folder: PolicyFolder,
  mutants: readonly Mutant[],
  opa: string,
  policies: Policies,
  onAnswer: OnAnswer,
): Promise<void> {
  const importers = importersOf(folder, policies);
  let left = mutants;
  for (const asked of [importers.slice(0, NEAREST), importers.slice(NEAREST)]) {
    if (asked.length === 0 || left.length === 0) continue;
    const unnoticed: Mutant[] = [];
    await noticedInPlace(left, asked, opa, policies, (mutant, by) => {
      if (by) onAnswer(mutant, by);
      else unnoticed.push(mutant);
    });
    left = unnoticed;
  }
  for (const mutant of left) onAnswer(mutant, null);
}

function byFolder(mutants: readonly Mutant[]): ReadonlyMap<PolicyFolder, readonly Mutant[]> {
  const found = new Map<PolicyFolder, Mutant[]>();
  for (const mutant of mutants) found.set(mutant.folder, [...(found.get(mutant.folder) ?? []), mutant]);
  return found;
}
