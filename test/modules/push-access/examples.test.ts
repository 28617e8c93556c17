// SPDX-License-Identifier: Apache-2.0
import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as https from "node:https";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { CreateRoleCommand, DeleteRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { RecordBucket, type Sender } from "../../../modules";
import { ChangedWhileRead, withContent } from "../../../validation/import/content";
import { S3Destination, SILENT } from "../../../validation/import/s3-destination";
import { packageRoot } from "../../../validation/package-root";
import {
  assumeRole,
  type Credentials,
  clientConfig,
  createAdministrator,
  type Emulator,
  startEmulator,
} from "../../../validation/target/emulator";
import { allow, Stage } from "../../../validation/target/emulator/preflight/stage";
import { ACCOUNT, emulatorOptions, REGION } from "../../validation/target/emulator/running";
import { resource, synthesize, testStack } from "../synth";
import { addPush, mft } from "./push-stack";

const run = promisify(execFile);
const EXAMPLES = path.join(packageRoot(), "modules", "push-access", "examples");
const FILE = "vitals 2026-11.csv";
const BYTES = "subject,visit,systolic\n101,1,120\n";
const SHA256 = createHash("sha256").update(BYTES).digest("base64");
const MD5 = createHash("md5").update(BYTES).digest("base64");

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let stage: Stage;
let bucketName: string;
let keyArn: string;
let file: string;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  stage = new Stage(emulator, await createAdministrator(emulator), "eu-central-1", 10);
  keyArn = await stage.key();
  bucketName = await stage.bucket("inbox", { locked: true, keyArn });
  file = path.join(options.runDir, FILE);
  fs.writeFileSync(file, BYTES);
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  options.remove();
});

/** What stands on the sender's side: a role of its own, and the writer role as PushAccess makes it. */
interface Sending {
  readonly own: Credentials;
  readonly roleArn: string;
  readonly prefix: string;
}

/** Makes the role of a sender from the policies that PushAccess synthesizes; its trust names the sender's own role. */
async function sending(name: string, sender: (ownRoleArn: string) => Sender): Promise<Sending> {
  const own = await stage.role(name, [allow("sts:AssumeRole")]);
  const session = { roleArn: own.arn, sessionName: name };
  const made = await writerRole(name, sender(own.arn));
  return { own: await assumeRole(emulator, stage.administrator, session), ...made };
}

async function writerRole(name: string, sender: Sender): Promise<Pick<Sending, "roleArn" | "prefix">> {
  const { stack } = testStack();
  const env = { partition: "aws", accountId: ACCOUNT, region: REGION };
  const inbox = RecordBucket.fromAttributes(stack, "Inbox", { env, bucketName, keyArn });
  const push = addPush(stack, { inbox }, name, sender, { env });
  const document = synthesize(stack);
  const RoleName = push.role.roleName;
  const AssumeRolePolicyDocument = resource(document, "aws_iam_role").assume_role_policy as string;
  await stage.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  for (const { name: PolicyName, policy } of Object.values(document.resource.aws_iam_role_policy!)) {
    const PolicyDocument = policy as string;
    await stage.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: PolicyName as string, PolicyDocument }));
  }
  return { roleArn: push.role.arn, prefix: push.prefix };
}

/** Environment of an example as its machine has it: no credentials but the sender's own. */
function environment({ own, roleArn, prefix }: Sending): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    // The CLI keeps sessions in the home folder.
    HOME: options.runDir,
    AWS_ACCESS_KEY_ID: own.accessKeyId,
    AWS_SECRET_ACCESS_KEY: own.secretAccessKey,
    AWS_SESSION_TOKEN: own.sessionToken,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_CA_BUNDLE: emulator.caFile,
    NODE_EXTRA_CA_CERTS: emulator.caFile,
    AWS_EC2_METADATA_DISABLED: "true",
    PART11_ROLE_ARN: roleArn,
    PART11_BUCKET: bucketName,
    PART11_PREFIX: prefix,
  };
}

/** A client as the writer role; its connections leave from `localAddress`. */
async function writer({ own, roleArn }: Sending, localAddress = "127.0.0.1"): Promise<S3Client> {
  const session = await assumeRole(emulator, own, { roleArn, sessionName: "sender" });
  const httpsAgent = new https.Agent({ ca: fs.readFileSync(emulator.caFile), localAddress });
  return new S3Client({
    ...clientConfig(emulator, session),
    requestHandler: new NodeHttpHandler({ httpsAgent }),
    logger: SILENT,
  });
}

