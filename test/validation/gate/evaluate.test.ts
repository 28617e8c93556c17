// SPDX-License-Identifier: Apache-2.0
import { evaluate } from "../../../validation/gate";
import type { Policy } from "../../../validation/gate/policy";
import { factsOf, LOCKED } from "./facts-fixture";
import { fixturePolicy } from "./policy-fixture";

const FACTS = factsOf({ "aws_s3_bucket.raw": { values: LOCKED } });

let policy: Policy;
beforeAll(async () => {
  policy = await fixturePolicy();
});

describe("the evaluator", () => {
  it("returns the answers of every control by its id", () => {
    expect(evaluate(FACTS, policy).controls["FIX-01"]).toEqual({
      answers: [
        {
          address: "aws_s3_bucket.raw",
          attribute: "mode",
          status: "pass",
          expected: "COMPLIANCE",
          actual: "COMPLIANCE",
        },
      ],
      not_applicable: null,
    });
  });

  it("keeps the reason of a control that does not apply", () => {
    expect(evaluate(FACTS, policy).controls["FIX-03"]).toEqual({ answers: [], not_applicable: "no key" });
  });

  it("names every resource that was judged", () => {
    expect(evaluate(FACTS, policy).evaluated).toEqual(["aws_s3_bucket.raw"]);
  });

  it("answers the same when the input outgrows the memory it starts with", () => {
    const settings = { ...FACTS.settings, allowedRegions: ["x".repeat(70 * 1024 * 1024)] };
    const facts = { ...FACTS, settings };
    expect(evaluate(facts, policy).controls).toEqual(evaluate(FACTS, policy).controls);
  });

  it("lets no rule call a built-in that wasm lacks: it does not compile", async () => {
    const rule = `package part11.fix_04\n\nnot_applicable := "later" if time.now_ns() > 0\n`;
    await expect(fixturePolicy({ "part11/fix_04/fix_04.rego": rule })).rejects.toMatchObject({
      code: "POLICY_BUILD",
      message: expect.stringContaining("time.now_ns"),
    });
  });

  it("turns a text that the engine throws into an error with a code", () => {
    const lone = factsOf({ "aws_s3_bucket.raw": { values: { ...LOCKED, owner: "\ud800" } } });
    expect(() => evaluate(lone, policy)).toThrow(expect.objectContaining({ code: "ENGINE" }));
  });

  it("turns an unreadable wasm into an error with a code", () => {
    const damaged = { ...policy, wasm: policy.wasm.subarray(0, 100) };
    expect(() => evaluate(FACTS, damaged)).toThrow(expect.objectContaining({ code: "ENGINE" }));
  });

  it("refuses a conflict between two definitions instead of choosing one", async () => {
    const conflict = [
      "package part11.fix_04",
      "",
      'answers contains {"address": "plan", "attribute": "a", "status": "pass", "expected": "a", "actual": "a"}',
      "",
      "both := true if input.schemaVersion == 1",
      "",
      "both := false if input.schemaVersion == 1",
      "",
      'not_applicable := "none" if both',
    ].join("\n");
    const metadata = METADATA.replace("FIX-00", "FIX-04");
    const broken = await fixturePolicy({ "part11/fix_04/fix_04.rego": `${metadata}\n${conflict}\n` });
    expect(() => evaluate(FACTS, broken)).toThrow(expect.objectContaining({ code: "ENGINE" }));
  });
});

const METADATA = `# METADATA
# title: Fixture
# description: Fixture.
# scope: package
# custom:
#   id: FIX-00
#   severity: low
#   clauses: ["11.10(a)"]
#   failure_msg: "x"
#   fix: "x"`;
