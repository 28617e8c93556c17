// SPDX-License-Identifier: Apache-2.0
// The sample run of the evidence tests, with requirements and controls that its steps name.
import { readSealedRun, type StepFinished } from "../../../validation/evidence";
import type { Method, Requirement } from "../../../validation/requirements";
import type { LinkedControl } from "../../../validation/requirements/links";
import { type ExecutedRun, executedRun } from "../../../validation/traceability";
import { sampleRun, type Variation } from "../evidence/sample-run";
import { temporaryFolder } from "../plan/fixture-app/project";

/** What every step of the sample names, beside one that none names. */
export const REQUIREMENTS: readonly Requirement[] = [
  requirement("URS-012", ["IQ", "OQ"]),
  requirement("URS-013", ["inspection"]),
];

export const CONTROLS: readonly LinkedControl[] = [
  control("P11-10c-01", "critical", ["URS-012"]),
  control("P11-10c-06", "high", ["URS-013"]),
];

export function requirement(id: string, methods: readonly Method[], more: Partial<Requirement> = {}): Requirement {
  return {
    id,
    area: "protect",
    text: `What ${id} asks for.`,
    gxp: "direct",
    clauses: [{ source: "part11", name: "21 CFR Part 11", edition: "1997, as amended", clause: "11.10(c)" }],
    risk: {
      severity: "medium",
      probability: "medium",
      detectability: "medium",
      class: 2,
      priority: "medium",
      why: "It would be bad.",
    },
    verification: methods.map((method) => ({ method, shows: `That ${id} holds.` })),
    resources: [],
    status: "implemented",
    where: "protect.yaml:1",
    ...more,
  };
}

export function control(id: string, severity: string, requirements: readonly string[]): LinkedControl {
  return { id, title: `Control ${id}`, severity, clauses: ["11.10(c)"], requirements };
}

/** The sample run, made and read. */
export function executed(vary: Variation = {}): ExecutedRun {
  const folder = `${temporaryFolder()}/bundle`;
  sampleRun(folder, vary);
  return executedRun(readSealedRun(folder));
}

/** The sample run with other results of some steps; undefined leaves the step without one. */
export function executedWith(results: Readonly<Record<string, Partial<StepFinished> | undefined>>): ExecutedRun {
  return executed({
    result: (finished) => (finished.step in results ? changed(finished, results[finished.step]) : finished),
  });
}

function changed(finished: StepFinished, to: Partial<StepFinished> | undefined): StepFinished | undefined {
  return to && { reason: "as the test says", ...finished, ...to };
}

/** The same run as if it had been made later: a re-execution. */
export function asRetest(run: ExecutedRun, bundle: string, day = "2026-11-22"): ExecutedRun {
  const summary = {
    ...run.record.summary,
    bundle,
    startedAt: `${day}T08:00:00.000Z`,
    finishedAt: `${day}T09:00:00.000Z`,
  };
  return { ...run, record: { ...run.record, summary } };
}

/** The same run as if AWS had been its target, with every step passed: nothing but people are missing. */
export function onAws(run: ExecutedRun): ExecutedRun {
  const summary = { ...run.record.summary, target: { name: "aws", kind: "aws" as const } };
  return { ...run, record: { ...run.record, summary } };
}

/** Answers of the gate about the plan that had to pass. */
export function answering(run: ExecutedRun, statuses: Readonly<Record<string, string>>): ExecutedRun {
  const answers = Object.entries(statuses).map(([id, status]) => ({ control: id, plan: "production", status }));
  return { ...run, answers };
}
