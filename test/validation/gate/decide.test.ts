// SPDX-License-Identifier: Apache-2.0
import { type Answer, type ControlMetadata, decide, decisionBytes, type Severity } from "../../../validation/gate";
import type { Policy } from "../../../validation/gate/policy";
import { assertSchema } from "../../../validation/json";
import { factsOf } from "./facts-fixture";

const FACTS = factsOf({
  "aws_s3_bucket.raw": { construct: "landing-zone/raw/bucket" },
  "aws_s3_bucket.audit": {},
});

function control(over: Partial<ControlMetadata> = {}): ControlMetadata {
  return {
    id: "FIX-01",
    package: "part11.fix_01",
    title: "Locked",
    description: "Locked.",
    severity: "medium",
    clauses: ["11.10(c)"],
    annex11: [],
    alcoa: [],
    requirements: [],
    resources: ["aws_s3_bucket"],
    attributes: [],
    environments: ["production", "qualification"],
    bucket_roles: [],
    failure_msg: "{address}: {attribute} is {actual}",
    fix: "set {attribute} to {expected}",
    verified_by: [],
    ...over,
  };
}

function answer(status: Answer["status"], over: Partial<Answer> = {}): Answer {
  return { address: "aws_s3_bucket.raw", attribute: "mode", status, expected: "A", actual: "B", ...over };
}

function decided(answers: readonly Answer[], over: Partial<ControlMetadata> = {}, failOn?: Severity, facts = FACTS) {
  const sidecar = { schemaVersion: 1, opaVersion: "1.22.0", controls: [control(over)], data: {} };
  const policy = { sidecar, wasm: Buffer.alloc(0), digest: "1".repeat(64) } as unknown as Policy;
  const controls = { "FIX-01": { answers, not_applicable: answers.length === 0 ? "no bucket" : null } };
  const evaluation = { controls, evaluated: ["aws_s3_bucket.audit", "aws_s3_bucket.raw"] };
  return decide(facts, policy, evaluation, failOn ? { failOn } : {});
}

describe("a control's status", () => {
  it.each([
    ["pass", [answer("pass")], "pass"],
    ["unknown", [answer("pass"), answer("unknown")], "unknown"],
    ["fail", [answer("pass"), answer("unknown"), answer("fail")], "fail"],
    ["not_applicable", [], "not_applicable"],
  ] as const)("is %s when that is the gravest answer", (_, answers, status) => {
    expect(decided(answers).controls[0]?.status).toBe(status);
  });

  it("is pending, with its findings and a reason, where the module comes later", () => {
    const [pending] = decided([answer("fail")], { pending: "receive", severity: "critical" }).controls;
    expect(pending).toMatchObject({ status: "pending", reason: expect.stringContaining("decides nothing") });
    expect(pending?.findings).toHaveLength(1);
  });

  it("is pass where a pending control is met", () => {
    expect(decided([answer("pass")], { pending: "receive" }).controls[0]?.status).toBe("pass");
  });

  it("decides nothing while pending", () => {
    expect(decided([answer("fail")], { pending: "receive", severity: "critical" }).verdict).toBe("pass");
    expect(decided([answer("unknown")], { pending: "receive", severity: "critical" }).verdict).toBe("pass");
  });

  it("gives the reason of a control that does not apply", () => {
    expect(decided([]).controls[0]?.reason).toBe("no bucket");
  });

  it("is not_applicable in an environment that its METADATA leaves out", () => {
    const development = factsOf({ "aws_s3_bucket.raw": {} }, "development");
    expect(decided([answer("fail")], {}, undefined, development).controls[0]).toMatchObject({
      status: "not_applicable",
      reason: "applies to production, qualification, not to development",
      findings: [],
    });
  });
});

