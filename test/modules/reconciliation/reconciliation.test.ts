// SPDX-License-Identifier: Apache-2.0
import { addReceiving } from "../ingest/receiving-stack";
import { resource, statements, synthesize, testStack } from "../synth";

const { stack } = testStack();
addReceiving(stack);
const document = synthesize(stack);

test("buckets and ledger are compared twice a day", () => {
  expect(resource(document, "aws_cloudwatch_event_rule", "reconciliation")).toMatchObject({
    schedule_expression: "rate(720 minutes)",
    state: "ENABLED",
  });
  expect(resource(document, "aws_cloudwatch_metric_alarm", "reconciliation_Check_alarm-silent")).toMatchObject({
    period: 86_400,
    treat_missing_data: "breaching",
  });
});

test("the role lists and reads, and writes nothing but its log", () => {
  const actions = Object.entries(document.resource.aws_iam_role_policy!)
    .filter(([id]) => id.startsWith("reconciliation_"))
    .flatMap(([, { policy }]) => statements(policy).flatMap(({ Action }) => Action));
  expect([...new Set(actions)].sort()).toEqual([
    "dynamodb:GetItem",
    "dynamodb:Query",
    "kms:Decrypt",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "s3:ListBucketVersions",
  ]);
});
