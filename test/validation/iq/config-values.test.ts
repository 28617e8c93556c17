// SPDX-License-Identifier: Apache-2.0
import { resolveConfig, type Scope } from "../../../validation/iq/config-values";
import { UNRESOLVED } from "../../../validation/iq/shape";

const ref = (expression: string): string => `\${${expression}}`;

const scope: Scope = {
  state: new Map([
    ["aws_kms_key.raw", { arn: "arn:key", key_id: "k-1", nested: [{ a: { b: "deep" } }], days: 7 }],
    ['aws_s3_bucket.many["a.b"]', { bucket: "many-a" }],
    ["aws_s3_bucket.counted[1]", { bucket: "counted-1" }],
    ["data.aws_caller_identity.me", { account_id: "111122223333" }],
  ]),
  variables: { region: "eu-central-1" },
  locals: { prefix: "acme", name: `${ref("local.prefix")}-raw`, circle: ref("local.circle") },
};

describe("resolveConfig", () => {
  it.each([
    ["a literal", "plain", "plain"],
    ["a reference", ref("aws_kms_key.raw.arn"), "arn:key"],
    ["a reference to a number", ref("aws_kms_key.raw.days"), 7],
    ["a reference within a text", `s3://${ref("aws_kms_key.raw.key_id")}/x`, "s3://k-1/x"],
    ["a reference into a block", ref("aws_kms_key.raw.nested[0].a.b"), "deep"],
    ["a reference to an instance by key", ref('aws_s3_bucket.many["a.b"].bucket'), "many-a"],
    ["a reference to an instance by number", ref("aws_s3_bucket.counted[1].bucket"), "counted-1"],
    ["a reference to a data source", ref("data.aws_caller_identity.me.account_id"), "111122223333"],
    ["a variable", ref("var.region"), "eu-central-1"],
    ["a local that refers to another", ref("local.name"), "acme-raw"],
    ["escaped braces", `$${ref("region")}/%%{x}`, `${ref("region")}/%{x}`],
  ])("evaluates %s", (_, text, expected) => {
    expect(resolveConfig(text, scope)).toBe(expected);
  });

  it.each([
    ["a function", ref('jsonencode({"a" = "}"})')],
    ["a conditional", ref("var.region == null ? 1 : 2")],
    ["each.value", ref("each.value")],
    ["a resource that is not in state", ref("aws_kms_key.other.arn")],
    ["an attribute that is not in state", ref("aws_kms_key.raw.colour")],
    ["an attribute of Object.prototype", ref("aws_kms_key.raw.constructor")],
    ["a splat", ref("aws_s3_bucket.counted[*].bucket")],
    ["a directive", "%{ if true }x%{ endif }"],
    ["a brace that never closes", ref("aws_kms_key.raw.arn").slice(0, -1)],
    ["a local that refers to itself", ref("local.circle")],
    ["an object within a text", `x${ref("aws_kms_key.raw.nested")}`],
  ])("never guesses %s", (_, text) => {
    expect(resolveConfig(text, scope)).toBe(UNRESOLVED);
  });

  it("evaluates below blocks and lists", () => {
    expect(resolveConfig({ rule: [{ key: ref("aws_kms_key.raw.arn") }] }, scope)).toEqual({
      rule: [{ key: "arn:key" }],
    });
  });
});
