// SPDX-License-Identifier: Apache-2.0
import type { StepOutcome } from "../../evidence";
import type { Block, Table } from "../model";
import { ids, paragraph, table } from "./blocks";

/** Requirement to step, joined from the steps themselves. Results only where there are any. */
export function traceTable(outcomes: readonly StepOutcome[], executed: boolean): Table {
  const order: Order = new Map(outcomes.map(({ step }, i) => [step.id, i]));
  const byRequirement = new Map<string, StepOutcome[]>();
  for (const outcome of outcomes) {
    for (const id of outcome.step.requirements) byRequirement.set(id, [...(byRequirement.get(id) ?? []), outcome]);
  }
  const rows = [...byRequirement]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, cited]) => row(id, cited, order, executed));
  const columns: Record<string, number> = executed
    ? { Requirement: 14, Steps: 60, Results: 26 }
    : { Requirement: 14, Steps: 86 };
  return table("Requirements that steps of this protocol cite", columns, rows);
}

/** Steps that no requirement asks for are told too: the other direction of the trace. */
export function orphans(outcomes: readonly StepOutcome[]): Block {
  const without = outcomes.filter(({ step }) => step.requirements.length === 0).map(({ step }) => step.id);
  return paragraph(`Steps that cite no requirement: ${ids(without)}.`);
}

function row(id: string, cited: readonly StepOutcome[], order: Order, executed: boolean): string[] {
  const steps = inRuns(
    cited.map(({ step }) => step.id),
    order,
  );
  return executed ? [id, steps, resultCounts(cited)] : [id, steps];
}

/** Place of each step among all, by id. */
export type Order = ReadonlyMap<string, number>;

/** Ids of steps; three or more that follow each other in their protocol as the first and the last. */
export function inRuns(cited: readonly string[], order: Order): string {
  const runs: string[][] = [];
  let before = Number.NaN;
  for (const id of cited) {
    const place = order.get(id)!;
    if (place === before + 1) runs.at(-1)!.push(id);
    else runs.push([id]);
    before = place;
  }
  return ids(runs.flatMap((run) => (run.length < 3 ? run : [`${run[0]} to ${run.at(-1)} (${run.length})`])));
}

/** `12 PASS, 1 NOT RUN`, worst first. */
export function resultCounts(outcomes: readonly StepOutcome[]): string {
  return counted(outcomes.map(({ finished }) => finished?.result ?? "NO RESULT"));
}

/** As `resultCounts`, of the results alone. */
export function counted(results: readonly string[]): string {
  const order = ["FAIL", "NO RESULT", "BLOCKED", "NOT RUN", "NOT APPLICABLE", "PASS"];
  const of = (name: string) => results.filter((each) => each === name).length;
  return order
    .map((name) => [name, of(name)] as const)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}
