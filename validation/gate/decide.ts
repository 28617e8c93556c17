// SPDX-License-Identifier: Apache-2.0

import { Part11Error } from "../error";
import type { Facts } from "../facts/facts";
import { canonicalJson, digestOf, sha256Hex } from "../json";
import {
  type Answer,
  type ControlDecision,
  type ControlMetadata,
  type Decisions,
  type Evaluation,
  type Finding,
  type PENDING,
  SEVERITIES,
  type Severity,
} from "./decisions";
import { JudgedValues } from "./judged-value";
import type { Policy } from "./policy";
import { subjectsOf } from "./subjects";
import { coverFindings } from "./waivers";

/** The control that judges waivers themselves. */
const ABOUT_WAIVERS = "META-07";

const WAITS_FOR: Readonly<Record<(typeof PENDING)[number], string>> = {
  receive: "decides nothing in this release: what meets it comes with the modules that receive data",
};

export interface DecideOptions {
  /** Least severity of a failed control that fails the gate. `@default` low */
  readonly failOn?: Severity;
  /** SHA-256 of the sidecar of house rules whose answers are among the evaluation, hex. `@default` none */
  readonly bundleDigest?: string;
}

/** The gate's decisions: every control's status, findings and the verdict. Pure; the same input gives the same value. */
export function decide(facts: Facts, policy: Policy, evaluation: Evaluation, options: DecideOptions = {}): Decisions {
  const { environment } = facts.settings;
  const controls = decideControls(facts, policy.sidecar.controls, evaluation);
  const evaluated = [...evaluation.evaluated].sort(compare);
  return {
    schemaVersion: 1,
    verdict: fails(controls, options.failOn ?? "low") ? "fail" : "pass",
    environment,
    target: facts.meta.target,
    digests: {
      ...facts.meta.digests,
      policy: policy.digest,
      waivers: facts.waivers?.digest ?? null,
      bundle: options.bundleDigest ?? null,
    },
    ...(facts.waivers ? { waiversAsOf: facts.waivers.asOf } : {}),
    tools: facts.meta.tools,
    evaluatedResources: { count: evaluated.length, digest: digestOf(evaluated) },
    controls,
  };
}

/** The one byte sequence of decisions: RFC 8785 and a line end. */
export function decisionBytes(decisions: Decisions): string {
  return `${canonicalJson(decisions)}\n`;
}

/** Findings that are unknown and do not fail the gate. */
export function toleratedUnknowns(decisions: Decisions): number {
  return findingsOf(decisions.controls).filter((f) => f.status === "unknown" && !isGrave(f.severity)).length;
}

function decideControls(
  facts: Facts,
  catalogue: readonly ControlMetadata[],
  evaluation: Evaluation,
): readonly ControlDecision[] {
  const values = new JudgedValues(facts);
  const decided = [...catalogue]
    .sort((a, b) => compare(a.id, b.id))
    .map((control) => decideControl(control, evaluation.controls[control.id]!, facts, values));
  if (!facts.waivers) return decided;
  const { controls, answers } = coverFindings(decided, catalogue, facts.waivers);
  // Only who covers the findings knows which entries cover none, so that part of META-07 is said here.
  const about = catalogue.find(({ id }) => id === ABOUT_WAIVERS);
  if (!about) throw unjudgedWaivers();
  const judged = [...evaluation.controls[about.id]!.answers, ...answers];
  const outcome = judged.length === 0 ? evaluation.controls[about.id]! : { answers: judged, not_applicable: null };
  return controls.map((control) => (control.id === about.id ? decideControl(about, outcome, facts, values) : control));
}

function decideControl(
  control: ControlMetadata,
  outcome: Evaluation["controls"][string],
  facts: Facts,
  values: JudgedValues,
): ControlDecision {
  const { id, title, severity, clauses, environments } = control;
  const head = { id, title, severity, clauses };
  const { environment } = facts.settings;
  if (!environments.includes(environment)) {
    const reason = `applies to ${environments.join(", ")}, not to ${environment}`;
    return { ...head, status: "not_applicable", reason, findings: [] };
  }
  if (outcome.not_applicable !== null) {
    return { ...head, status: "not_applicable", reason: outcome.not_applicable, findings: [] };
  }
  const subjects = subjectsOf(outcome.answers);
  const findings = outcome.answers
    .filter((answer) => answer.status !== "pass")
    .map((answer) => finding(control, answer, facts, values))
    .sort(byPlace);
  const statuses = new Set(findings.map((f) => f.status));
  const status = statuses.has("fail") ? "fail" : statuses.has("unknown") ? "unknown" : "pass";
  if (status !== "pass" && control.pending !== undefined) {
    return { ...head, status: "pending", reason: WAITS_FOR[control.pending], subjects, findings };
  }
  return { ...head, status, subjects, findings };
}

function finding(control: ControlMetadata, answer: Answer, facts: Facts, values: JudgedValues): Finding {
  const { address, attribute, expected, actual } = answer;
  // What decides nothing yet is nobody's to accept.
  const isWaivable = control.waivable !== false && control.pending === undefined;
  const resource = Object.hasOwn(facts.resources, address) ? facts.resources[address] : undefined;
  return {
    address,
    attribute,
    severity: gravest(control.severity, answer.severity ?? control.severity),
    status: answer.status as Finding["status"],
    expected,
    actual,
    construct: resource?.construct ?? null,
    message: fill(control.failure_msg, { address, attribute, expected, actual }),
    fix: fill(control.fix, { address, attribute, expected, actual }),
    ...(answer.status === "fail" && isWaivable ? { expectedDigest: sha256Hex(expected) } : {}),
    ...(isWaivable ? { valueDigest: values.digest(control, answer) } : {}),
  };
}

// One pass over the template, so that a value which looks like a placeholder stays what it is.
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(address|attribute|expected|actual)\}/g, (_, name: string) => values[name]!);
}

function fails(controls: readonly ControlDecision[], failOn: Severity): boolean {
  return findingsOf(controls).some((f) =>
    f.status === "fail" ? rank(f.severity) >= rank(failOn) : isGrave(f.severity),
  );
}

/** Findings that count: those of pending controls and those that somebody answers for are shown and decide nothing. */
function findingsOf(controls: readonly ControlDecision[]): readonly Finding[] {
  return controls.flatMap(({ status, findings }) =>
    status === "pending" ? [] : findings.filter(({ waiver }) => waiver === undefined),
  );
}

function unjudgedWaivers(): Part11Error {
  return new Part11Error({
    code: "ENGINE_PROOF",
    what: "waivers that no control judges",
    where: "part11.wasm",
    expected: `control ${ABOUT_WAIVERS}`,
    got: "none",
    todo: "judge without waivers, or with policies that have it; nothing was judged",
  });
}

function isGrave(severity: Severity): boolean {
  return rank(severity) >= rank("high");
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

function gravest(a: Severity, b: Severity): Severity {
  return rank(a) >= rank(b) ? a : b;
}

function byPlace(a: Finding, b: Finding): number {
  for (const key of ["address", "attribute", "status", "expected", "actual"] as const) {
    const order = compare(a[key], b[key]);
    if (order !== 0) return order;
  }
  return 0;
}

// By code unit: the order must not depend on the machine's locale.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
