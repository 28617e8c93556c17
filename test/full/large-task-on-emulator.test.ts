// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  GetObjectCommand,
  GetObjectRetentionCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { packTasks } from "../../modules/handler/pack-handlers";
import { DELIVERIES_PARTITION, type Delivery } from "../../modules/ingest/arrivals/delivery";
import { handOverBody } from "../../modules/ingest/arrivals/message";
import type { LedgerEvent } from "../../modules/ledger/entry";
import { readEntry, readRow, verifyChains } from "../../validation/ledger";
import { TableReader } from "../../validation/prove/aws/table-reader";
import {
  type Credentials,
  clientConfig,
  createAdministrator,
  type Emulator,
  startEmulator,
} from "../../validation/target/emulator";
import { until } from "../../validation/target/emulator/preflight/scenario";
import { Stage } from "../../validation/target/emulator/preflight/stage";
import { emulatorOptions, REGION } from "../validation/target/emulator/running";

const CONTENT = "subject,value\n101-001,4.2\n";
const KEY = "clinical/inbound/raw/acme/st-101/genome.bam";
const DELIVERY: Delivery = {
  ...{ vendor: "acme", study: "st-101", name: "genomes", files: "*.bam", sizeBytes: { min: 1, max: 1000 } },
  ...{ manifest: "none", sha256File: "none", finishedBy: "object", windowMinutes: 60, blinding: "blinded" },
};

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let administrator: Credentials;
let stage: Stage;
let s3: S3Client;
let dynamodb: DynamoDBClient;
let folder: string;
let task: ChildProcess | undefined;

beforeAll(async () => {
  options = await emulatorOptions();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-task-"));
  emulator = await startEmulator(options);
  administrator = await createAdministrator(emulator);
  stage = new Stage(emulator, administrator, "eu-central-1", 60);
  s3 = stage.s3;
  dynamodb = new DynamoDBClient(clientConfig(emulator, administrator));
}, 120_000);

afterAll(async () => {
  task?.kill("SIGKILL");
  await emulator?.stop();
  options.remove();
  fs.rmSync(folder, { recursive: true });
});

async function table(TableName: string): Promise<string> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      AttributeDefinitions: ["pk", "sk"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    }),
  );
  return TableName;
}

/** The packed program as a process of its own, with nothing of this one's environment. */
function start(environment: Readonly<Record<string, string>>): { readonly said: () => string } {
  const program = packTasks(folder).find((file) => file.includes("large-arrivals-worker"))!;
  const env = {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
    ...(administrator.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: administrator.sessionToken }),
    AWS_ENDPOINT_URL: emulator.endpoint,
    NODE_EXTRA_CA_CERTS: emulator.caFile,
    NODE_NO_WARNINGS: "1",
    LARGEST_TRIAL_BYTES: "1000",
    ...environment,
  };
  task = spawn(process.execPath, [program], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [task.stdout!, task.stderr!]) stream.on("data", (chunk: Buffer) => (said += chunk));
  return { said: () => said };
}

async function entries(ledger: string) {
  const rows = await new TableReader(dynamodb, ledger).rows("acme");
  return rows.map((row) => readRow(row, "acme"));
}

test("the packed task takes a version that was handed over to a locked record, and its ledger entries to their mirror", async () => {
  const [inbox, raw, audit] = [
    await stage.bucket("inbox", { locked: true }),
    await stage.bucket("raw", { locked: true }),
    await stage.bucket("audit", { locked: true }),
  ];
  const [ledger, deliveries] = [await table("large-ledger"), await table("large-deliveries")];
  const item = { pk: DELIVERIES_PARTITION, sk: "acme#st-101#genomes", delivery: JSON.stringify(DELIVERY) };
  const Item = Object.fromEntries(Object.entries(item).map(([name, S]) => [name, { S }]));
  await dynamodb.send(new PutItemCommand({ TableName: deliveries, Item }));
  const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: inbox, Key: KEY, Body: CONTENT }));
  const sqs = new SQSClient(clientConfig(emulator, administrator));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "large" }));
  const body = handOverBody({ bucket: inbox, key: KEY, versionId: VersionId! });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));

  const { said } = start({
    ...{ INBOX_BUCKET: inbox, RAW_BUCKET: raw, AUDIT_BUCKET: audit },
    ...{ LEDGER_TABLE: ledger, DELIVERIES_TABLE: deliveries, LARGE_QUEUE_URL: QueueUrl! },
  });
  const left = await until(async () => {
    const AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
    );
    const counts = AttributeNames.map((name) => Attributes[name]);
    return counts.every((count) => count === "0") ? counts : undefined;
  }, 60);
  // What it says tells why, if it did not.
  expect([left, said()]).toEqual([["0", "0"], expect.not.stringContaining("PART11_LARGE_FAILED")]);

  const read = await entries(ledger);
  const events = read.map(({ event }) => event as LedgerEvent);
  const sha256 = createHash("sha256").update(CONTENT).digest("hex");
  expect([read.flatMap(({ problems }) => problems), events]).toMatchObject([
    [],
    [
      { type: "RECEIVED", bucket: inbox, key: KEY, versionId: VersionId, bytes: CONTENT.length, sha256 },
      { type: "PROMOTED", bucket: inbox, versionId: VersionId, sha256, destination: { bucket: raw } },
    ],
  ]);

  const { bucket: Bucket, key: Key, versionId } = events[1]!.destination!;
  expect(Key).toMatch(/^clinical\/inbound\/raw\/acme\/st-101\/\d{4}-\d\d-\d\d\/genome\.bam$/);
  const record = { Bucket, Key, VersionId: versionId };
  expect(await (await s3.send(new GetObjectCommand(record))).Body!.transformToString()).toBe(CONTENT);
  expect((await s3.send(new GetObjectRetentionCommand(record))).Retention?.Mode).toBe("COMPLIANCE");

  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: audit, Prefix: "ledger/" }));
  const mirror = await Promise.all(
    Versions.map(async ({ Key: copy }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: audit, Key: copy }));
      return readEntry(JSON.parse(await Body!.transformToString()), copy!).entry;
    }),
  );
  const verified = verifyChains(
    read.map(({ entry }) => entry!),
    mirror,
    [],
  );
  expect(verified).toMatchObject({ problems: [], chains: [{ chain: "acme", entries: 2, confirmed: 2 }] });

  task!.kill("SIGTERM");
  expect(await once(task!, "close")).toEqual([0, null]);
}, 180_000);
