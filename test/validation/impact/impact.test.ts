// SPDX-License-Identifier: Apache-2.0
import type { Facts, Statement } from "../../../validation/facts";
import { type Impact, impactText, isSame } from "../../../validation/impact";
import { again, BUCKET, KEY, LOCK, sampleFacts, sampleImpact, synthWith } from "./sample-impact";

const EVERY_STEP = ["IQ-BUCKET", "IQ-LOCK", "IQ-KEY", "OQ-LOCK", "OQ-KEY", "OQ-ANY", "OQ-OUTSIDE"];
/** Steps of which nobody knows what they depend on. */
const ALWAYS = ["OQ-ANY", "OQ-OUTSIDE"];

const controls = (impact: Impact) => impact.controls.map(({ id }) => id);
const mode = (value: string) => ({ values: { rule: [{ default_retention: [{ mode: value, years: 7 }] }] } });
const governance = () =>
  sampleImpact({
    facts: sampleFacts({ [LOCK]: mode("GOVERNANCE") }),
    synth: synthWith("aws_s3_bucket_object_lock_configuration", "rule", {
      default_retention: { mode: "GOVERNANCE", years: 7 },
    }),
  });
const rotation = (more: object = {}) =>
  sampleImpact({
    facts: sampleFacts({ [KEY]: { values: { enable_key_rotation: false } } }),
    synth: synthWith("aws_kms_key", "enable_key_rotation", false),
    ...more,
  });

describe("an impact", () => {
  it("of a plan without any difference leaves every result standing", () => {
    const impact = sampleImpact({});
    expect([isSame(impact), again(impact), controls(impact)]).toEqual([true, [], []]);
  });

  it("goes from the attribute to the controls that read it, their requirements and steps", () => {
    const impact = governance();
    expect(impact.changes).toEqual([
      {
        address: LOCK,
        type: "aws_s3_bucket_object_lock_configuration",
        kind: "changed",
        attributes: [{ path: "rule.default_retention.mode", aspects: ["value"] }],
      },
    ]);
    expect(controls(impact)).toEqual(["LOCK-01"]);
    expect(again(impact)).toEqual(["IQ-LOCK", "OQ-LOCK", ...ALWAYS]);
    expect(impact.requirements).toEqual(["URS-001", "URS-002", "URS-003"]);
  });

  it("says of each result that stands why", () => {
    const { steps } = governance();
    expect(steps.filter((one) => !one.again).map(({ step, because }) => [step, because])).toEqual([
      ["IQ-BUCKET", `neither ${BUCKET} nor anything that it refers to has changed`],
      ["IQ-KEY", `neither ${KEY} nor anything that it refers to has changed`],
      ["OQ-KEY", "KEY-01 read nothing that has changed"],
    ]);
  });

  it("reads back again what refers to what changed, over any number of references", () => {
    const links = {
      [KEY]: { aws_s3_bucket: [BUCKET] },
      [BUCKET]: { aws_s3_bucket_object_lock_configuration: [LOCK] },
    };
    const facts = sampleFacts({ [KEY]: { values: { enable_key_rotation: false } } }, { links });
    const impact = rotation({ facts });
    expect(again(impact)).toEqual(["IQ-BUCKET", "IQ-LOCK", "IQ-KEY", "OQ-KEY", ...ALWAYS]);
    const lock = impact.steps.find(({ step }) => step === "IQ-LOCK")!;
    expect(lock.because).toBe(`refers to ${BUCKET}, refers to ${KEY}, ${KEY} was changed`);
  });

  it("executes again what did not pass, whatever changed", () => {
    const impact = sampleImpact({ result: "NOT RUN" });
    expect([isSame(impact), again(impact)]).toEqual([true, ["OQ-KEY"]]);
  });

  it("names a resource that no step reads back yet", () => {
    const added = { type: "aws_kms_key", values: { enable_key_rotation: true } };
    const impact = sampleImpact({ facts: sampleFacts({ "aws_kms_key.more": added }) });
    expect([impact.newReadBacks, controls(impact)]).toEqual([
      ["aws_kms_key.more"],
      // A key carries a policy.
      ["KEY-01", "POLICY-01"],
    ]);
    expect(impactText(impact)).toContain("  new  read back aws_kms_key.more\n");
  });

  it("takes a policy that changed for a matter of every control that reads policies", () => {
    const said = (effect: Statement["effect"]): Partial<Facts> => ({
      policies: [
        {
          address: LOCK,
          attribute: "policy",
          use: "resource",
          subjects: [],
          origin: "plan",
          arn: null,
          statements: [0],
        },
      ],
      statements: [{ policy: 0, effect } as Statement],
    });
    expect(controls(sampleImpact({ facts: sampleFacts({}, said("Allow")) }))).toContain("POLICY-01");
  });

  it("does not take a resource that exists by now for a change", () => {
    expect(isSame(sampleImpact({ facts: sampleFacts({ [KEY]: { actions: ["no-op"] } }) }))).toBe(true);
  });

  it("takes one that is deleted for removed", () => {
    const impact = sampleImpact({ facts: sampleFacts({ [KEY]: { actions: ["delete"] } }) });
    expect(impact.changes).toMatchObject([{ address: KEY, kind: "removed" }]);
    expect(again(impact)).toEqual(["IQ-KEY", "OQ-KEY", ...ALWAYS]);
  });
});

