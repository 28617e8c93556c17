// SPDX-License-Identifier: Apache-2.0
import { GetBucketPolicyCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { LIVE_TYPES } from "../../../../validation/iq";
import { liveReader } from "../../../../validation/iq/live/registry";
import { ReadOnlyGuard, readOnlyConfig } from "../../../../validation/target/aws";
import { READ_OPERATIONS } from "../../../../validation/target/aws/read-operations";
import { CountingWire } from "./counting-wire";

/** Package and prefix of the actions of each client. */
const CLIENTS: Readonly<Record<string, readonly [string, string]>> = {
  AthenaClient: ["athena", "athena"],
  BackupClient: ["backup", "backup"],
  CloudTrailClient: ["cloudtrail", "cloudtrail"],
  CloudWatchClient: ["cloudwatch", "cloudwatch"],
  CloudWatchLogsClient: ["cloudwatch-logs", "logs"],
  ConfigServiceClient: ["config-service", "config"],
  DynamoDBClient: ["dynamodb", "dynamodb"],
  EC2Client: ["ec2", "ec2"],
  EventBridgeClient: ["eventbridge", "events"],
  GlueClient: ["glue", "glue"],
  GuardDutyClient: ["guardduty", "guardduty"],
  IAMClient: ["iam", "iam"],
  KMSClient: ["kms", "kms"],
  LambdaClient: ["lambda", "lambda"],
  S3Client: ["s3", "s3"],
  S3ControlClient: ["s3-control", "s3control"],
  SecretsManagerClient: ["secrets-manager", "secretsmanager"],
  SecurityHubClient: ["securityhub", "securityhub"],
  SignerClient: ["signer", "signer"],
  SNSClient: ["sns", "sns"],
  SQSClient: ["sqs", "sqs"],
  STSClient: ["sts", "sts"],
  TransferClient: ["transfer", "transfer"],
};

type Module = Record<string, new (input: object) => { send(command: object): Promise<unknown> }>;

function moduleOf(client: string): Module {
  return require(`@aws-sdk/client-${CLIENTS[client]![0]}`) as Module;
}

function operationsOf(client: string): string[] {
  return Object.keys(moduleOf(client))
    .filter((name) => name.endsWith("Command") && name !== "$Command")
    .map((name) => name.replace(/Command$/, ""));
}

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "answered",
    (error: { code?: string; name: string }) => error.code ?? error.name,
  );

test("every client with a listed operation is tried here", () => {
  expect(Object.keys(CLIENTS).sort()).toEqual(Object.keys(READ_OPERATIONS).sort());
});

test.each(Object.keys(READ_OPERATIONS))("%s sends none of its operations but the listed ones", async (name) => {
  const wire = new CountingWire();
  const guard = new ReadOnlyGuard();
  const module = moduleOf(name);
  const client = guard.attach(new module[name]!(readOnlyConfig(wire, guard)("eu-central-1")));
  const others = operationsOf(name).filter((operation) => !READ_OPERATIONS[name]!.includes(operation));
  const codes = await Promise.all(others.map((one) => codeOf(client.send(new module[`${one}Command`]!({})))));
  expect(others.filter((_, i) => codes[i] !== "WRITE_REFUSED")).toEqual([]);
  expect([wire.requests, guard.refused.length]).toEqual([[], others.length]);
});

test.each(Object.keys(READ_OPERATIONS))("every listed operation of %s is one of the SDK's", (name) => {
  const known = operationsOf(name);
  expect(READ_OPERATIONS[name]!.filter((operation) => !known.includes(operation))).toEqual([]);
});

test("every listed operation reads, by AWS's own verbs", () => {
  const all = Object.values(READ_OPERATIONS).flat();
  expect(all.filter((operation) => !/^(Get|List|Describe|Head)[A-Z]/.test(operation))).toEqual([]);
});

test.each([
  ["S3Client", "GetObject"],
  ["DynamoDBClient", "Scan"],
  ["SecretsManagerClient", "GetSecretValue"],
  ["KMSClient", "Decrypt"],
  ["STSClient", "AssumeRole"],
  ["STSClient", "GetSessionToken"],
])("%s %s, which opens or shows more than a setting, is not listed", (client, operation) => {
  expect(operationsOf(client)).toContain(operation);
  expect(READ_OPERATIONS[client]).not.toContain(operation);
});

test("every call of every live reader of IQ is listed", () => {
  const listed = Object.entries(READ_OPERATIONS).flatMap(([client, operations]) =>
    operations.map((operation) => `${CLIENTS[client]![1]}:${operation}`),
  );
  const called = LIVE_TYPES.flatMap((type) => liveReader(type)!.calls);
  expect([...new Set(called)].filter((call) => !listed.includes(call))).toEqual([]);
});

test("a listed operation is sent once and answered", async () => {
  const wire = new CountingWire(() => ({ status: 200, body: "{}" }));
  const guard = new ReadOnlyGuard();
  const s3 = guard.attach(new S3Client(readOnlyConfig(wire, guard)("eu-central-1") as object));
  const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket: "acme-raw" }));
  expect([Policy, wire.requests]).toEqual(["{}", ["GET acme-raw.s3.eu-central-1.amazonaws.com"]]);
  expect(guard.refused).toEqual([]);
});

test("a client that nobody attached sends not even a listed operation", async () => {
  const wire = new CountingWire();
  const guard = new ReadOnlyGuard();
  const s3 = new S3Client(readOnlyConfig(wire, guard)("eu-central-1") as object);
  expect(await codeOf(s3.send(new GetBucketPolicyCommand({ Bucket: "acme-raw" })))).toBe("WRITE_REFUSED");
  expect([wire.requests, guard.refused]).toEqual([
    [],
    ["GET acme-raw.s3.eu-central-1.amazonaws.com, by a client without guard"],
  ]);
});

test("without its first half the guard still sends nothing that writes", async () => {
  const wire = new CountingWire();
  const guard = new ReadOnlyGuard();
  const s3 = guard.attach(new S3Client(readOnlyConfig(wire, guard)("eu-central-1") as object));
  s3.middlewareStack.remove("part11ReadOnly");
  const put = s3.send(new PutObjectCommand({ Bucket: "acme-raw", Key: "a", Body: "a" }));
  expect([await codeOf(put), wire.requests]).toEqual(["WRITE_REFUSED", []]);
});

test("a refused attempt stays known, whoever swallows the error", async () => {
  const wire = new CountingWire();
  const guard = new ReadOnlyGuard();
  const s3 = guard.attach(new S3Client(readOnlyConfig(wire, guard)("eu-central-1") as object));
  await s3.send(new PutObjectCommand({ Bucket: "acme-raw", Key: "a", Body: "a" })).catch(() => undefined);
  expect(guard.refused).toEqual(["S3Client PutObject"]);
});
