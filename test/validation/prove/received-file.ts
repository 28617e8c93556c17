// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { CreateTrailCommand, PutEventSelectorsCommand, StartLoggingCommand } from "@aws-sdk/client-cloudtrail";
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { PutBucketNotificationConfigurationCommand, PutBucketReplicationCommand } from "@aws-sdk/client-s3";
import { Arrivals } from "../../../modules/ingest/arrivals/arrival";
import { AwsDeliveries } from "../../../modules/ingest/arrivals/aws-deliveries";
import { AwsObjects } from "../../../modules/ingest/arrivals/aws-objects";
import { putDailyRoot } from "../../../modules/ingest/arrivals/aws-root";
import { takeBatch } from "../../../modules/ingest/arrivals/batch";
import { DELIVERIES_PARTITION, type Delivery } from "../../../modules/ingest/arrivals/delivery";
import { History } from "../../../modules/ingest/arrivals/history";
import { AwsLedgerStore } from "../../../modules/ledger/aws-store";
import type { LedgerEvent, ObjectVersion } from "../../../modules/ledger/entry";
import type { Names } from "../../../validation/prove";
import { clientConfig } from "../../../validation/target/emulator";
import { message, type Queue, queue } from "../../../validation/target/emulator/preflight/queue";
import { allow, type Stage, type Statement } from "../../../validation/target/emulator/preflight/stage";
import { answer, gateway, keyPair, uploadOnly } from "../../../validation/target/emulator/preflight/transfer";

const HOME = "clinical/inbound/raw/acme";
const DELIVERY: Delivery = {
  vendor: "acme",
  study: "st-101",
  name: "weekly",
  files: "lab*.csv",
  sizeBytes: { min: 1, max: 1000 },
  manifest: "none",
  sha256File: "required",
  finishedBy: "transfer",
  windowMinutes: 60,
  blinding: "blinded",
};

export interface ReceivedFile {
  readonly record: ObjectVersion;
  readonly names: Names;
  /** Rights of the guide, on these resources. */
  readonly inspectorRights: readonly Statement[];
}

/** A file that a vendor puts over SFTP with its side file, and that ingest receives, promotes and records. */
export async function receivedFile(stage: Stage, content: string): Promise<ReceivedFile> {
  const { accountId, region } = stage.emulator;
  const trail = stage.name("trail");
  const [key, replicaKey] = [await stage.key(), await stage.key(stage.replicaRegion)];
  const inbox = await stage.bucket("inbox", { locked: true, keyArn: key });
  const raw = await stage.bucket("raw", { locked: true, keyArn: key });
  const audit = await stage.bucket("audit", {
    locked: true,
    keyArn: key,
    policy: (arn) => trailMay(stage, trail, arn),
  });
  const replica = await stage.bucket("second", { lockable: true, keyArn: replicaKey, region: stage.replicaRegion });
  await replicate(stage, raw, replica, replicaKey);
  await record(stage, trail, audit, [inbox, raw]);
  const told = await arrivalsQueue(stage, [inbox, raw]);
  const dynamodb = new DynamoDBClient(clientConfig(stage.emulator, stage.administrator));
  const [table, deliveries] = [await tableOf(stage, dynamodb, "ledger"), await tableOf(stage, dynamodb, "deliveries")];
  const item = { pk: DELIVERIES_PARTITION, sk: "acme#st-101#weekly", delivery: JSON.stringify(DELIVERY) };
  const Item = Object.fromEntries(Object.entries(item).map(([name, S]) => [name, { S }]));
  await dynamodb.send(new PutItemCommand({ TableName: deliveries, Item }));
  const logGroup = await upload(stage, inbox, content);
  const promoted = await ingest(stage, dynamodb, { inbox, raw, audit, table, deliveries }, told);
  const names: Names = {
    ...{ accountId, region, replicaRegion: stage.replicaRegion, table, auditBucket: audit, inbox },
    replicas: { [raw]: replica },
    transferLog: logGroup,
  };
  const arns = [inbox, raw, audit, replica].map((bucket) => `arn:aws:s3:::${bucket}`);
  const inspectorRights = [
    allow(
      ["GetObject", "GetObjectVersion", "GetObjectRetention", "GetObjectLegalHold"].map((name) => `s3:${name}`),
      arns.map((arn) => `${arn}/*`),
    ),
    allow(["s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketObjectLockConfiguration"], arns),
    allow("kms:Decrypt", [key, replicaKey]),
    allow(["dynamodb:Query", "dynamodb:GetItem"], `arn:aws:dynamodb:${region}:${accountId}:table/${table}`),
    // AWS asks for the second form (CloudWatch Logs user guide, "Overview of managing access permissions"), the emulator for the first.
    allow(
      "logs:FilterLogEvents",
      ["", ":*"].map((end) => `arn:aws:logs:${region}:${accountId}:log-group:${logGroup}${end}`),
    ),
  ];
  return { record: promoted, names, inspectorRights };
}

/** Puts the file and its side file as the vendor does. */
async function upload(stage: Stage, inbox: string, content: string): Promise<string> {
  const key = keyPair();
  const rights = [...uploadOnly(inbox, HOME), allow(["kms:GenerateDataKey", "kms:Decrypt"])];
  const role = await stage.role("vendor", rights, "transfer.amazonaws.com");
  const server = await gateway(stage, { users: { acme: { answer: answer(inbox, HOME, role.arn, key.public) } } });
  const { sftp, refusal } = (await server.login({ user: "acme", privateKey: key.private })) as {
    sftp?: { put(path: string, content: string): Promise<string>; end(): void };
    refusal?: string;
  };
  if (!sftp) throw new Error(`no login: ${refusal}`);
  const hash = createHash("sha256").update(content).digest("hex");
  for (const [name, text] of [
    ["lab.csv", content],
    ["lab.csv.sha256", `${hash}  lab.csv\n`],
  ] as const) {
    const said = await sftp.put(`/st-101/${name}`, text);
    if (said !== "ok") throw new Error(`no upload: ${said}`);
  }
  sftp.end();
  return server.logGroup;
}

