// SPDX-License-Identifier: Apache-2.0
import type { ControlDecision, Decisions, Finding, Outcome } from "../../../../validation/gate";

export function finding(over: Partial<Finding> = {}): Finding {
  return {
    address: "aws_s3_bucket.raw",
    attribute: "rule.default_retention.mode",
    severity: "critical",
    status: "fail",
    expected: "COMPLIANCE",
    actual: "GOVERNANCE",
    construct: "zone/raw/lock",
    message: "not locked",
    fix: "Set the mode.",
    ...over,
  };
}

export function control(over: Partial<ControlDecision> = {}): ControlDecision {
  const plain = { id: "P11-10c-02", title: "Lock mode", severity: "critical", clauses: ["11.10(c)"] } as const;
  return { ...plain, status: "pass", findings: [], ...over };
}

export function decisions(verdict: Decisions["verdict"], controls: readonly ControlDecision[]): Decisions {
  return {
    schemaVersion: 1,
    verdict,
    environment: "production",
    target: "aws",
    digests: {
      plan: "a".repeat(64),
      synth: null,
      lock: null,
      policy: "b".repeat(64),
      settings: null,
      waivers: null,
      bundle: null,
    },
    tools: { opa: "1.22.0", part11: "0.1.0" },
    evaluatedResources: { count: 3, digest: "c".repeat(64) },
    controls,
  };
}

/** A control of every status there is. */
export const EVERY_STATUS: readonly ControlDecision[] = [
  control({
    ...{ id: "P11-10a-01", title: "Passed", clauses: ["11.10(a)"] },
    subjects: { count: 21, addresses: ["aws_kms_key.judged"] },
  }),
  control({ status: "fail", findings: [finding()] }),
  control({
    id: "P11-30-01",
    title: "Doubted",
    severity: "medium",
    clauses: ["11.30"],
    status: "unknown",
    findings: [finding({ status: "unknown", severity: "medium", address: "aws_kms_key.k", construct: null })],
  }),
  control({
    id: "P11-10f-01",
    title: "Awaited",
    status: "pending",
    reason: "no module yet",
    findings: [finding({ address: "aws_s3_bucket.inbox" })],
  }),
  control({
    id: "P11-10k-01",
    title: "Waived",
    status: "waived",
    reason: "risk accepted until March",
    findings: [finding({ address: "aws_s3_bucket.old" })],
  }),
  control({ id: "P11-10b-01", title: "Elsewhere", status: "not_applicable", reason: "no inspector" }),
  control({ id: "P11-10g-01", title: "Broken", status: "error", reason: "rule stopped" }),
];

export const FAILED = decisions("fail", EVERY_STATUS);
export const PASSED = decisions("pass", [control()]);
export const REFUSED: Outcome = {
  schemaVersion: 1,
  verdict: "error",
  error: { code: "NOT_JSON", message: "file not understood in plan.json: expected JSON, got text; make it again" },
};

/** One text in every place that a plan, a synth, a settings file or a policy can fill. */
export function filledWith(text: string): Decisions {
  const filled = { address: text, attribute: text, expected: text, actual: text, message: text, fix: text } as const;
  return decisions("fail", [
    control({
      ...{ title: text, status: "fail", clauses: [text], subjects: { count: 1, addresses: [text] } },
      findings: [finding({ ...filled, construct: text })],
    }),
    control({ id: "P11-30-01", status: "waived", reason: text, findings: [finding({ ...filled, construct: text })] }),
    control({ id: "P11-10b-01", title: text, status: "not_applicable", reason: text }),
  ]);
}
