// SPDX-License-Identifier: Apache-2.0
import type { ControlDecision, Decisions, Finding } from "../decisions";
import { type JunitCase, type JunitResult, junitDocument } from "./junit-suite";
import {
  basisOf,
  counts,
  digestsOf,
  isRefusal,
  type Outcome,
  type Refusal,
  setAside,
  statusWord,
  totalsLine,
} from "./outcome";

/**
 * JUnit XML: a test case a control, and one for the verdict, so that a run that failed or judged nothing is never green.
 * Skipped are the controls that do not apply and those whose findings do not fail the gate.
 */
export function junitView(outcome: Outcome): string {
  const cases = isRefusal(outcome) ? [refused(outcome)] : [verdict(outcome), ...outcome.controls.map(caseIn(outcome))];
  const name = isRefusal(outcome) ? "part11 gate" : `part11 gate ${outcome.environment}`;
  return junitDocument("part11 gate", [{ name, properties: properties(outcome), cases }]);
}

function refused({ error }: Refusal): JunitCase {
  const { code, message } = error;
  return { group: "part11 gate", name: "verdict", result: "error", message: `${code}: ${message}`, lines: [] };
}

function verdict(decisions: Decisions): JunitCase {
  const message = `${decisions.verdict} in ${decisions.environment}: ${totalsLine(decisions)}`;
  const result = decisions.verdict === "pass" ? "passed" : "failure";
  return { group: "part11 gate", name: "verdict", result, message, lines: [] };
}

function caseIn(decisions: Decisions): (control: ControlDecision) => JunitCase {
  return (control) => {
    const { id, title, clauses, status, reason, findings } = control;
    const group = clauses[0] ?? "no clause";
    const message = [statusWord(status), reason ?? `${findings.length} findings`].join(": ");
    const lines = findings.flatMap((finding) => findingLines(control, finding));
    return { group, name: `${id} ${title}`, result: resultOf(decisions, control), message, lines };
  };
}

function resultOf(decisions: Decisions, control: ControlDecision): JunitResult {
  const { status, findings } = control;
  if (findings.some((finding) => counts(decisions, control, finding))) return "failure";
  if (status === "pass") return "passed";
  const known = ["fail", "unknown", "pending", "waived", "not_applicable"].includes(status);
  return known ? "skipped" : "error";
}

function findingLines(control: ControlDecision, finding: Finding): readonly string[] {
  const { status, severity, address, attribute, expected, actual, construct, fix } = finding;
  const aside = setAside(control, finding);
  return [
    `${status} ${severity}  ${address}  ${attribute}`,
    `  clause ${control.clauses.join(", ")}`,
    ...(construct === null ? [] : [`  in     ${construct}`]),
    `  want   ${expected}`,
    `  got    ${actual}`,
    `  fix    ${fix}`,
    ...(aside === undefined ? [] : [`  ${aside}`]),
    ...digestsOf(finding).map(([name, hex]) => `  ${name} ${hex}`),
  ];
}

function properties(outcome: Outcome): ReadonlyArray<readonly [string, string]> {
  if (isRefusal(outcome)) return [];
  return [["verdict", outcome.verdict], ["environment", outcome.environment], ...basisOf(outcome)];
}
