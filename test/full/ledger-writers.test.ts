// SPDX-License-Identifier: Apache-2.0
import { CreateTableCommand, DeleteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { type Appended, append } from "../../modules/ledger/append";
import { AwsLedgerStore } from "../../modules/ledger/aws-store";
import type { EventDraft } from "../../modules/ledger/entry";
import { type Entry, placeOf, readEntry, readRow, verifyChains } from "../../validation/ledger";
import { TableReader } from "../../validation/prove/aws/table-reader";
import { clientConfig, createAdministrator, type Emulator, startEmulator } from "../../validation/target/emulator";
import { readLive } from "../../validation/vendors/deliveries/live-ledger";
import { emulatorOptions } from "../validation/target/emulator/running";

const WRITERS = 32;
const [TABLE, AUDIT, REGION] = ["acme-ledger", "audit-of-writers", "eu-central-1"] as const;

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let config: ReturnType<typeof clientConfig>;
let dynamodb: DynamoDBClient;
let s3: S3Client;
let appended: readonly Appended[];

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  config = clientConfig(emulator, await createAdministrator(emulator), REGION);
  dynamodb = new DynamoDBClient(config);
  s3 = new S3Client({ ...config, forcePathStyle: true });
  const key = (AttributeName: string, KeyType: "HASH" | "RANGE") => ({ AttributeName, KeyType });
  await dynamodb.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [key("pk", "HASH"), key("sk", "RANGE")],
      AttributeDefinitions: ["pk", "sk"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    }),
  );
  await s3.send(new CreateBucketCommand({ Bucket: AUDIT, CreateBucketConfiguration: { LocationConstraint: REGION } }));
  appended = await Promise.all(Array.from({ length: WRITERS }, (_, n) => write(n)));
}, 300_000);

afterAll(async () => {
  await emulator?.stop();
  options.remove();
});

/** A writer of its own, with clients of its own, as every run of the function is. */
function write(n: number): Promise<Appended> {
  const store = new AwsLedgerStore(new DynamoDBClient(config), new S3Client({ ...config, forcePathStyle: true }), {
    table: TABLE,
    auditBucket: AUDIT,
  });
  const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  return append(store, received(n), { now: () => new Date(), wait, random: Math.random });
}

function received(n: number): EventDraft {
  const version = { vendor: "acme", bucket: "inbox", key: `clinical/inbound/raw/acme/st-101/${n}.csv` };
  return {
    type: "RECEIVED",
    ...version,
    versionId: `v${n}`,
    bytes: 1,
    sha256: "a".repeat(64),
    receivedAt: "2026-11-23T00:00:00.000Z",
  };
}

async function entries(): Promise<readonly Entry[]> {
  const rows = await new TableReader(dynamodb, TABLE).rows("acme");
  return rows.map((row) => {
    const { entry, problems } = readRow(row, "acme");
    expect(problems).toEqual([]);
    return entry!;
  });
}

async function copies(): Promise<readonly Entry[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: AUDIT, Prefix: "ledger/" }));
  return Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: AUDIT, Key }));
      return readEntry(JSON.parse(await Body!.transformToString()), Key!).entry;
    }),
  );
}

test(`${WRITERS} writers at once leave one chain in the table and the same in its mirror: no fork, no gap`, async () => {
  const { problems, chains } = verifyChains(await entries(), await copies(), []);
  expect(problems).toEqual([]);
  expect(chains).toMatchObject([{ chain: "acme", entries: WRITERS, confirmed: WRITERS }]);
});

test("every writer's event stands once, at the place that it was told", async () => {
  const stands = new Map((await entries()).map(({ eventId, sequence }) => [eventId, sequence]));
  expect(appended.map(({ event, link }) => stands.get(event.id) === link.sequence)).toEqual(Array(WRITERS).fill(true));
  expect(new Set(appended.map(({ link }) => link.sequence)).size).toBe(WRITERS);
});

test("what arrivals read of the table is the whole chain", async () => {
  const { events, ledger } = await readLive(new TableReader(dynamodb, TABLE), TABLE, ["acme", "borealis"]);
  expect([events.length, ledger.entries, ledger.problems]).toEqual([WRITERS, WRITERS, []]);
});

test("a link that is taken out of the table afterwards is a gap", async () => {
  const Key = { pk: { S: "chain#acme" }, sk: { S: placeOf(7) } };
  await dynamodb.send(new DeleteItemCommand({ TableName: TABLE, Key }));
  const { problems } = verifyChains(await entries(), undefined, []);
  expect(problems).toEqual([{ chain: "acme", sequence: 7, what: "is missing" }]);
});
