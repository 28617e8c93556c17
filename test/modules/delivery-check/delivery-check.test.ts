// SPDX-License-Identifier: Apache-2.0
import { addReceiving } from "../ingest/receiving-stack";
import { resource, statements, synthesize, testStack } from "../synth";

const { stack } = testStack();
addReceiving(stack);
const document = synthesize(stack);

test("the check runs every hour, and only its rule may call it", () => {
  expect(resource(document, "aws_cloudwatch_event_rule", "delivery-check")).toMatchObject({
    schedule_expression: "rate(60 minutes)",
    state: "ENABLED",
  });
  expect(resource(document, "aws_lambda_permission", "delivery-check")).toMatchObject({
    principal: "events.amazonaws.com",
    source_account: "111122223333",
    source_arn: "arn:aws:events:eu-central-1:111122223333:rule/acme-delivery-check",
  });
});

test("people are told of findings, of runs that failed, and of runs that did not take place", () => {
  const alarms = Object.values(document.resource.aws_cloudwatch_metric_alarm!).filter(({ alarm_name }) =>
    String(alarm_name).startsWith("acme-delivery-check-"),
  );
  const told = alarms.map((a) => [a.alarm_name, a.metric_name, a.treat_missing_data, a.comparison_operator, a.period]);
  expect(told.sort()).toEqual([
    ["acme-delivery-check-errors", "Errors", "notBreaching", "GreaterThanThreshold", 60],
    ["acme-delivery-check-found", "delivery-check-found", "notBreaching", "GreaterThanThreshold", 60],
    ["acme-delivery-check-silent", "Invocations", "breaching", "LessThanThreshold", 7200],
  ]);
});

test("the check reads ledger and expectations, writes what it found, publishes, and does nothing else", () => {
  const policies = Object.entries(document.resource.aws_iam_role_policy!)
    .filter(([id]) => id.startsWith("delivery-check_"))
    .flatMap(([, { policy }]) => statements(policy));
  const rights = policies.map(({ Sid, Action, Resource }) => [Sid, [Action].flat().join(" "), Resource]);
  const table = (name: string) => `arn:aws:dynamodb:eu-central-1:111122223333:table/acme-${name}`;
  expect(rights.filter(([, actions]) => !/^(logs|kms):/.test(String(actions))).sort()).toEqual([
    ["PublishNotices", "sns:Publish", "arn:aws:sns:eu-central-1:111122223333:acme-deliveries"],
    ["Read", "dynamodb:GetItem dynamodb:Query", table("ledger")],
    ["ReadDeliveries", "dynamodb:Query", table("deliveries")],
    ["RememberFindings", "dynamodb:GetItem dynamodb:PutItem", table("delivery-findings")],
  ]);
});

test("a vendor's contact is sent receipts and refusals of its own vendor alone", () => {
  const { filter_policy, ...subscription } = resource(document, "aws_sns_topic_subscription", "Contact");
  expect(subscription).toMatchObject({
    protocol: "email",
    endpoint: "data@acme.example",
    filter_policy_scope: "MessageAttributes",
  });
  expect(JSON.parse(filter_policy as string)).toEqual({
    vendor: ["acme"],
    status: ["RECEIVED", "QUARANTINED", "MANIFEST_MISMATCH", "MANIFEST_MISSING", "TRANSFER_FAILED"],
  });
});
