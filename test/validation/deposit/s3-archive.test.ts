// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import {
  CreateBucketCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { deposit as verb } from "../../../validation/cli/deposit";
import { S3Archive } from "../../../validation/deposit/s3-archive";
import { clientConfig, createAdministrator, type Emulator, startEmulator } from "../../../validation/target/emulator";
import { sampleRun } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";
import { emulatorOptions, REGION } from "../target/emulator/running";

const temporary = temporaryFolder();

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let s3: S3Client;
let archive: S3Archive;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  const config = clientConfig(emulator, await createAdministrator(emulator));
  s3 = new S3Client(config);
  archive = new S3Archive(s3, new STSClient(config));
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  options.remove();
  temporary.remove();
});

async function bucket(Bucket: string, lock: boolean): Promise<string> {
  const CreateBucketConfiguration = { LocationConstraint: REGION } as const;
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration, ObjectLockEnabledForBucket: lock }));
  return Bucket;
}

test("a bundle lies in the bucket, read back under the bucket's lock", async () => {
  const Bucket = await bucket("acme-evidence", true);
  const Rule = { DefaultRetention: { Mode: "COMPLIANCE", Days: 1 } } as const;
  const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled", Rule } as const;
  await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  const Tagging = { TagSet: [{ Key: "Environment", Value: "development" }] };
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging }));
  expect(await archive.facts(Bucket)).toEqual({
    versioning: true,
    lock: { mode: "COMPLIANCE", days: 1, years: undefined },
    tags: { Environment: "development" },
  });
  const folder = path.join(temporary.path, "bundle");
  sampleRun(folder);
  let stdout = "";
  const io = { stdout: { write: (text: string) => (stdout += text) }, stderr: process.stderr, env: {}, cwd: "/" };
  const ports = { archive: async () => archive, now: () => new Date() };
  const argv = [folder, "--bucket", Bucket, "--keep", "1 days", "--json"];
  expect(await verb(argv, io as never, ports)).toBe(0);
  const { standing, files, depositedBy } = JSON.parse(stdout);
  expect(standing).toBe("development");
  expect(depositedBy).toMatch(/^arn:aws:/);
  expect(files.length).toBeGreaterThan(10);
  for (const { mode, retainUntil } of files) {
    expect(mode).toBe("COMPLIANCE");
    expect(Date.parse(retainUntil)).toBeGreaterThan(Date.now());
  }
  await expect(verb(argv, io as never, ports)).rejects.toMatchObject({ code: "DEPOSIT_REFUSED" });
});

test("a bucket without lock, tags and versions says so", async () => {
  const Bucket = await bucket("acme-plain", false);
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
  expect(await archive.facts(Bucket)).toEqual({ versioning: false, lock: undefined, tags: {} });
});