const landed = (key: string) =>
  stage.s3.send(new HeadObjectCommand({ Bucket: bucketName, Key: key, ChecksumMode: "ENABLED" }));
const DENIED = expect.objectContaining({ name: "AccessDenied" });

describe("an application", () => {
  let edc: Sending;
  beforeAll(async () => {
    edc = await sending("edc", (arn) => ({ kind: "application", trust: { roleArns: [arn] } }));
  });
  const example = () =>
    run(process.execPath, [path.join(EXAMPLES, "application", "send.js"), file], { env: environment(edc) });

  test("sends a file with its SHA-256, locked and encrypted with the bucket's key where it lands", async () => {
    expect(JSON.parse((await example()).stdout)).toMatchObject({ key: `${edc.prefix}${FILE}`, sha256: SHA256 });
    expect(await landed(`${edc.prefix}${FILE}`)).toMatchObject({
      ChecksumSHA256: SHA256,
      SSEKMSKeyId: keyArn,
      ObjectLockMode: "COMPLIANCE",
    });
  });

  test("is refused to send under a name that is taken", async () => {
    await expect(example()).rejects.toThrow("PreconditionFailed");
  });

  const Bucket = () => bucketName;
  const stream = () => ({ Body: fs.createReadStream(file), ContentLength: BYTES.length });
  test.each<[string, (s3: S3Client, prefix: string) => Promise<unknown>]>([
    ["read what it sent", (s3, prefix) => s3.send(new GetObjectCommand({ Bucket: Bucket(), Key: prefix + FILE }))],
    ["delete what it sent", (s3, prefix) => s3.send(new DeleteObjectCommand({ Bucket: Bucket(), Key: prefix + FILE }))],
    ["list its prefix", (s3, Prefix) => s3.send(new ListObjectsV2Command({ Bucket: Bucket(), Prefix }))],
    [
      "send for a vendor whose id begins alike",
      (s3, prefix) =>
        s3.send(new PutObjectCommand({ Bucket: Bucket(), Key: prefix.replace("/edc/", "/edc2/"), Body: BYTES })),
    ],
    [
      "send a body without a signed hash",
      (s3, prefix) =>
        s3.send(new PutObjectCommand({ Bucket: Bucket(), Key: `${prefix}a`, ContentMD5: MD5, ...stream() })),
    ],
    [
      "send a hash behind an unsigned body",
      (s3, prefix) => s3.send(new PutObjectCommand({ Bucket: Bucket(), Key: `${prefix}b`, ...stream() })),
    ],
  ])("may not %s", async (_, attempt) => {
    await expect(attempt(await writer(edc), edc.prefix)).rejects.toEqual(DENIED);
  });
});

describe("it is the role's conditions that refuse", () => {
  const weakened = async (name: string, sender: (arn: string) => Sender): Promise<Sending> => {
    const made = await sending(name, sender);
    const RoleName = made.roleArn.split("/")[1]!;
    await stage.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "conditions" }));
    return made;
  };

  test("bodies without a signed hash", async () => {
    const mutant = await weakened("edcx", (arn) => ({ kind: "application", trust: { roleArns: [arn] } }));
    const Key = `${mutant.prefix}unsigned`;
    const body = { Body: fs.createReadStream(file), ContentLength: BYTES.length };
    await (await writer(mutant)).send(new PutObjectCommand({ Bucket: bucketName, Key, ...body }));
    expect((await landed(Key)).ContentLength).toBe(BYTES.length);
  });

  test("other addresses", async () => {
    const network = { cidrs: ["127.0.0.1/32"] };
    const mutant = await weakened("mftx", (arn) => ({ ...mft, trust: { roleArns: [arn] }, network }) as Sender);
    const Key = `${mutant.prefix}elsewhere`;
    await (await writer(mutant, "127.0.0.2")).send(new PutObjectCommand({ Bucket: bucketName, Key, Body: BYTES }));
    expect((await landed(Key)).ContentLength).toBe(BYTES.length);
  });
});

