// SPDX-License-Identifier: Apache-2.0
import { entriesOf, type Problem, type RunRecord, type StepOutcome, stepOutcomes } from "../evidence";
import { digestOf, sha256Hex } from "../json";
import type { RequirementLinks } from "../requirements/links";
import type { OpenedDeviation } from "./deviation";
import { severityOf } from "./severity";

/** Place of the deviation of all steps that have no result. */
export const UNEXECUTED = "steps-without-result";

/**
 * Deviations of one execution: one for each step that failed, was blocked, or departs from protocol or commitments in
 * another way; one for all steps without a result; one for each other place where the run's conclusion finds a problem.
 * So a run whose status is not COMPLETE has at least one.
 *
 * @param attempt from 1
 */
export function openDeviations(record: RunRecord, attempt: number, links: RequirementLinks): OpenedDeviation[] {
  const outcomes = stepOutcomes(record.protocols, record.entries);
  const stepOf = places(outcomes);
  const ofStep = new Map<string, Problem[]>();
  const ofCourse = new Map<string, Problem[]>();
  for (const problem of record.summary.problems) {
    const step = stepOf.get(problem.where);
    const [lists, key] = step === undefined ? [ofCourse, problem.where] : [ofStep, step];
    lists.set(key, [...(lists.get(key) ?? []), problem]);
  }
  const departed = outcomes.filter(
    ({ step, finished }) =>
      finished && (ofStep.has(step.id) || finished.result === "FAIL" || finished.result === "BLOCKED"),
  );
  const unexecuted = outcomes.filter(({ finished }) => !finished);
  return [
    ...departed.map((outcome) => stepDeviation(record, attempt, outcome, ofStep.get(outcome.step.id) ?? [], links)),
    ...(unexecuted.length > 0 ? [unexecutedDeviation(record, attempt, unexecuted, links)] : []),
    ...[...ofCourse].map(([place, problems]) => courseDeviation(record, attempt, place, problems)),
  ];
}

/** Step of each place that a conclusion may name it by: `step <id>`, its id, or an id of its rows, planned or recorded. */
function places(outcomes: readonly StepOutcome[]): ReadonlyMap<string, string> {
  return new Map(
    outcomes.flatMap(({ step, finished }) => [
      ...(step.readBack?.attributes ?? []).map((name) => [`${step.readBack!.address}#${name}`, step.id] as const),
      ...(finished?.rows ?? []).map(({ id }) => [id, step.id] as const),
      [step.id, step.id] as const,
      [`step ${step.id}`, step.id] as const,
    ]),
  );
}

function stepDeviation(
  record: RunRecord,
  attempt: number,
  { protocol, step, finished }: StepOutcome,
  problems: readonly Problem[],
  links: RequirementLinks,
): OpenedDeviation {
  const entry = entriesOf(record.entries, "step-finished").find(
    ({ body }) => body.protocol === protocol.id && body.step === step.id,
  );
  const said = [finished!.result, finished!.actual, finished!.reason ?? "", ...problems.map(({ what }) => what)];
  return opened(record, attempt, step.id, links.ofStep(step), links, {
    protocol: protocol.id,
    step: step.id,
    place: `step ${step.id}`,
    detectedAt: entry!.at,
    expected: `${step.expected}; ${step.acceptance}`,
    actual: [...new Set(said.filter((text) => text !== ""))].join("; "),
  });
}

function unexecutedDeviation(
  record: RunRecord,
  attempt: number,
  outcomes: readonly StepOutcome[],
  links: RequirementLinks,
): OpenedDeviation {
  const each = outcomes.map(({ step }) => links.ofStep(step));
  const union = {
    controls: [...new Set(each.flatMap(({ controls }) => controls))].sort(),
    requirements: [...new Set(each.flatMap(({ requirements }) => requirements))].sort(),
  };
  return opened(record, attempt, UNEXECUTED, union, links, {
    protocol: null,
    step: null,
    place: UNEXECUTED,
    detectedAt: record.summary.finishedAt,
    expected: "a result of every planned step",
    actual: `none of ${outcomes.length}: ${outcomes.map(({ step }) => step.id).join(", ")}`,
  });
}

function courseDeviation(
  record: RunRecord,
  attempt: number,
  place: string,
  problems: readonly Problem[],
): OpenedDeviation {
  // Places hold any character, and two of them may look alike once they are a part of an id.
  const name = `run-${sha256Hex(place).slice(0, 8)}`;
  return withDigest({
    id: idOf(record, attempt, name),
    run: record.summary.bundle,
    attempt,
    protocol: null,
    step: null,
    place,
    detectedAt: record.summary.finishedAt,
    expected: "the course that protocols and commitments fix",
    actual: problems.map(({ what }) => what).join("; "),
    severity: "critical",
    severityFrom: ["what goes wrong outside of a step puts every result of the run in doubt"],
    requirements: [],
    controls: [],
  });
}

function opened(
  record: RunRecord,
  attempt: number,
  name: string,
  linked: { readonly controls: readonly string[]; readonly requirements: readonly string[] },
  links: RequirementLinks,
  seen: Pick<OpenedDeviation, "protocol" | "step" | "place" | "detectedAt" | "expected" | "actual">,
): OpenedDeviation {
  const { severity, from } = severityOf(linked, links);
  const { controls, requirements } = linked;
  const of = { id: idOf(record, attempt, name), run: record.summary.bundle, attempt };
  return withDigest({ ...of, ...seen, severity, severityFrom: from, requirements, controls });
}

function idOf({ summary }: RunRecord, attempt: number, name: string): string {
  return `DEV-${summary.bundle}-${attempt}-${name}`;
}

function withDigest(deviation: Omit<OpenedDeviation, "digest">): OpenedDeviation {
  return { ...deviation, digest: digestOf(deviation) };
}
