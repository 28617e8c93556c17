// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import type { Mutant } from "./mutants";

/** A mutant that no test can notice. */
export interface Survivor {
  readonly id: string;
  /** Why no answer for any plan differs. */
  readonly proof: string;
}

/** Of a hundred mutants. */
export const MOST = 1;

export function readSurvivors(): readonly Survivor[] {
  return JSON.parse(fs.readFileSync(path.join(__dirname, "survivors.json"), "utf8"));
}

/** What is wrong with a run over these mutants, a line each. */
export function problemsOf(
  tried: readonly Mutant[],
  surviving: readonly Mutant[],
  listed: readonly Survivor[],
): readonly string[] {
  const wanted = new Set(listed.map(({ id }) => id));
  const survives = new Set(surviving.map(({ id }) => id));
  return [
    ...[...survives].filter((id) => !wanted.has(id)).map((id) => `survives: ${id}`),
    ...tried
      .filter(({ id }) => wanted.has(id) && !survives.has(id))
      .map(({ id }) => `listed as a survivor, and noticed: ${id}`),
  ];
}

/** What is wrong with the list as the mutants are today. */
export function problemsOfList(listed: readonly Survivor[], mutants: readonly Mutant[]): readonly string[] {
  const ids = new Set(mutants.map(({ id }) => id));
  const sorted = listed.map(({ id }) => id).sort();
  return [
    ...listed.filter(({ id }) => !ids.has(id)).map(({ id }) => `no mutant of today: ${id}`),
    ...listed.filter(({ proof }) => proof.length < 20).map(({ id }) => `without a proof: ${id}`),
    ...listed
      .filter(({ id }, at) => id !== sorted[at] || id === sorted[at - 1])
      .map(({ id }) => `not in order, or twice: ${id}`),
    ...(listed.length * 100 > mutants.length * MOST ? [`${listed.length} of ${mutants.length} mutants survive`] : []),
  ];
}
