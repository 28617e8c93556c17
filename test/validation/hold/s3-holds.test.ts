// SPDX-License-Identifier: Apache-2.0
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { RecordBucket, Retention, RuntimeRole } from "../../../modules";
import { addHold, HoldRecord, listHolds, parseSelection, releaseHold } from "../../../validation/hold";
import { S3Holds } from "../../../validation/hold/s3-holds";
import {
  type Credentials,
  clientConfig,
  createAdministrator,
  type Emulator,
  startEmulator,
} from "../../../validation/target/emulator";
import { Stage } from "../../../validation/target/emulator/preflight/stage";
import { deployer, env, identity, statements, synthesize, testStack } from "../../modules/synth";
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
let stage: Stage;
/** The session that holds and releases. */
let custodian: Credentials;
let holds: S3Holds;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  stage = new Stage(emulator, await createAdministrator(emulator), "eu-central-1", 20);
  s3 = stage.s3;
  custodian = await stage.session("custodian", rightsOf("grantLegalHold"));
  holds = holdsAs(custodian);
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
  expect(await holds.caller()).toMatch(/^arn:aws:sts::\d{12}:assumed-role\/preflight-custodian-\d+\//);
});

test("the custodian may not read a record, change its retention, delete a version or put one", async () => {
  const own = stage.s3As(custodian);
  const [version] = (await s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET }))).Versions!;
  const one = { Bucket: BUCKET, Key: KEY, VersionId: version!.VersionId };
  const Retention = { Mode: "COMPLIANCE", RetainUntilDate: new Date("2099-01-01T00:00:00Z") } as const;
  const refused = await Promise.all([
    nameOfRejection(own.send(new GetObjectCommand(one))),
    nameOfRejection(own.send(new PutObjectRetentionCommand({ ...one, Retention }))),
    nameOfRejection(own.send(new DeleteObjectCommand(one))),
    nameOfRejection(own.send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: "three" }))),
  ]);
  expect(refused).toEqual(Array(4).fill("AccessDenied"));
});

test.each(["grantInspect", "grantWrite"] as const)(
  "nobody with the rights of %s sets a hold or lifts one",
  async (right) => {
    const [version] = (await s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET }))).Versions!;
    const one = { key: KEY, versionId: version!.VersionId! };
    const others = holdsAs(await stage.session("other", rightsOf(right)));
    expect(await nameOfRejection(others.setHold(BUCKET, one, true))).toBe("AccessDenied");
    expect(await isHeld(one.versionId)).toBe(false);
    await holds.setHold(BUCKET, one, true);
    try {
      expect(await nameOfRejection(others.setHold(BUCKET, one, false))).toBe("AccessDenied");
      expect(await isHeld(one.versionId)).toBe(true);
    } finally {
      await holds.setHold(BUCKET, one, false);
    }
  },
);

test("an inspector who asks for a hold is told that it failed, and nothing is recorded", async () => {
  const { record: file, remove } = folder();
  try {
    const record = HoldRecord.open(file, { create: true });
    const inspector = holdsAs(await stage.session("inspector", rightsOf("grantInspect")));
    const added = await addHold(inspector, record, { selection: parseSelection(`${BUCKET}/${KEY}`), ...who }, now);
    expect(added.map(({ outcome, why }) => [outcome, why?.split(":")[0]])).toEqual([
      ["failed", "AccessDenied"],
      ["failed", "AccessDenied"],
    ]);
    expect(record.openVersions(BUCKET)).toEqual([]);
  } finally {
    remove();
  }
});

/** The statements that the module gives a role for one right on the bucket. */
function rightsOf(right: "grantLegalHold" | "grantInspect" | "grantWrite") {
  const { stack } = testStack();
  const bucket = new RecordBucket(stack, "Held", {
    env,
    identity: identity(),
    bucketName: BUCKET,
    retention: Retention.compliance({ years: 7 }),
    administratorArns: [deployer],
  });
  const trust = { principalArns: [deployer] };
  const role = new RuntimeRole(stack, "Role", { env, roleName: "acme-role", trust, tags: {} });
  if (right === "grantWrite") bucket.grantWrite(role, "st-101/");
  else bucket[right](role);
  const policies = Object.values(synthesize(stack).resource.aws_iam_role_policy!);
  // The use of the key stands in a policy of its own, whose ARN is known after the apply; this bucket has none.
  const known = policies.filter(({ policy }) => !String(policy).includes("${"));
  return known.flatMap(({ policy }) => statements(policy)).map((one) => ({ ...one }));
}

function holdsAs(credentials: Credentials): S3Holds {
  return new S3Holds(stage.s3As(credentials), new STSClient(clientConfig(emulator, credentials)));
}

async function isHeld(VersionId: string): Promise<boolean> {
  try {
    const { LegalHold } = await s3.send(new GetObjectLegalHoldCommand({ Bucket: BUCKET, Key: KEY, VersionId }));
    return LegalHold?.Status === "ON";
  } catch (error) {
    if ((error as Error).name === "NoSuchObjectLockConfiguration") return false;
    throw error;
  }
}

async function nameOfRejection(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "nothing refused";
  } catch (error) {
    return (error as Error).name;
  }
}

async function retentions() {
  const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET }));
  return Promise.all(
    Versions!.map(async ({ VersionId }) => {
      const asked = new GetObjectRetentionCommand({ Bucket: BUCKET, Key: KEY, VersionId });
      return (await s3.send(asked)).Retention;
    }),
  );
}
