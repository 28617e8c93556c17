// SPDX-License-Identifier: Apache-2.0
import type { ControlDecision, Decisions, Finding } from "../decisions";
import { xml } from "../escape/xml";
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

type Result = "passed" | "failure" | "error" | "skipped";

interface Case {
  readonly group: string;
  readonly name: string;
  readonly result: Result;
  /** Of the result; for a pass what stands in its output. */
  readonly message: string;
  readonly lines: readonly string[];
}

/**
 * JUnit XML: a test case a control, and one for the verdict, so that a run that failed or judged nothing is never green.
 * Skipped are the controls that do not apply and those whose findings do not fail the gate.
 */
export function junitView(outcome: Outcome): string {
  const cases = isRefusal(outcome) ? [refused(outcome)] : [verdict(outcome), ...outcome.controls.map(caseIn(outcome))];
  const of = (result: Result) => cases.filter((one) => one.result === result).length;
  const total = `tests="${cases.length}" failures="${of("failure")}" errors="${of("error")}" skipped="${of("skipped")}"`;
  const name = isRefusal(outcome) ? "part11 gate" : `part11 gate ${outcome.environment}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="part11 gate" ${total}>`,
    `  <testsuite name="${xml(name)}" ${total}>`,
    ...properties(outcome),
    ...cases.flatMap(caseLines),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function refused({ error }: Refusal): Case {
  const { code, message } = error;
  return { group: "part11 gate", name: "verdict", result: "error", message: `${code}: ${message}`, lines: [] };
}

function verdict(decisions: Decisions): Case {
  const message = `${decisions.verdict} in ${decisions.environment}: ${totalsLine(decisions)}`;
  const result = decisions.verdict === "pass" ? "passed" : "failure";
  return { group: "part11 gate", name: "verdict", result, message, lines: [] };
}

function caseIn(decisions: Decisions): (control: ControlDecision) => Case {
  return (control) => {
    const { id, title, clauses, status, reason, findings } = control;
    const group = clauses[0] ?? "no clause";
    const message = [statusWord(status), reason ?? `${findings.length} findings`].join(": ");
    const lines = findings.flatMap((finding) => findingLines(control, finding));
    return { group, name: `${id} ${title}`, result: resultOf(decisions, control), message, lines };
  };
}

function resultOf(decisions: Decisions, control: ControlDecision): Result {
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

function properties(outcome: Outcome): readonly string[] {
  if (isRefusal(outcome)) return [];
  const pairs = [["verdict", outcome.verdict], ["environment", outcome.environment], ...basisOf(outcome)] as const;
  return [
    "    <properties>",
    ...pairs.map(([name, value]) => `      <property name="${xml(name)}" value="${xml(value)}"/>`),
    "    </properties>",
  ];
}

function caseLines({ group, name, result, message, lines }: Case): readonly string[] {
  const head = `    <testcase classname="${xml(group)}" name="${xml(name)}"`;
  const text = lines.map(xml).join("\n");
  if (result === "passed") return [`${head}><system-out>${xml(message)}</system-out></testcase>`];
  const attributes = result === "skipped" ? "" : ` type="${result}"`;
  return [`${head}>`, `      <${result}${attributes} message="${xml(message)}">${text}</${result}>`, "    </testcase>"];
}
