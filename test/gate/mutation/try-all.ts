// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { proofOf } from "./equivalence";
import { type Generated, generated } from "./generated";
import { judge, judgedClean } from "./judge";
import { refusedByTerraform } from "./refused";
import type { Outcome, Tried } from "./score";
import type { PlannedStack } from "./stacks";

/** Which mutants are tried, of all in a row. */
export interface Drawn {
  readonly order: <T>(all: readonly T[]) => readonly T[];
  /** @default all */
  readonly size?: number | undefined;
}

/** The first of all mutants in an order that the seed decides. */
export function drawnFrom(seed: number, size?: number): Drawn {
  return size === undefined ? { order: (all) => all } : { order: (all) => shuffled(all, seed), size };
}

export interface AllTried {
  readonly tried: readonly Tried[];
  /** Drawn too, but Terraform accepts no such program. */
  readonly refused: number;
}

/**
 * Judges each mutant of some stacks once by the whole gate.
 *
 * @param scratch folder that Terraform works in
 */
export async function tryAll(
  stacks: readonly PlannedStack[],
  scratch: string,
  { order, size = Number.POSITIVE_INFINITY }: Drawn,
  say: (line: string) => void = () => {},
): Promise<AllTried> {
  const clean = new Map(stacks.map((stack) => [stack, judgedClean(stack)]));
  const mutants: Generated[] = [];
  for (const mutant of generated(
    stacks.map((stack) => ({ stack, controls: clean.get(stack)!.applying })),
    order,
  )) {
    if (mutants.push(mutant) >= size) break;
  }
  say(`${mutants.length} mutants; terraform validate says which of them nobody can plan`);
  const refused = await refusedByTerraform(stacks[0]!, mutants, path.join(scratch, "validate"));
  const left = mutants.filter((mutant) => !refused.has(mutant));
  const tried = left.map((mutant, at) => {
    if (at % 500 === 499) say(`${at + 1} of ${left.length}`);
    return { mutant, outcome: outcomeOf(mutant, clean.get(mutant.stack)!.facts) };
  });
  return { tried, refused: refused.size };
}

function outcomeOf(mutant: Generated, clean: Parameters<typeof proofOf>[2]): Outcome {
  const judgement = judge(mutant);
  if (judgement.outcome !== "survives") return judgement;
  const proof = proofOf(mutant, judgement.facts, clean);
  return proof === undefined ? { outcome: "unexplained" } : { outcome: "equivalent", proof };
}

// Fisher and Yates; numbers by the linear congruential generator of Numerical Recipes, which are the same everywhere.
function shuffled<T>(all: readonly T[], seed: number): readonly T[] {
  const order = [...all];
  let state = seed >>> 0;
  for (let last = order.length - 1; last > 0; last--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const at = Math.floor((state / 2 ** 32) * (last + 1));
    [order[last], order[at]] = [order[at]!, order[last]!];
  }
  return order;
}
