// SPDX-License-Identifier: Apache-2.0
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import { AwsFindings } from "../../modules/delivery-check/compare/aws-findings";
import { AwsNotices } from "../../modules/delivery-notices/aws-notices";
import { RECEIPTS } from "../../modules/delivery-notices/notice";
import { append } from "../../modules/ledger/append";
import { AwsLedgerReader } from "../../modules/ledger/aws-reader";
import { AwsLedgerStore } from "../../modules/ledger/aws-store";
import { AwsLogs } from "../../modules/log-archive/copy/aws-logs";
import { copyLogs } from "../../modules/log-archive/copy/copy";
import { replay } from "../../validation/replay";
import { sqsQueues } from "../../validation/replay/sqs-queues";
import { clientConfig, createAdministrator, type Emulator, startEmulator } from "../../validation/target/emulator";
import { emulatorOptions } from "../validation/target/emulator/running";

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let config: ReturnType<typeof clientConfig>;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  config = clientConfig(emulator, await createAdministrator(emulator), "eu-central-1");
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  options.remove();
});

async function table(TableName: string, keys: readonly string[]): Promise<DynamoDBClient> {
  const dynamodb = new DynamoDBClient(config);
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: keys.map((AttributeName, n) => ({ AttributeName, KeyType: n === 0 ? "HASH" : "RANGE" })),
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    }),
  );
  return dynamodb;
}

async function bucket(Bucket: string): Promise<S3Client> {
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-central-1" } }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  return s3;
}

test("a chain of several pages is read from its end, and an event by its place and by its version", async () => {
  const dynamodb = await table("acme-ledger", ["pk", "sk"]);
  const store = new AwsLedgerStore(dynamodb, await bucket("audit-of-ledger"), {
    table: "acme-ledger",
    auditBucket: "audit-of-ledger",
  });
  const at = { now: () => new Date(), wait: async () => undefined, random: () => 0 };
  const version = (n: number) => ({ bucket: "inbox", key: "k", versionId: `v${n}` });
  for (let n = 1; n <= 25; n += 1) {
    await append(store, { type: "SUPERSEDED", vendor: "acme", ...version(n), supersededBy: `v${n + 1}` }, at);
  }
  const reader = new AwsLedgerReader(dynamodb, "acme-ledger");
  const found: string[] = [];
  for await (const { versionId } of reader.newest("acme", 10)) found.push(versionId);
  expect([found.length, found[0], found.at(-1), new Set(found).size]).toEqual([25, "v25", "v1", 25]);
  expect([(await reader.at("acme", 7))?.versionId, await reader.at("acme", 26)]).toEqual(["v7", undefined]);
  const has = (n: number) => reader.has({ type: "SUPERSEDED", ...version(n) });
  expect([await has(3), await has(300)]).toEqual([true, false]);
}, 120_000);

test("a finding is remembered", async () => {
  const known = new AwsFindings(await table("acme-delivery-findings", ["pk"]), "acme-delivery-findings");
  expect(await known.isKnown("f")).toBe(false);
  await known.remember("f", { kind: "OVERDUE", vendor: "acme", study: "s", says: "x" }, new Date());
  expect(await known.isKnown("f")).toBe(true);
});

test("a contact is sent the receipts of its own vendor, and own people everything", async () => {
  const sns = new SNSClient(config);
  const sqs = new SQSClient(config);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "acme-deliveries" }));
  const queue = async (QueueName: string, filter?: object) => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: Attributes!.QueueArn,
        },
      ],
    });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: "sqs",
        Endpoint: Attributes!.QueueArn,
        Attributes: filter && { FilterPolicy: JSON.stringify(filter), FilterPolicyScope: "MessageAttributes" },
      }),
    );
    return async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      return Messages.map(({ Body }) => JSON.parse(JSON.parse(Body!).Message));
    };
  };
  const [own, contact] = [await queue("own"), await queue("contact", { vendor: ["acme"], status: RECEIPTS })];
  const notices = new AwsNotices(sns, TopicArn!);
  const told = [
    ["acme", "RECEIVED"],
    ["acme", "OVERDUE"],
    ["acme2", "RECEIVED"],
  ] as const;
  for (const [vendor, status] of told) await notices.tell({ vendor, status, study: "s", facts: { file: "lab.csv" } });
  expect(await own()).toHaveLength(3);
  expect(await contact()).toEqual([
    { schemaVersion: 1, status: "RECEIVED", vendor: "acme", study: "s", file: "lab.csv" },
  ]);
});

// Which queue's dead letters they are the emulator cannot say: it has no ListDeadLetterSourceQueues, so the queue is named.
test("dead letters go back to the queue that is named", async () => {
  const sqs = new SQSClient(config);
  const make = async (QueueName: string, Attributes = {}) =>
    (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl!;
  const dead = await make("dead");
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ["QueueArn"] }),
  );
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes!.QueueArn, maxReceiveCount: 5 });
  const source = await make("source", { RedrivePolicy });
  for (let n = 0; n < 12; n += 1) await sqs.send(new SendMessageCommand({ QueueUrl: dead, MessageBody: `{"n":${n}}` }));
  const queues = await sqsQueues(sqs, new STSClient(config), "dead", "source");
  const entries: string[] = [];
  const record = { add: ({ action }: { action: string }) => void entries.push(action) };
  const { outcomes, emptied } = await replay(
    queues,
    record,
    { by: "ann", reason: "mended", most: 100 },
    () => new Date(),
  );
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: source, MaxNumberOfMessages: 10 }));
  expect([outcomes.filter(({ why }) => why !== undefined), outcomes.length, emptied, Messages!.length]).toEqual([
    [],
    12,
    true,
    10,
  ]);
  expect(entries).toHaveLength(24);
}, 60_000);

test("a log group is copied to the bucket once", async () => {
  const logs = new CloudWatchLogsClient(config);
  const logGroupName = "/part11/acme/sftp";
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "s" }));
  const at = Date.now() - 60_000;
  const logEvents = Array.from({ length: 3 }, (_, n) => ({ timestamp: at + n, message: `{"n":${n}}` }));
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: "s", logEvents }));
  const aws = new AwsLogs(logs, await bucket("audit-of-logs"), "audit-of-logs");
  const ports = { events: aws.events.bind(aws), put: aws.put.bind(aws), log: () => undefined };
  const span = { from: at - 1000, to: at + 1000 };
  await copyLogs(ports, [logGroupName], span);
  await copyLogs(ports, [logGroupName], span);
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: "audit-of-logs" }));
  expect(Versions.map(({ Key }) => Key)).toEqual([
    expect.stringMatching(/^mirror\/logs\/part11\/acme\/sftp\/.*\.jsonl$/),
  ]);
});
