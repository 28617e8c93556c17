// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { entriesOf, type JournalEntry, type Protocol, type ProtocolStep, stepOutcomes } from "../evidence";
import { digestOf } from "../json";
import type { ExecutedRun } from "./executed-run";

/** A planned step with the result of its latest execution. */
export interface LatestResult {
  readonly protocol: Protocol;
  readonly step: ProtocolStep;
  readonly run: string;
  readonly attempt: number;
  /** Undefined when the step has no result. */
  readonly entry: JournalEntry<"step-finished"> | undefined;
}

/**
 * Steps of the first run, each with the result of the last run that executed the very same step: a step whose text was
 * changed is another step, and its result says nothing of this one.
 *
 * @param runs the first execution, then its re-executions in their order
 */
export function latestResults(runs: readonly ExecutedRun[]): LatestResult[] {
  const results = runs.map((run, index) => ofRun(run, index + 1));
  return results[0]!.map((first) => {
    const again = results
      .slice(1)
      .flatMap((later) => later.filter((one) => isSameStep(one.step, first.step) && one.entry));
    return again[again.length - 1] ?? first;
  });
}

/** Result of the very same step in one run; undefined where it is not. */
export function resultIn(run: ExecutedRun, step: ProtocolStep): LatestResult | undefined {
  return ofRun(run, 1).find((one) => isSameStep(one.step, step));
}

/**
 * Accepts re-executions: other runs of the same system, on the same target and account, each begun after the one before
 * had ended.
 *
 * @throws RUN_FOREIGN
 */
export function assertAttempts(runs: readonly ExecutedRun[]): void {
  runs.forEach((run, index) => {
    const before = runs[index - 1];
    if (!before) return;
    const [one, other] = [identityOf(before), identityOf(run)];
    if (one !== other) throw refused(run, `a run of ${one}`, other);
    const { startedAt } = run.record.summary;
    const { finishedAt } = before.record.summary;
    if (startedAt < finishedAt) throw refused(run, `a run begun after ${finishedAt}`, startedAt);
  });
  const twice = runs.find(({ record }, i) =>
    runs.some((one, j) => j < i && one.record.summary.bundle === record.summary.bundle),
  );
  if (twice) throw refused(twice, "each run once", twice.record.summary.bundle);
}

function identityOf({ record: { summary, entries } }: ExecutedRun): string {
  const accounts = entriesOf(entries, "target").map(({ body }) => body.account);
  return `${summary.system} (${summary.environment}) on ${summary.target.kind}, account ${accounts.join(", ")}`;
}

function refused({ record }: ExecutedRun, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "RUN_FOREIGN",
    what: "retest not taken",
    where: `bundle ${record.summary.bundle}`,
    expected,
    got,
    todo: "give the bundles of one system in the order of their runs",
  });
}

function ofRun({ record: { protocols, entries, summary } }: ExecutedRun, attempt: number): LatestResult[] {
  const finished = new Map<string, JournalEntry<"step-finished">>();
  for (const entry of entriesOf(entries, "step-finished")) {
    const key = `${entry.body.protocol}\n${entry.body.step}`;
    if (!finished.has(key)) finished.set(key, entry);
  }
  return stepOutcomes(protocols, entries).map(({ protocol, step }) => ({
    protocol,
    step,
    run: summary.bundle,
    attempt,
    entry: finished.get(`${protocol.id}\n${step.id}`),
  }));
}

// Ids first: a digest costs more than a thousand comparisons.
function isSameStep(one: ProtocolStep, other: ProtocolStep): boolean {
  return one.id === other.id && digestOf(one) === digestOf(other);
}