/** Takes messages with the code of the ingest function until the record itself is received. */
async function ingest(
  stage: Stage,
  dynamodb: DynamoDBClient,
  names: Readonly<Record<"inbox" | "raw" | "audit" | "table" | "deliveries", string>>,
  told: Queue,
): Promise<ObjectVersion> {
  const store = new AwsLedgerStore(dynamodb, stage.s3, { table: names.table, auditBucket: names.audit });
  const events: LedgerEvent[] = [];
  const options = {
    now: () => new Date(),
    wait: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
  };
  const arrivals = new Arrivals({
    ...{ inbox: names.inbox, raw: names.raw },
    largestBytes: 1_000_000,
    largestTrialBytes: 1_000_000,
    objects: new AwsObjects(stage.s3),
    history: new History(store, options, (event) => events.push(event)),
    deliveries: new AwsDeliveries(dynamodb, names.deliveries),
    scan: { look: async () => ({ verdict: "CLEAN" }) },
  });
  const log: string[] = [];
  const take = async (one: Parameters<Arrivals["take"]>[0] | { kind: "sweep" }) =>
    one.kind === "sweep" ? undefined : arrivals.take(one);
  for (;;) {
    const body = await message(stage, told);
    if (body === undefined) throw new Error(`no record: ${events.map(({ type }) => type)} ${log.join(" ")}`);
    await takeBatch({ Records: [{ messageId: "m", body }] }, take, (line) => log.push(line));
    const promoted = events.find(({ type, key }) => type === "PROMOTED" && key.endsWith("lab.csv"))?.destination;
    const received = events.some(({ type, versionId }) => type === "RECEIVED" && versionId === promoted?.versionId);
    if (!promoted || !received) continue;
    await putDailyRoot(stage.s3, names.audit, store, ["acme"], new Date());
    return promoted;
  }
}

async function arrivalsQueue(stage: Stage, buckets: readonly string[]): Promise<Queue> {
  const NotificationConfiguration = { EventBridgeConfiguration: {} };
  for (const Bucket of buckets) {
    await stage.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  }
  const target = await queue(stage, "events.amazonaws.com");
  for (const [Name, pattern] of Object.entries({
    objects: { source: ["aws.s3"], "detail-type": ["Object Created"], detail: { bucket: { name: buckets } } },
    uploads: { source: ["aws.transfer"], "detail-type": ["SFTP Server File Upload Completed"] },
  })) {
    await stage.events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern) }));
    await stage.events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "q", Arn: target.arn }] }));
  }
  return target;
}

async function tableOf(stage: Stage, dynamodb: DynamoDBClient, purpose: string): Promise<string> {
  const TableName = stage.name(purpose);
  const names = ["pk", "sk"] as const;
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? "HASH" : "RANGE" })),
    }),
  );
  return TableName;
}

function trailMay(stage: Stage, trail: string, arn: string): Statement[] {
  const { accountId, region } = stage.emulator;
  const SourceArn = `arn:aws:cloudtrail:${region}:${accountId}:trail/${trail}`;
  const Condition = { StringEquals: { "aws:SourceArn": SourceArn } };
  const grant = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Condition };
  return [
    { ...grant, Action: "s3:GetBucketAcl", Resource: arn },
    { ...grant, Action: "s3:PutObject", Resource: `${arn}/AWSLogs/${accountId}/*` },
  ];
}

async function record(stage: Stage, Name: string, audit: string, buckets: readonly string[]): Promise<void> {
  await stage.cloudtrail.send(new CreateTrailCommand({ Name, S3BucketName: audit, IsMultiRegionTrail: true }));
  const Values = buckets.map((bucket) => `arn:aws:s3:::${bucket}/`);
  const EventSelectors = [{ ReadWriteType: "All" as const, DataResources: [{ Type: "AWS::S3::Object", Values }] }];
  await stage.cloudtrail.send(new PutEventSelectorsCommand({ TrailName: Name, EventSelectors }));
  await stage.cloudtrail.send(new StartLoggingCommand({ Name }));
}

async function replicate(stage: Stage, Bucket: string, replica: string, ReplicaKmsKeyID: string): Promise<void> {
  const reads = ["GetObjectVersionForReplication", "GetObjectVersionAcl", "GetObjectRetention", "GetObjectLegalHold"];
  const role = await stage.role(
    "replication",
    [
      allow(["s3:GetReplicationConfiguration", "s3:ListBucket"], `arn:aws:s3:::${Bucket}`),
      allow(
        reads.map((name) => `s3:${name}`),
        `arn:aws:s3:::${Bucket}/*`,
      ),
      allow("s3:ReplicateObject", `arn:aws:s3:::${replica}/*`),
      allow(["kms:Decrypt", "kms:Encrypt"]),
    ],
    "s3.amazonaws.com",
  );
  const rule = {
    ID: "all",
    Status: "Enabled",
    Priority: 1,
    Filter: {},
    DeleteMarkerReplication: { Status: "Disabled" },
    SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: "Enabled" } },
    Destination: { Bucket: `arn:aws:s3:::${replica}`, EncryptionConfiguration: { ReplicaKmsKeyID } },
  } as const;
  const ReplicationConfiguration = { Role: role.arn, Rules: [rule] };
  await stage.s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration }));
}
