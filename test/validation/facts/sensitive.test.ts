// SPDX-License-Identifier: Apache-2.0
// The facts document stands in evidence bundles: what Terraform calls sensitive must not get into it by any door.
import { factsOf, type LoosePlan, planOf } from "./plan-fixture";

const CANARY = "canary-7f3a";
const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: CANARY, Effect: "Allow", Action: "s3:*", Resource: `arn:aws:s3:::${CANARY}` }],
});

const doors: [string, () => LoosePlan][] = [
  ["an attribute", () => planOf([{ type: "aws_s3_bucket", after: { bucket: CANARY }, sensitive: { bucket: true } }])],
  [
    "a nested attribute",
    () => planOf([{ type: "aws_s3_bucket", after: { rule: [{ a: [CANARY] }] }, sensitive: { rule: [{ a: [true] }] } }]),
  ],
  ["a whole resource", () => planOf([{ type: "aws_s3_bucket", after: { bucket: CANARY }, sensitive: true }])],
  [
    "a policy text",
    () => planOf([{ type: "aws_s3_bucket_policy", after: { policy: POLICY }, sensitive: { policy: true } }]),
  ],
  [
    "a data source",
    () =>
      planOf([{ type: "aws_iam_policy_document", mode: "data", after: { json: POLICY }, sensitive: { json: true } }]),
  ],
  [
    "the value before",
    () => {
      const plan = planOf([{ type: "aws_s3_bucket", after: { bucket: "new" } }]);
      Object.assign(plan.resource_changes[0].change, {
        actions: ["update"],
        before: { bucket: CANARY },
        before_sensitive: { bucket: true },
      });
      return plan;
    },
  ],
  [
    "a drifted value",
    () => {
      const plan = planOf([{ type: "aws_s3_bucket", after: { bucket: "new" } }]);
      const change = { actions: ["update"], before: { bucket: CANARY }, after: {}, before_sensitive: { bucket: true } };
      plan.resource_drift = [{ address: "aws_s3_bucket.x", type: "aws_s3_bucket", mode: "managed", name: "x", change }];
      return plan;
    },
  ],
  [
    "a variable",
    () => {
      const plan = planOf([
        {
          type: "aws_s3_bucket",
          after: { bucket: CANARY },
          sensitive: { bucket: true },
          expressions: { bucket: { references: ["var.secret"] } },
        },
      ]);
      plan.variables = { secret: { value: CANARY } };
      plan.configuration.root_module.variables = { secret: { sensitive: true } };
      return plan;
    },
  ],
];

test.each(doors)("a sensitive value does not get in through %s", (_door, plan) => {
  expect(JSON.stringify(plan())).toContain(CANARY);
  expect(JSON.stringify(factsOf(plan()))).not.toContain(CANARY);
});
