// SPDX-License-Identifier: Apache-2.0
import { RuntimeRole, type Trust } from "../../modules";
import { codeOf, env, resource, statements, synthesize, testStack } from "./synth";

function trustOf(trust: Trust) {
  const { stack } = testStack();
  new RuntimeRole(stack, "Role", { env, roleName: "role", trust, tags: {} });
  return statements(resource(synthesize(stack), "aws_iam_role").assume_role_policy)[0]!;
}

test("a service's trust names account and source against the confused deputy", () => {
  const sourceArn = "arn:aws:lambda:eu-central-1:111122223333:function:mirror";
  expect(trustOf({ service: "lambda.amazonaws.com", sourceArn }).Condition).toEqual({
    StringEquals: { "aws:SourceAccount": "111122223333" },
    ArnLike: { "aws:SourceArn": sourceArn },
  });
});

test("a service that sends no source key is trusted without a condition that it could never meet", () => {
  expect(trustOf({ service: "s3.amazonaws.com", sendsNoSource: true }).Condition).toBeUndefined();
});

test("principals are trusted by name", () => {
  const principalArns = ["arn:aws:iam::111122223333:role/qa"];
  expect(trustOf({ principalArns }).Principal).toEqual({ AWS: principalArns });
});

test("fails on a role name that IAM refuses", () => {
  const { stack } = testStack();
  const build = () => new RuntimeRole(stack, "Role", { env, roleName: "a b", trust: { principalArns: [] }, tags: {} });
  expect(codeOf(build)).toBe("NAME_INVALID");
});
