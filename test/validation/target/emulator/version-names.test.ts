// SPDX-License-Identifier: Apache-2.0
import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AwsObjects } from "../../../../modules/ingest/arrivals/aws-objects";
import {
  clientConfig,
  createAdministrator,
  type Emulator,
  startEmulator,
} from "../../../../validation/target/emulator";
import { emulatorOptions, REGION } from "./running";

const Bucket = "names-111122223333";
const KEYS = [
  "n/100%.csv",
  "n/a b.csv",
  "n/a%20b.csv",
  "n/a&<b>.csv",
  "n/a+b.csv",
  "n/bell\u0007.csv",
  "n/e\u0301.csv",
  "n/line\nbreak.csv",
  "n/\u00e9.csv",
  "n/\u{1f600}.csv",
];

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let s3: S3Client;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  s3 = new S3Client(clientConfig(emulator, await createAdministrator(emulator)));
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  for (const Key of KEYS) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  options.remove();
});

async function listed(page?: number): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of new AwsObjects(paged(page)).all(Bucket)) keys.push(key);
  return keys;
}

/** The client, whose listings have so many versions a page. */
function paged(MaxKeys?: number): S3Client {
  const send = (command: ListObjectVersionsCommand) =>
    s3.send(new ListObjectVersionsCommand({ ...command.input, MaxKeys }));
  return { send } as unknown as S3Client;
}

test("whatever signs a key has, the listing of versions names it exactly", async () => {
  expect(await listed()).toEqual(KEYS);
});

test("a listing goes on after a page that ends with such a key", async () => {
  expect(await listed(1)).toEqual(KEYS);
});

test("who asks for encoded names gets them so, and is told", async () => {
  const command = new ListObjectVersionsCommand({ Bucket, Prefix: "n/1", EncodingType: "url" });
  const { Versions, EncodingType } = await s3.send(command);
  expect([EncodingType, Versions?.map(({ Key }) => Key)]).toEqual(["url", ["n/100%25.csv"]]);
});

test("who does not ask for encoded names gets them as they are", async () => {
  const { Versions, EncodingType } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: "n/a" }));
  expect([EncodingType, Versions?.map(({ Key }) => Key)]).toEqual([
    undefined,
    ["n/a b.csv", "n/a%20b.csv", "n/a&<b>.csv", "n/a+b.csv"],
  ]);
});
