// SPDX-License-Identifier: Apache-2.0

import * as fs from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { bases, PASSING } from "./bases";
import { type Entry, mutate, type Plan, type Step } from "./mutations";

/** Changes of one plan: many hide each other. */
const MAX_STEPS = 4;

const BASES = bases();
const PASSING_TEXT = fs.readFileSync(path.join(PASSING, "plan.json"), "utf8");

/** A plan of the corpus, or two of them in one, with some changes. */
export interface Drawn {
  readonly base: number;
  /** A second plan whose resources are added. */
  readonly beside: number | null;
  readonly steps: readonly Step[];
}

const draw = fc.nat({ max: 1_000_000 });
const step: fc.Arbitrary<Step> = fc.record({ kind: draw, entry: draw, place: draw, value: draw });

export const drawnPlans: fc.Arbitrary<Drawn> = fc.record({
  base: draw,
  beside: fc.option(draw, { freq: 2 }),
  steps: fc.array(step, { minLength: 1, maxLength: MAX_STEPS }),
});

/** Changes of the plan that passes. */
export const drawnSteps: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 1, maxLength: MAX_STEPS });

/** The passing plan with drawn changes. */
export function nearPassing(steps: readonly Step[]): Plan {
  const plan = JSON.parse(PASSING_TEXT) as Plan;
  for (const one of steps) mutate(plan, one);
  return plan;
}

/** The plan that drawn numbers mean. */
export function planOf({ base, beside, steps }: Drawn): Plan {
  const plan = parsed(base);
  if (beside !== null) join(plan, parsed(beside));
  for (const step of steps) mutate(plan, step);
  return plan;
}

function join(plan: Plan, other: Plan): void {
  const taken = new Set(plan.resource_changes.map(({ address }) => address));
  const isNew = ({ address }: Pick<Entry, "address">) => !taken.has(address);
  plan.resource_changes.push(...other.resource_changes.filter(isNew));
  const [root, added] = [plan.configuration.root_module, other.configuration.root_module];
  root.resources = [...(root.resources ?? []), ...(added.resources ?? []).filter(isNew)];
}

function parsed(draw: number): Plan {
  return JSON.parse(BASES[draw % BASES.length]!.text) as Plan;
}
