// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { AwsObjects, hashingClient } from "../../modules/ingest/arrivals/aws-objects";
import { sourceOf } from "../../modules/ingest/arrivals/promote";
import { clientConfig, createAdministrator, type Emulator, startEmulator } from "../../validation/target/emulator";
import { emulatorOptions, REGION } from "../validation/target/emulator/running";

const MIB = 1024 * 1024;
const PART = 64 * MIB;
const PARTS = 8;
const BYTES = PARTS * PART;

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let s3: S3Client;
let objects: AwsObjects;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  const config = { ...clientConfig(emulator, await createAdministrator(emulator), REGION), forcePathStyle: true };
  s3 = new S3Client(config);
  // So that half a gigabyte is much: the emulator answers with a body in one piece, and gives up on two gigabytes.
  objects = new AwsObjects(hashingClient(config), { singleBytes: 100_000_000, partBytes: 50 * MIB, atOnce: 4 });
}, 120_000);

afterAll(async () => {
  s3?.destroy();
  await emulator?.stop();
  options.remove();
});

async function lockedBucket(Bucket: string): Promise<void> {
  const CreateBucketConfiguration = { LocationConstraint: REGION } as const;
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration, ObjectLockEnabledForBucket: true }));
  const Rule = { DefaultRetention: { Mode: "COMPLIANCE", Days: 1 } } as const;
  const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled", Rule } as const;
  await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
}

/** Half a gigabyte of which every part is another. */
async function upload(at: { Bucket: string; Key: string }) {
  const whole = createHash("sha256");
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...at, Metadata: { study: "abc-1" } }));
  const Parts: Array<{ PartNumber: number; ETag: string | undefined }> = [];
  for (let PartNumber = 1; PartNumber <= PARTS; PartNumber += 1) {
    const Body = Buffer.alloc(PART, `part ${PartNumber} of a file, `);
    whole.update(Body);
    const { ETag } = await s3.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body }));
    Parts.push({ PartNumber, ETag });
  }
  const complete = new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } });
  const { VersionId } = await s3.send(complete);
  return { versionId: VersionId!, sha256: whole.digest("hex") };
}

test("half a gigabyte is hashed and copied by parts to a locked version with the same bytes and a note of its source", async () => {
  await lockedBucket("large-inbox");
  await lockedBucket("large-raw");
  const key = "clinical/inbound/raw/acme/abc-1/a b+ü.bam";
  const { versionId, sha256 } = await upload({ Bucket: "large-inbox", Key: key });
  const from = { bucket: "large-inbox", key, versionId };
  expect(await objects.sha256(from)).toBe(sha256);

  const to = { bucket: "large-raw", key: "record.bam" };
  const copy = await objects.copy(from, { bytes: BYTES, sha256 }, to, undefined);
  const record = { Bucket: to.bucket, Key: to.key, VersionId: copy };
  const { ContentLength, Metadata } = await s3.send(new HeadObjectCommand(record));
  expect([ContentLength, Metadata]).toEqual([BYTES, { study: "abc-1", "part11-received": sourceOf(from) }]);
  expect((await s3.send(new GetObjectRetentionCommand(record))).Retention?.Mode).toBe("COMPLIANCE");

  expect(await objects.copy(from, { bytes: BYTES, sha256 }, to, undefined)).toBeUndefined();
  expect((await objects.versions(to.bucket, to.key)).length).toBe(1);
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket: to.bucket }))).Uploads ?? []).toEqual([]);
}, 900_000);
