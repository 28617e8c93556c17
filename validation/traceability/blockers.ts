// SPDX-License-Identifier: Apache-2.0
import { canQualify, READ_ONLY } from "../evidence";
import type { Blocker, RowStatus, TraceMatrix } from "./matrix";

/** Statuses that leave nothing open which this matrix could close. */
const SETTLED: readonly RowStatus[] = ["VERIFIED", "BY PROCEDURE", "OUT OF SCOPE"];

/**
 * What keeps a report over this matrix from being FINAL: an uncovered requirement, an open deviation, a run that is not
 * complete, figures that do not add up, a step not applicable without approval, a target that is not AWS, a run that only read.
 *
 * @param unapproved steps that did not apply and that nobody approved as such
 */
export function blockersOf(
  matrix: Pick<TraceMatrix, "target" | "runs" | "deviations" | "requirements">,
  unapproved: readonly string[],
): Blocker[] {
  const { target, runs, deviations, requirements } = matrix;
  const last = runs[runs.length - 1]!;
  return [
    ...(target.kind === "aws"
      ? []
      : [blocker("DEVELOPMENT_EVIDENCE", target.name, "development evidence is no qualification, whatever it shows")]),
    ...(target.kind === "aws" && !canQualify(target) ? [blocker("RUN_READ_ONLY", target.name, READ_ONLY)] : []),
    ...(last.status === "COMPLETE" || deviations.some(({ run }) => run === last.run)
      ? []
      : [blocker("RUN_NOT_COMPLETE", last.run, `${last.status}, and no deviation says why`)]),
    // Of an earlier one the steps without a result are a deviation, which a re-execution closes.
    ...(last.balance.holds ? [] : [blocker("COUNTS_DISAGREE", last.run, last.balance.equation)]),
    ...unapproved.map((step) =>
      blocker("NOT_APPLICABLE_UNAPPROVED", step, "no reason with an approver says that it does not apply"),
    ),
    ...deviations
      .filter(({ state }) => state === "open")
      .map(({ id, severity, because }) => blocker("DEVIATION_OPEN", id, `${severity}, open: ${because}`)),
    ...requirements
      .filter(({ status }) => !SETTLED.includes(status))
      .map(({ id, status, because }) => blocker("REQUIREMENT_UNCOVERED", id, `${status}: ${because.join("; ")}`)),
  ];
}

function blocker(code: Blocker["code"], where: string, what: string): Blocker {
  return { code, where, what };
}