describe("a file transfer server", () => {
  let server: Sending;
  beforeAll(async () => {
    const network = { cidrs: ["127.0.0.1/32"] };
    server = await sending("mft", (arn) => ({ ...mft, trust: { roleArns: [arn] }, network }) as Sender);
  });
  /** A stream without a signed hash, as connectors send it. */
  const put = async (name: string, address: string) =>
    (await writer(server, address)).send(
      new PutObjectCommand({
        Bucket: bucketName,
        Key: `${server.prefix}${name}`,
        Body: fs.createReadStream(file),
        ContentLength: BYTES.length,
        ContentMD5: MD5,
      }),
    );

  test("sends from its own address", async () => {
    await put("from-its-address", "127.0.0.1");
    expect((await landed(`${server.prefix}from-its-address`)).ContentLength).toBe(BYTES.length);
  });

  test("is refused from any other address", async () => {
    await expect(put("from-elsewhere", "127.0.0.2")).rejects.toEqual(DENIED);
  });
});

describe("a job with a token of an OpenID Connect provider", () => {
  const claims = { aud: "sts.amazonaws.com", sub: "repo:example/exports:ref:refs/heads/main" };
  const host = "token.example.org";
  let job: Pick<Sending, "roleArn" | "prefix">;
  beforeAll(async () => {
    const providerArn = `arn:aws:iam::${ACCOUNT}:oidc-provider/${host}`;
    const oidc = { providerArn, audience: claims.aud, subject: claims.sub };
    job = await writerRole("oidc", { kind: "batch", trust: { oidc } });
  });

  /** A session by a token; nothing else is known of the caller. */
  const session = async (change: object = {}): Promise<Credentials> => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = `${part({ alg: "RS256" })}.${part({ iss: `https://${host}`, ...claims, ...change })}.AAAA`;
    const sts = new STSClient({
      ...clientConfig(emulator, { accessKeyId: "none", secretAccessKey: "none" }),
      logger: SILENT,
    });
    const command = new AssumeRoleWithWebIdentityCommand({
      ...{ RoleArn: job.roleArn, RoleSessionName: "job", WebIdentityToken: token },
    });
    const { AccessKeyId, SecretAccessKey, SessionToken } = (await sts.send(command)).Credentials!;
    return { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
  };

  test("sends a file with its SHA-256", async () => {
    const s3 = new S3Client({ ...clientConfig(emulator, await session()), logger: SILENT });
    const Key = `${job.prefix}${FILE}`;
    await s3.send(new PutObjectCommand({ Bucket: bucketName, Key, Body: BYTES, ChecksumSHA256: SHA256 }));
    expect(await landed(Key)).toMatchObject({ ChecksumSHA256: SHA256, SSEKMSKeyId: keyArn });
  });

  test.each([
    ["another subject", { sub: "repo:example/exports:ref:refs/heads/other" }],
    ["another audience", { aud: "another" }],
    ["another provider", { iss: "https://token.example.com" }],
  ])("is no sender with %s", async (_, change) => {
    await expect(session(change)).rejects.toEqual(DENIED);
  });
});
notRun("signature of a token", "the emulator takes any; AWS verifies it with the keys that the provider publishes");
notRun("certificate by IAM Roles Anywhere", "the emulator has no Roles Anywhere");

