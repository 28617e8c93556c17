// SPDX-License-Identifier: Apache-2.0
import * as fc from "fast-check";
import type { ControlMetadata } from "../../../validation/gate";
import { joined, proven } from "../../../validation/gate/proof";
import { drawn } from "../../drawn";
import { factsOf } from "./facts-fixture";

const CONTROL = {
  id: "FIX-01",
  package: "part11.fix_01",
  title: "Locked",
  description: "Locked.",
  severity: "critical",
  clauses: ["11.10(c)"],
  annex11: [],
  alcoa: [],
  requirements: [],
  resources: ["aws_s3_bucket"],
  attributes: [],
  environments: ["production"],
  bucket_roles: [],
  failure_msg: "x",
  fix: "x",
  verified_by: [],
} as const;
const CONTROLS: readonly ControlMetadata[] = [CONTROL];
const FACTS = factsOf({ "aws_s3_bucket.raw": {}, "aws_iam_role.writer": { type: "aws_iam_role" } });
const ANSWER = { address: "aws_s3_bucket.raw", attribute: "mode", status: "pass", expected: "a", actual: "a" };

function result(controls: unknown, evaluated: unknown = ["aws_s3_bucket.raw"]): unknown {
  return [{ result: { controls, evaluated } }];
}

function outcome(part: object): unknown {
  return result({ fix_01: { answers: [ANSWER], not_applicable: null, ...part } });
}

describe("the proof of an evaluation", () => {
  it("accepts an answer for every control and a sign of every controlled resource", () => {
    expect(proven(outcome({}), FACTS, CONTROLS)).toEqual({
      controls: { "FIX-01": { answers: [ANSWER], not_applicable: null } },
      evaluated: ["aws_s3_bucket.raw"],
    });
  });

  const refused: ReadonlyArray<readonly [string, unknown]> = [
    ["an empty result, as an engine without input gives it", []],
    ["two results", [{ result: {} }, { result: {} }]],
    ["an undefined decision", [{}]],
    ["a decision that is a list", [{ result: [] }]],
    ["a text for a result", "pass"],
    ["a control without an answer", result({})],
    ["a control with neither answers nor a reason", outcome({ answers: [] })],
    ["a control with both answers and a reason", outcome({ not_applicable: "no bucket" })],
    ["an empty reason", outcome({ answers: [], not_applicable: "" })],
    ["a reason that is no text", outcome({ answers: [], not_applicable: true })],
    ["a control whose reason is missing altogether", result({ fix_01: { answers: [ANSWER] } })],
    [
      "a control that the sidecar does not list",
      result({ fix_01: { answers: [ANSWER], not_applicable: null }, new: {} }),
    ],
    ["answers that are no list", outcome({ answers: { 0: ANSWER } })],
    ["a status outside the closed set", outcome({ answers: [{ ...ANSWER, status: "ok" }] })],
    ["an answer without an address", outcome({ answers: [{ ...ANSWER, address: undefined }] })],
    ["an actual value that is no text", outcome({ answers: [{ ...ANSWER, actual: 7 }] })],
    ["a severity outside the closed set", outcome({ answers: [{ ...ANSWER, severity: "none" }] })],
    ["an answer with a member more", outcome({ answers: [{ ...ANSWER, waived: true }] })],
    ["a bucket that was not seen", result({ fix_01: { answers: [ANSWER], not_applicable: null } }, [])],
    [
      "a resource that the plan does not hold",
      result({ fix_01: { answers: [ANSWER], not_applicable: null } }, ["aws_s3_bucket.raw", "aws_s3_bucket.x"]),
    ],
    ["addresses that are no texts", result({ fix_01: { answers: [ANSWER], not_applicable: null } }, [1])],
  ];
  it.each(refused)("refuses %s", (_, raw) => {
    expect(() => proven(raw, FACTS, CONTROLS)).toThrow(expect.objectContaining({ code: "ENGINE_PROOF" }));
  });

  it("refuses whatever else an engine could return, and fails in no other way", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        expect(() => proven(raw, FACTS, CONTROLS)).toThrow(expect.objectContaining({ code: "ENGINE_PROOF" }));
        expect(() => proven(result(raw, raw), FACTS, CONTROLS)).toThrow(
          expect.objectContaining({ code: "ENGINE_PROOF" }),
        );
      }),
      drawn("results that prove nothing", 500),
    );
  });
});

describe("parts of an evaluation", () => {
  const part = (id: string, evaluated: readonly string[]) => ({
    controls: { [id]: { answers: [], not_applicable: "no bucket" } },
    evaluated,
  });
  const other: ControlMetadata = { ...CONTROL, id: "FIX-02", package: "part11.fix_02" };

  it("make one when each control answered in one of them", () => {
    expect(joined([part("FIX-02", ["b", "a"]), part("FIX-01", ["a"])], [CONTROL, other])).toEqual({
      controls: {
        "FIX-01": { answers: [], not_applicable: "no bucket" },
        "FIX-02": { answers: [], not_applicable: "no bucket" },
      },
      evaluated: ["a", "b"],
    });
  });

  it.each([
    ["a control that answered in none", [part("FIX-01", [])]],
    ["a control that answered twice", [part("FIX-01", []), part("FIX-02", []), part("FIX-01", [])]],
  ])("are refused with %s", (_, parts) => {
    expect(() => joined(parts, [CONTROL, other])).toThrow(expect.objectContaining({ code: "ENGINE_PROOF" }));
  });
});