describe("everything is touched", () => {
  const meta = (change: Partial<Facts["meta"]>) => ({ meta: { ...sampleFacts().meta, ...change } });
  const settings = { ...sampleFacts().settings, inboxMinimumDays: 1 };
  const read = { rule: [{ default_retention: [{ mode: "COMPLIANCE", years: 9 }] }] };

  it.each<[string, () => Impact]>([
    ["by settings that differ", () => sampleImpact({ facts: sampleFacts({}, { settings }) })],
    ["by another Terraform", () => sampleImpact({ facts: sampleFacts({}, meta({ terraformVersion: "1.14.0" })) })],
    [
      "by other policies",
      () =>
        sampleImpact({
          facts: sampleFacts({}, meta({ digests: { ...sampleFacts().meta.digests, policy: "b".repeat(64) } })),
        }),
    ],
    ["by another target", () => sampleImpact({ facts: sampleFacts({}, meta({ target: "aws" })) })],
    ["by a plan that errored", () => sampleImpact({ facts: sampleFacts({}, meta({ errored: true })) })],
    [
      "by drift",
      () =>
        sampleImpact({
          facts: sampleFacts({}, { drift: [{ address: KEY, type: "aws_kms_key", actions: ["update"], undone: [] }] }),
        }),
    ],
    ["by an attribute that no control reads", () => sampleImpact({ facts: sampleFacts({ [LOCK]: { values: read } }) })],
    [
      "by a resource of a type that no control reads",
      () => sampleImpact({ facts: sampleFacts({ "aws_x.y": { type: "aws_x" } }) }),
    ],
    [
      "by what only the synthesized stack shows",
      () => sampleImpact({ synth: synthWith("aws_s3_bucket", "force_destroy", true) }),
    ],
    [
      "by another block of the synthesized stack",
      () => sampleImpact({ synth: { ...synthWith("aws_kms_key", "enable_key_rotation", true), locals: { a: 1 } } }),
    ],
    ["without a synthesized stack", () => sampleImpact({ synth: undefined })],
    ["by a run that was not complete", () => sampleImpact({ status: "FAILED" })],
    [
      "by a difference beside one that is understood",
      () => rotation({ synth: synthWith("aws_s3_bucket", "force_destroy", true) }),
    ],
  ])("%s", (_, impact) => {
    const found = impact();
    expect(again(found)).toEqual(EVERY_STEP);
    expect(controls(found)).toEqual(["LOCK-01", "KEY-01", "POLICY-01", "OUT-01"]);
    expect(found.notUnderstood.length).toBeGreaterThan(0);
    expect(impactText(found)).toContain("Not understood, so that everything is touched:");
  });

  it("and not by a difference that is understood", () => {
    expect(again(rotation())).toEqual(["IQ-KEY", "OQ-KEY", ...ALWAYS]);
  });
});
