// SPDX-License-Identifier: Apache-2.0
import type { Part11Error } from "../../../../validation/error";
import type { Facts } from "../../../../validation/facts";
import type { Decisions, Evaluation, Severity } from "../../../../validation/gate";
import {
  assertAccepted,
  committedDrift,
  committedPlan,
  recordBearing,
} from "../../../../validation/qualify/dir/accepted";
import { readProfile } from "../../../../validation/qualify/profile";

const RAW = "aws_s3_bucket.raw";
const PROFILE = readProfile("emulator");

function factsWith(change: object = {}): Facts {
  const facts = { programs: [], meta: { target: "emulator" }, providers: {}, byType: { aws_s3_bucket: [RAW] } };
  return { ...facts, ...change } as unknown as Facts;
}

function refusal(facts: Facts, bearing: readonly string[] = [RAW]): Part11Error["parts"] | undefined {
  try {
    assertAccepted(facts, bearing, PROFILE);
    return undefined;
  } catch (error) {
    return (error as Part11Error).parts;
  }
}

it("accepts a plan for the embedded AWS with a bucket of records", () => {
  expect(refusal(factsWith())).toBeUndefined();
});

it("refuses a plan without any bucket of records: IQ alone is not enough", () => {
  expect(refusal(factsWith(), [])).toMatchObject({
    code: "DIR_REFUSED",
    got: "1 buckets, none of them by tag, mapping or lock",
  });
});

it("refuses a plan that runs a program, by its address", () => {
  const programs = [{ address: "aws_instance.a", kind: "provisioner", name: "local-exec", digest: "" }];
  expect(refusal(factsWith({ programs }))?.got).toBe("provisioner local-exec of aws_instance.a");
});

it("refuses a plan with a provider that leads elsewhere", () => {
  expect(refusal(factsWith({ meta: { target: null } }))?.where).toBe("provider blocks of the plan");
});

it("refuses what the embedded AWS cannot make, by its address", () => {
  const byType = { aws_s3_bucket: [RAW], aws_guardduty_detector: ["aws_guardduty_detector.here"] };
  expect(refusal(factsWith({ byType }))?.where).toBe("aws_guardduty_detector.here");
});

it("takes the buckets that the gate answers for, and none of their configurations", () => {
  const answers = [RAW, "aws_s3_bucket_object_lock_configuration.raw"].map((address) => ({ address }));
  const evaluation = { controls: { "P11-10c-01": { answers, not_applicable: null } } } as unknown as Evaluation;
  expect(recordBearing(factsWith(), evaluation)).toEqual([RAW]);
});

describe("what is committed of the gate's findings", () => {
  const finding = (status: string, severity: Severity, waiver?: object) => ({
    address: RAW,
    attribute: "a",
    status,
    severity,
    waiver,
  });
  const decided = (...findings: object[]) =>
    ({ verdict: "fail", controls: [{ id: "META-13", status: "fail", findings }] }) as unknown as Decisions;

  it.each<[string, Decisions, number]>([
    ["an unknown of medium severity", decided(finding("unknown", "medium")), 1],
    ["what a waiver lets through", decided(finding("fail", "critical", { kind: "waiver" })), 1],
    ["no unknown of high severity", decided(finding("unknown", "high")), 0],
    ["no failure, however small", decided(finding("fail", "low")), 0],
  ])("is %s", (_, decisions, count) => {
    expect(committedPlan("folder", decisions).findings).toHaveLength(count);
  });
});

it("commits the drift of tags for types that leave them out, and for no other", () => {
  const change = (type: string, tags: object | null) => ({ type, mode: "managed", change: { after: { tags } } });
  const plan = { resource_changes: [change("aws_iam_policy", null), change("aws_kms_key", { a: "b" })] };
  const added = committedDrift(PROFILE, plan).slice(PROFILE.drift.length);
  expect(added.map(({ type, attribute }) => [type, attribute])).toEqual([["aws_iam_policy", "tags"]]);
});
