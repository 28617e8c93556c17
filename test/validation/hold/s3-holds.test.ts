// SPDX-License-Identifier: Apache-2.0
import {
  CreateBucketCommand,
  GetObjectRetentionCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { addHold, HoldRecord, listHolds, parseSelection, releaseHold } from "../../../validation/hold";
import { S3Holds } from "../../../validation/hold/s3-holds";
import { clientConfig, createAdministrator, type Emulator, startEmulator } from "../../../validation/target/emulator";
import { emulatorOptions, REGION } from "../target/emulator/running";
import { folder } from "./in-memory";

const BUCKET = "acme-held";
/** A space, a plus, a percent sign and letters beyond ASCII: what an encoding of keys gets wrong first. */
const KEY = "st-101/größe a+b%20.csv";
const who = { matter: "M-1", reason: "subpoena", by: "Mara" };
const now = () => new Date();

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let s3: S3Client;
let holds: S3Holds;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  const config = clientConfig(emulator, await createAdministrator(emulator));
  s3 = new S3Client(config);
  holds = new S3Holds(s3, new STSClient(config));
  await s3.send(
    new CreateBucketCommand({
      Bucket: BUCKET,
      CreateBucketConfiguration: { LocationConstraint: REGION },
      ObjectLockEnabledForBucket: true,
    }),
  );
  const DefaultRetention = { Mode: "COMPLIANCE", Days: 1 } as const;
  const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled", Rule: { DefaultRetention } } as const;
  await s3.send(new PutObjectLockConfigurationCommand({ Bucket: BUCKET, ObjectLockConfiguration }));
  for (const Body of ["one", "two"]) await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body }));
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  options.remove();
});

test("holds of S3 are set on every version, read back, and lifted, and retention stays as it was", async () => {
  const { record: file, remove } = folder();
  try {
    const record = HoldRecord.open(file, { create: true });
    const selection = parseSelection(`${BUCKET}/${KEY}`);
    const before = await retentions();
    const added = await addHold(holds, record, { selection, ...who }, now);
    expect(added.map(({ outcome }) => outcome)).toEqual(["held", "held"]);
    expect((await listHolds(holds, record, selection)).map(({ held, matters }) => [held, matters])).toEqual([
      [true, ["M-1"]],
      [true, ["M-1"]],
    ]);
    const released = await releaseHold(holds, record, { selection, ...who, approver: "Ines" }, now);
    expect(released.map(({ outcome }) => outcome)).toEqual(["released", "released"]);
    expect((await listHolds(holds, record, selection)).map(({ held }) => held)).toEqual([false, false]);
    expect(await retentions()).toEqual(before);
  } finally {
    remove();
  }
});

test("the caller is the session that AWS sees", async () => {
  expect(await holds.caller()).toMatch(/^arn:aws:sts::\d{12}:assumed-role\/part11-administrator\//);
});

async function retentions() {
  const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET }));
  return Promise.all(
    Versions!.map(async ({ VersionId }) => {
      const asked = new GetObjectRetentionCommand({ Bucket: BUCKET, Key: KEY, VersionId });
      return (await s3.send(asked)).Retention;
    }),
  );
}
