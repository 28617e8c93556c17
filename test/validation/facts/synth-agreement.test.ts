// SPDX-License-Identifier: Apache-2.0
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform writes its references like this
import { codeOf, factsOf, type LoosePlan, planOf } from "./plan-fixture";

const LOCK = "aws_s3_bucket_object_lock_configuration";

/** Reads a lock of which the synth says `body` and the plan's configuration `expressions`. */
function read(body: LoosePlan, expressions: LoosePlan, attributes: LoosePlan = null) {
  const plan = planOf([
    { type: "aws_s3_bucket", name: "raw", after: { bucket: "raw" } },
    { type: LOCK, unknown: { bucket: true }, expressions },
  ]);
  const resource = { aws_s3_bucket: { raw: {} }, [LOCK]: { x: body } };
  return factsOf(plan, { synth: { terraform: {}, resource }, attributes }).resources[`${LOCK}.x`]!;
}

const BUCKET = { references: ["aws_s3_bucket.raw.id", "aws_s3_bucket.raw"] };
const rule = (mode: unknown) => [{ default_retention: [{ mode, years: { constant_value: 7 } }] }];

describe("a synth that agrees with the plan", () => {
  test.each([
    [
      "constants in blocks",
      { rule: { default_retention: { mode: "COMPLIANCE", years: 7 } } },
      rule({ constant_value: "COMPLIANCE" }),
    ],
    [
      "a block written as a list",
      { rule: [{ default_retention: [{ mode: "COMPLIANCE", years: 7 }] }] },
      rule({ constant_value: "COMPLIANCE" }),
    ],
    [
      "an escaped template",
      { rule: { default_retention: { mode: "$${aws:username}", years: 7 } } },
      rule({ constant_value: "$${aws:username}" }),
    ],
    ["a function of nothing", { rule: { default_retention: { mode: '${upper("compliance")}', years: 7 } } }, rule({})],
    [
      "null for what nobody wrote",
      { rule: { default_retention: { mode: null, years: 7 } } },
      [{ default_retention: [{ years: { constant_value: 7 } }] }],
    ],
  ])("is read: %s", (_, body, planned) => {
    expect(read(body, { rule: planned }).type).toBe(LOCK);
  });

  test("is read though a function hides what it refers to", () => {
    const body = { bucket: '${lower(join("", [aws_s3_bucket.raw.id]))}' };
    expect(read(body, { bucket: BUCKET }).type).toBe(LOCK);
  });
});

describe("a synth that says something else than the plan is refused", () => {
  test.each([
    [
      "another constant",
      { rule: { default_retention: { mode: "COMPLIANCE", years: 7 } } },
      { rule: rule({ constant_value: "GOVERNANCE" }) },
    ],
    [
      "a constant for an expression",
      { rule: { default_retention: { mode: "COMPLIANCE", years: 7 } } },
      { rule: rule(BUCKET) },
    ],
    ["an argument more in the plan", {}, { token: { constant_value: "x" } }],
    ["an argument more in the synth", { token: "x" }, {}],
    ["a block more in the plan", { rule: [] }, { rule: rule({}) }],
    ["another reference", { bucket: "${aws_s3_bucket.other.id}" }, { bucket: BUCKET }],
  ])("%s", (_, body, expressions) => {
    expect(codeOf(() => read(body, expressions))).toBe("SYNTH_MISMATCH");
  });

  test("not where no control looks", () => {
    const attributes = new Map([[LOCK, new Set(["bucket"])]]);
    expect(read({ token: "x" }, {}, attributes).type).toBe(LOCK);
  });
});

describe("a reference", () => {
  const refsOf = (text: string) => read({ bucket: text }, { bucket: BUCKET }).refs.bucket;

  test.each(["${aws_s3_bucket.raw.id}", "arn:aws:s3:::${aws_s3_bucket.raw.id}", "${aws_s3_bucket.raw.id}/*"])(
    "is what it says: %s",
    (text) => {
      expect(refsOf(text)).toMatchObject([{ address: "aws_s3_bucket.raw", ambiguous: false }]);
    },
  );

  test.each(["x${aws_s3_bucket.raw.id}", "${aws_s3_bucket.raw.id}-2", "${upper(aws_s3_bucket.raw.id)}"])(
    "within more than itself may name anything: %s",
    (text) => {
      expect(refsOf(text)).toMatchObject([{ address: "aws_s3_bucket.raw", ambiguous: true }]);
    },
  );
});
