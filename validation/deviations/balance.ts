// SPDX-License-Identifier: Apache-2.0
import { type JournalEntry, type Protocol, type StepResult, stepOutcomes } from "../evidence";

/** Every planned step of one execution, counted once. */
export interface Balance {
  readonly planned: number;
  readonly executed: number;
  readonly blocked: number;
  readonly notRun: number;
  readonly notApplicable: number;
  readonly withoutResult: number;
  /** planned = executed + blocked + not run + not applicable. */
  readonly holds: boolean;
  /** The equation with its figures, as it is printed. */
  readonly equation: string;
}

/** Counts the steps of a run from its protocols and journal, and not from what its summary says of them. */
export function balanceOf(protocols: readonly Protocol[], entries: readonly JournalEntry[]): Balance {
  const results = stepOutcomes(protocols, entries).map(({ finished }) => finished?.result);
  const count = (...wanted: readonly (StepResult | undefined)[]) =>
    results.filter((one) => wanted.includes(one)).length;
  const planned = results.length;
  const executed = count("PASS", "FAIL");
  const [blocked, notRun, notApplicable] = [count("BLOCKED"), count("NOT RUN"), count("NOT APPLICABLE")];
  const withoutResult = count(undefined);
  const holds = planned === executed + blocked + notRun + notApplicable;
  const right = `executed ${executed} + blocked ${blocked} + not run ${notRun} + not applicable ${notApplicable}`;
  const equation = holds
    ? `planned ${planned} = ${right}`
    : `planned ${planned} ≠ ${right}: ${withoutResult} without a result`;
  return { planned, executed, blocked, notRun, notApplicable, withoutResult, holds, equation };
}
