// SPDX-License-Identifier: Apache-2.0
import { type RunRecord, SEAL_MEANING, untiedSource } from "../evidence";
import { type JunitCase, type JunitResult, type JunitSuite, junitDocument } from "../gate/views/junit-suite";
import type { ExecutedStep, StepState } from "./executed-steps";

const RESULTS: Readonly<Record<StepState, JunitResult>> = {
  passed: "passed",
  failed: "failure",
  broken: "error",
  left: "skipped",
};

/**
 * A run as JUnit XML: a suite a protocol, a case a step, and one case for the conclusion of the run, which no other status
 * than COMPLETE passes. What was not run or does not apply is skipped, with its reason.
 */
export function runJunit({ summary, protocols }: RunRecord, steps: readonly ExecutedStep[]): string {
  const { bundle, system, environment, target, status, startedAt, finishedAt, journalHead } = summary;
  const conclusion: JunitCase = {
    group: "run",
    name: "conclusion",
    result: status === "COMPLETE" ? "passed" : "failure",
    message: `${status}: ${summary.conclusion}`,
    lines: summary.problems.map(({ status: how, where, what }) => `${how} ${where}: ${what}`),
  };
  const properties = [
    ["bundle", bundle],
    ["system", system],
    ["environment", environment],
    ["target", `${target.name} (${target.kind})`],
    ["started-at", startedAt],
    ["finished-at", finishedAt],
    ["journal-head", journalHead],
    ["sources", untiedSource(summary) ?? `commit ${summary.source.commit}`],
    ["seal", SEAL_MEANING],
  ] as const;
  const suites: JunitSuite[] = protocols.map((protocol) => ({
    name: `${protocol.id} ${protocol.title}`,
    properties: [],
    cases: steps.filter((one) => one.protocol.id === protocol.id).map(caseOf),
  }));
  return junitDocument(`part11 ${bundle}`, [{ name: "run", properties, cases: [conclusion] }, ...suites]);
}

function caseOf({ protocol, step, state, result, says, entry, seconds }: ExecutedStep): JunitCase {
  return {
    group: protocol.id,
    name: `${step.id} ${step.title}`,
    result: RESULTS[state],
    message: `${result}: ${says}`,
    lines:
      state === "passed"
        ? []
        : [`action    ${step.action}`, `expected  ${step.expected}`, `actual    ${entry?.body.actual ?? ""}`],
    ...(seconds === undefined ? {} : { seconds }),
  };
}