describe("a finding", () => {
  it("carries place, construct path, message and fix", () => {
    expect(decided([answer("fail")]).controls[0]?.findings).toEqual([
      {
        address: "aws_s3_bucket.raw",
        attribute: "mode",
        severity: "medium",
        status: "fail",
        expected: "A",
        actual: "B",
        construct: "landing-zone/raw/bucket",
        message: "aws_s3_bucket.raw: mode is B",
        fix: "set mode to A",
        expectedDigest: "559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd",
        valueDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it("is made of fail and unknown answers only", () => {
    expect(decided([answer("pass"), answer("unknown")]).controls[0]?.findings).toHaveLength(1);
  });

  it("has no construct path when the plan does not hold its address", () => {
    expect(decided([answer("fail", { address: "plan" })]).controls[0]?.findings[0]?.construct).toBeNull();
  });

  it("does not take an address for a member that every object has", () => {
    expect(decided([answer("fail", { address: "constructor" })]).controls[0]?.findings[0]?.construct).toBeNull();
  });

  it("leaves a value that looks like a placeholder as it is", () => {
    const finding = decided([answer("fail", { actual: "{expected}" })]).controls[0]?.findings[0];
    expect(finding?.message).toBe("aws_s3_bucket.raw: mode is {expected}");
  });

  it("stands in the order of its address and attribute, whatever order the engine gave", () => {
    const answers = [
      answer("fail", { attribute: "z" }),
      answer("fail", { attribute: "a" }),
      answer("unknown", { address: "aws_s3_bucket.audit" }),
    ];
    const forward = decided(answers).controls[0]?.findings.map((f) => `${f.address} ${f.attribute}`);
    expect(forward).toEqual(["aws_s3_bucket.audit mode", "aws_s3_bucket.raw a", "aws_s3_bucket.raw z"]);
    expect(decided([...answers].reverse())).toEqual(decided(answers));
  });

  it("may be graver than its control", () => {
    expect(decided([answer("fail", { severity: "critical" })]).controls[0]?.findings[0]?.severity).toBe("critical");
  });

  it("is never milder than its control", () => {
    expect(decided([answer("fail", { severity: "low" })]).controls[0]?.findings[0]?.severity).toBe("medium");
  });
});

describe("the verdict", () => {
  it.each([
    ["pass", "nothing was found", [answer("pass")], "critical", undefined],
    ["fail", "a low control failed", [answer("fail")], "low", undefined],
    ["pass", "the failed control is below --fail-on", [answer("fail")], "medium", "high"],
    ["fail", "the failed control is at --fail-on", [answer("fail")], "high", "high"],
    ["fail", "one answer is graver than its control", [answer("fail", { severity: "critical" })], "low", "critical"],
    ["fail", "a high control is unknown", [answer("unknown")], "high", "critical"],
    ["fail", "a critical control is unknown", [answer("unknown")], "critical", undefined],
    ["pass", "a medium control is unknown", [answer("unknown")], "medium", undefined],
    ["pass", "no control applies", [], "critical", undefined],
  ] as const)("is %s when %s", (verdict, _, answers, severity, failOn) => {
    expect(decided(answers, { severity }, failOn).verdict).toBe(verdict);
  });
});

describe("the decisions", () => {
  it("hold to their schema", () => {
    expect(() => assertSchema("decisions", decided([answer("fail")]), "decisions")).not.toThrow();
  });

  it("name the policy that judged", () => {
    expect(decided([answer("pass")]).digests.policy).toBe("1".repeat(64));
  });

  it("count and digest what was judged", () => {
    expect(decided([answer("pass")]).evaluatedResources).toEqual({
      count: 2,
      // SHA-256 of ["aws_s3_bucket.audit","aws_s3_bucket.raw"]
      digest: "1de3a9f8597037577a7d6f6ed30729a73f7405c957df93597110fe70c3d61b40",
    });
  });

  it("name what a control judged, once each, whatever came of it", () => {
    const [passed] = decided([
      answer("pass"),
      answer("fail"),
      answer("pass", { address: "aws_s3_bucket.audit" }),
    ]).controls;
    expect(passed?.subjects).toEqual({ count: 2, addresses: ["aws_s3_bucket.audit", "aws_s3_bucket.raw"] });
  });

  it("name the first twenty of many subjects, and count them all", () => {
    const addresses = Array.from({ length: 205 }, (_, i) => `aws_s3_bucket.raw[${i}]`);
    const all = addresses.map((address) => answer("pass", { address }));
    const subjects = { count: 205, addresses: [...addresses].sort().slice(0, 20) };
    expect(decided(all).controls[0]?.subjects).toEqual(subjects);
    expect(decided([...all].reverse()).controls[0]?.subjects).toEqual(subjects);
  });

  it("name no subject where a control does not apply", () => {
    expect(decided([]).controls[0]).not.toHaveProperty("subjects");
  });

  it("are the same bytes for the same input", () => {
    expect(decisionBytes(decided([answer("fail")]))).toBe(decisionBytes(decided([answer("fail")])));
  });
});
