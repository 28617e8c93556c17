// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { policyForm, textForm } from "../../../validation/iq/policy-form";
import { drawn } from "../../drawn";

const statement = {
  Sid: "Write",
  Effect: "Allow",
  Principal: { AWS: ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"] },
  Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
  Resource: ["arn:aws:s3:::raw/x/*", "arn:aws:s3:::raw/y/*"],
  Condition: { StringEquals: { "aws:SourceAccount": ["111122223333", "444455556666"] } },
};
const denial = { Sid: "Tls", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
const policy = { Version: "2012-10-17", Statement: [statement, denial] };

const shuffled = <T>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: values.length });

describe("policyForm", () => {
  it("gives one form whatever the order of statements, actions, resources, principals and condition values", () => {
    const variant = fc
      .tuple(
        shuffled(statement.Action),
        shuffled(statement.Resource),
        shuffled(statement.Principal.AWS),
        shuffled(statement.Condition.StringEquals["aws:SourceAccount"]),
        fc.boolean(),
      )
      .map(([Action, Resource, AWS, accounts, swap]) => {
        const Condition = { StringEquals: { "aws:SourceAccount": accounts } };
        const own = { Condition, Resource, Action, Principal: { AWS }, Effect: "Allow", Sid: "Write" };
        return { Statement: swap ? [denial, own] : [own, denial], Version: "2012-10-17" };
      });
    fc.assert(
      fc.property(variant, (same) => expect(policyForm(same)).toEqual(policyForm(policy))),
      drawn("spellings of one policy", 100),
    );
  });

  it.each([
    ["a single action and a list of one", { Action: "s3:*" }, { Action: ["s3:*"] }],
    ["actions in another case", { Action: "s3:PutObject" }, { Action: "S3:putobject" }],
    ["everybody and every AWS principal", { Principal: "*" }, { Principal: { AWS: "*" } }],
    [
      "an account and its root",
      { Principal: { AWS: "111122223333" } },
      { Principal: { AWS: "arn:aws:iam::111122223333:root" } },
    ],
    [
      "a condition key in another case",
      { Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { Condition: { Bool: { "AWS:securetransport": ["false"] } } },
    ],
    [
      "a boolean condition value and its text",
      { Condition: { Bool: { k: false } } },
      { Condition: { Bool: { k: "false" } } },
    ],
  ])("takes %s for the same", (_, one, other) => {
    expect(policyForm({ Statement: one })).toEqual(policyForm({ Statement: [other] }));
  });

  it.each([
    ["effect", { Effect: "Deny" }],
    ["action", { Action: ["s3:PutObject"] }],
    ["resource", { Resource: ["arn:aws:s3:::raw/x/*"] }],
    ["resource in another case", { Resource: ["arn:aws:s3:::RAW/x/*", "arn:aws:s3:::raw/y/*"] }],
    ["principal", { Principal: "*" }],
    ["negated action", { Action: undefined, NotAction: statement.Action }],
    ["condition operator", { Condition: { StringLike: statement.Condition.StringEquals } }],
    ["condition value", { Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }],
    ["statement id", { Sid: "Other" }],
  ])("tells policies apart by their %s", (_, change) => {
    const changed = { ...policy, Statement: [JSON.parse(JSON.stringify({ ...statement, ...change })), denial] };
    expect(policyForm(changed)).not.toEqual(policyForm(policy));
  });

  it("tells a policy from the same without one statement", () => {
    expect(policyForm({ ...policy, Statement: [statement] })).not.toEqual(policyForm(policy));
  });
});

describe("textForm", () => {
  it("reads policy texts whatever their white space", () => {
    const pretty = textForm("aws_s3_bucket_policy", "policy", JSON.stringify(policy, null, 2));
    expect(pretty).toEqual(textForm("aws_s3_bucket_policy", "policy", JSON.stringify(policy)));
  });

  it("leaves a text with a duplicate key as text, so that it equals no policy", () => {
    const text = '{"Statement":[],"Statement":[]}';
    expect(textForm("aws_s3_bucket_policy", "policy", text)).toBe(text);
  });

  it("leaves an attribute that is not known to hold JSON as text", () => {
    expect(textForm("aws_s3_bucket", "bucket", "{}")).toBe("{}");
  });

  it.each(["acme-ingest", "arn:aws:lambda:eu-central-1:111122223333:function:acme-ingest"])(
    "names the function of a mapping by its name: %s",
    (text) => {
      expect(textForm("aws_lambda_event_source_mapping", "function_name", text)).toBe("acme-ingest");
    },
  );
});