describe("part11 import", () => {
  let share: Sending;
  beforeAll(async () => {
    share = await sending("import", (arn) => ({ kind: "application", trust: { roleArns: [arn] } }));
  });
  const destination = async () =>
    new S3Destination(await writer(share), new STSClient(clientConfig(emulator, share.own)));

  test("puts a folder as a writer of PushAccess, the manifest last", async () => {
    const folder = path.join(options.runDir, "share");
    fs.mkdirSync(path.join(folder, "ecg"), { recursive: true });
    fs.writeFileSync(path.join(folder, "ecg", FILE), BYTES);
    const session = await assumeRole(emulator, share.own, { roleArn: share.roleArn, sessionName: "jane" });
    const cli = [
      "-r",
      "ts-node/register",
      path.join(packageRoot(), "validation", "cli.ts"),
      "import",
      folder,
      "--json",
    ];
    const where = ["--vendor", "import", "--study", "st-101", "--bucket", bucketName];
    const why = ["--importer", "Jörg Müller", "--reason", "share is taken down"];
    const record = path.join(options.runDir, "import.jsonl");
    const env = environment({ ...share, own: session });
    const { stdout } = await run(process.execPath, [...cli, ...where, ...why, "--record", record], {
      env,
      cwd: packageRoot(),
    });
    const { outcomes, manifest } = JSON.parse(stdout);
    expect(await landed(`${share.prefix}ecg/${FILE}`)).toMatchObject({
      ChecksumSHA256: SHA256,
      VersionId: outcomes[0].versionId,
      Metadata: expect.objectContaining({ "part11-importer": "J%C3%B6rg%20M%C3%BCller" }),
    });
    expect((await landed(manifest.manifestKey)).VersionId).toBe(manifest.manifestVersionId);
  });

  const parts = { singleBytes: 5 * 1024 ** 2, partBytes: 5 * 1024 ** 2 };

  test("puts a file that is too large for one request in parts, each with its SHA-256", async () => {
    const large = path.join(options.runDir, "large");
    fs.writeFileSync(large, Buffer.alloc(parts.partBytes + 1, 7));
    const key = `${share.prefix}large`;
    await withContent(large, parts, async (content) => {
      expect(await (await destination()).put(bucketName, key, content, {})).toMatchObject({ answer: "put" });
      expect(await (await destination()).put(bucketName, key, content, {})).toEqual({ answer: "taken" });
    });
    expect(await landed(key)).toMatchObject({
      ContentLength: parts.partBytes + 1,
      ChecksumSHA256: expect.stringMatching(/-2$/),
    });
  });

  test.each([
    ["at once", 1024],
    ["in parts", parts.partBytes + 1],
  ])("leaves no object of a file that changed between its hash and its sending %s", async (how, bytes) => {
    const changing = path.join(options.runDir, "changing");
    fs.writeFileSync(changing, Buffer.alloc(bytes, 1));
    const key = `${share.prefix}${how}`;
    await withContent(changing, parts, async (content) => {
      fs.writeFileSync(changing, Buffer.alloc(bytes, 2));
      expect(await (await destination()).put(bucketName, key, content, {})).toEqual({ answer: "other-bytes" });
    });
    await expect(landed(key)).rejects.toMatchObject({ name: "NotFound" });
  });

  test("ends when a file becomes shorter while it is sent", async () => {
    const shrinking = path.join(options.runDir, "shrinking");
    fs.writeFileSync(shrinking, Buffer.alloc(1024, 1));
    await withContent(shrinking, parts, async (content) => {
      fs.truncateSync(shrinking, 10);
      const put = (await destination()).put(bucketName, `${share.prefix}shrinking`, content, {});
      await expect(put).rejects.toBeInstanceOf(ChangedWhileRead);
    });
  });
});

const said = (program: string, argument: string) => spawnSync(program, [argument], { encoding: "utf8" }).stdout ?? "";
const version = /^aws-cli\/(\d+)\.(\d+)/.exec(said("aws", "--version"))?.slice(1).map(Number) ?? [];
const [major = 0, minor = 0] = version;
const without = major < 1 ? "no aws on the PATH" : major === 1 && minor < 45 ? "an AWS CLI older than 1.45" : undefined;
const why = without ?? (said("openssl", "version") === "" ? "no openssl on the PATH" : undefined);
if (why !== undefined) notRun("batch by the AWS CLI", why);
const cliTest = why === undefined ? test : test.skip;

cliTest("a batch job sends a file by the AWS CLI with its SHA-256", async () => {
  const batch = await sending("batch", (arn) => ({ kind: "batch", trust: { roleArns: [arn] } }));
  await run(path.join(EXAMPLES, "batch", "send.sh"), [file], { env: environment(batch) });
  expect(await landed(`${batch.prefix}${FILE}`)).toMatchObject({ ChecksumSHA256: SHA256, SSEKMSKeyId: keyArn });
});

notRun("DataSync agent", "the emulator has no DataSync");
test("DataSync is not run because the emulator does not know it", async () => {
  const { services } = JSON.parse(await health()) as { services: Record<string, string> };
  expect(services).toHaveProperty("transfer");
  expect(services).not.toHaveProperty("datasync");
});

/** What the emulator says of itself. */
function health(): Promise<string> {
  const ca = fs.readFileSync(emulator.caFile);
  return new Promise((resolve, reject) => {
    const request = https.get(`${emulator.endpoint}/_ministack/health`, { ca }, (response) => {
      text(response).then(resolve, reject);
    });
    request.on("error", reject);
  });
}

function notRun(example: string, why: string): void {
  process.stdout.write(`NOT RUN: ${example}: ${why}\n`);
}
