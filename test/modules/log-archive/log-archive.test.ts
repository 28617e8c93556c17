// SPDX-License-Identifier: Apache-2.0
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { AwsLogs } from "../../../modules/log-archive/copy/aws-logs";
import { addReceiving } from "../ingest/receiving-stack";
import { resource, statement, statements, synthesize, testStack } from "../synth";

const { stack } = testStack();
addReceiving(stack);
const document = synthesize(stack);

test("the role reads the named groups and puts below mirror/logs/ of the audit bucket, and nothing else", () => {
  const policies = Object.entries(document.resource.aws_iam_role_policy!)
    .filter(([id]) => id.startsWith("log-archive_"))
    .flatMap(([, { policy }]) => statements(policy));
  const rights = policies.map(({ Action, Resource }) => [[Action].flat().join(" "), Resource]);
  const group = (name: string) => `arn:aws:logs:eu-central-1:111122223333:log-group:/part11/acme/${name}:*`;
  expect(rights.filter(([actions]) => !String(actions).startsWith("kms:")).sort()).toEqual([
    ["logs:CreateLogStream logs:PutLogEvents", group("log-archive")],
    ["logs:FilterLogEvents", [group("sftp"), group("identity-provider")]],
    ["s3:PutObject s3:AbortMultipartUpload", "arn:aws:s3:::acme-audit-111122223333/mirror/logs/*"],
  ]);
});

test("the audit bucket lets the role in, beside the ledger's writer", () => {
  const { policy } = resource(document, "aws_s3_bucket_policy", "audit");
  expect(statement(policy, "DenyOtherWriters").Condition!.ArnNotEquals!["aws:PrincipalArn"]).toEqual([
    "arn:aws:iam::111122223333:role/acme-ingest",
    "arn:aws:iam::111122223333:role/acme-log-archive",
  ]);
});

test("it runs every quarter of an hour, and people are told when it does not or fails", () => {
  expect(resource(document, "aws_cloudwatch_event_rule", "log-archive").schedule_expression).toBe("rate(15 minutes)");
  const alarms = Object.values(document.resource.aws_cloudwatch_metric_alarm!).map(({ alarm_name }) =>
    String(alarm_name),
  );
  expect(alarms.filter((name) => name.startsWith("acme-log-archive-")).sort()).toEqual([
    "acme-log-archive-errors",
    "acme-log-archive-silent",
  ]);
});

/** Clients that answer one after the other, and keep what they were asked. */
function aws(answers: Array<() => object>) {
  const asked: Array<Record<string, unknown>> = [];
  const send = async ({ input }: { input: Record<string, unknown> }) => {
    asked.push(input);
    return answers.shift()!();
  };
  const client = { send } as unknown as CloudWatchLogsClient & S3Client;
  return { logs: new AwsLogs(client, client, "audit"), asked };
}

test("every page of a group is read, also one without events", async () => {
  const event = { timestamp: 5, ingestionTime: 6, logStreamName: "s", eventId: "e", message: "m" };
  const { logs, asked } = aws([
    () => ({ events: [], nextToken: "1" }),
    () => ({ events: [event], nextToken: "2" }),
    () => ({}),
  ]);
  const found: object[] = [];
  for await (const one of logs.events("group", 0, 10)) found.push(one);
  expect(found).toEqual([{ timestamp: 5, ingestionTime: 6, stream: "s", eventId: "e", message: "m" }]);
  expect(asked.map(({ startTime, endTime, nextToken }) => [startTime, endTime, nextToken])).toEqual([
    [0, 9, undefined],
    [0, 9, "1"],
    [0, 9, "2"],
  ]);
});

test("an object that is there stands; another refusal is an error", async () => {
  const refusal = (httpStatusCode: number) => () => {
    throw new S3ServiceException({ name: "Refused", $fault: "client", $metadata: { httpStatusCode } });
  };
  const { logs, asked } = aws([refusal(412), refusal(403)]);
  await logs.put("k", "b");
  expect(asked[0]).toMatchObject({ Bucket: "audit", IfNoneMatch: "*", ChecksumAlgorithm: "SHA256" });
  await expect(logs.put("k", "b")).rejects.toThrow();
});
