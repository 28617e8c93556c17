// SPDX-License-Identifier: Apache-2.0
import { checkApprovals, executionOf } from "./approvals-given";
import { checkAttempt } from "./attempt";
import { checkClocks } from "./clocks";
import type { Commitments } from "./commitments";
import type { JournalEntry } from "./entries";
import { iqRowResult } from "./iq-row";
import type { Protocol } from "./protocol";
import { checkCourse } from "./run-course";
import { checkSteps, type StepOutcome, stepOutcomes } from "./step-results";

export type RunStatus = "COMPLETE" | "FAILED" | "INCOMPLETE";

/** One thing that keeps a run from being complete. */
export interface Problem {
  readonly status: Exclude<RunStatus, "COMPLETE">;
  /** Step, IQ row, plan, protocol or entry type. */
  readonly where: string;
  readonly what: string;
}

/** planned = executed + blocked + notRun + notApplicable, and executed = passed + failed, when every step has a result. */
export interface StepCounts {
  readonly planned: number;
  readonly executed: number;
  readonly passed: number;
  readonly failed: number;
  readonly blocked: number;
  readonly notRun: number;
  readonly notApplicable: number;
}

export interface IqRowCounts {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly notAvailable: number;
}

export interface Conclusion {
  readonly status: RunStatus;
  /** The one sentence that a reader may quote. */
  readonly conclusion: string;
  readonly counts: StepCounts;
  /** False when a planned step has no result. */
  readonly identityHolds: boolean;
  readonly iqRows: IqRowCounts;
  /** Empty exactly when the status is COMPLETE. */
  readonly problems: readonly Problem[];
}

/**
 * What a run amounts to. COMPLETE only when nothing at all departs from protocols and commitments; FAILED when
 * something was seen to be wrong, INCOMPLETE when something was not seen.
 */
export function conclude(
  protocols: readonly Protocol[],
  entries: readonly JournalEntry[],
  commitments: Commitments,
): Conclusion {
  const outcomes = stepOutcomes(protocols, entries);
  const counts = countSteps(outcomes);
  const identityHolds = counts.planned === counts.executed + counts.blocked + counts.notRun + counts.notApplicable;
  const problems = [
    ...checkCourse(entries, commitments),
    ...checkApprovals(protocols, entries, commitments.target.kind),
    ...checkAttempt(entries),
    ...checkClocks(entries, commitments.target.kind),
    ...checkSteps(protocols, entries, commitments),
  ];
  const status = statusOf(problems, identityHolds);
  const conclusion = wording(status, problems, counts, commitments) + provisionally(entries);
  return { status, conclusion, counts, identityHolds, iqRows: countRows(outcomes), problems };
}

function statusOf(problems: readonly Problem[], identityHolds: boolean): RunStatus {
  if (problems.some(({ status }) => status === "FAILED")) return "FAILED";
  return problems.length > 0 || !identityHolds ? "INCOMPLETE" : "COMPLETE";
}

function wording(status: RunStatus, problems: readonly Problem[], counts: StepCounts, { target }: Commitments): string {
  if (status !== "COMPLETE") {
    const first = problems[0] ? `: ${problems[0].where}: ${problems[0].what}` : "";
    return `run ${status.toLowerCase()} on this target, ${plural(problems.length, "problem")}${first}`;
  }
  if (target.access === "read-only") {
    return `evidence complete of what was read on this target, ${plural(counts.notRun, "step")} not run since nothing was written: no qualification by itself, to be reviewed by a person`;
  }
  if (target.kind === "aws") {
    const left = counts.notRun === 0 ? "" : `, ${plural(counts.notRun, "step")} not run on it`;
    return `evidence complete for this target${left}, to be reviewed and approved by a person`;
  }
  return `development evidence complete for this target, ${plural(counts.notRun, "step")} not run on it`;
}

/** A conclusion is quoted alone: what limits it must be in it. */
function provisionally(entries: readonly JournalEntry[]): string {
  return executionOf(entries)?.provisional ? "; provisional: executed without the required approvals" : "";
}

function countSteps(outcomes: readonly StepOutcome[]): StepCounts {
  const count = (result: string) => outcomes.filter(({ finished }) => finished?.result === result).length;
  const passed = count("PASS");
  const failed = count("FAIL");
  return {
    planned: outcomes.length,
    executed: passed + failed,
    passed,
    failed,
    blocked: count("BLOCKED"),
    notRun: count("NOT RUN"),
    notApplicable: count("NOT APPLICABLE"),
  };
}

function countRows(outcomes: readonly StepOutcome[]): IqRowCounts {
  const results = outcomes.flatMap(({ finished }) => finished?.rows ?? []).map(iqRowResult);
  const count = (result: string) => results.filter((r) => r === result).length;
  return { total: results.length, passed: count("PASS"), failed: count("FAIL"), notAvailable: count("NOT AVAILABLE") };
}

function plural(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n} ${noun}s`;
}
