// SPDX-License-Identifier: Apache-2.0
import { DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { clientConfig } from "../emulator";
import { compare, probe, REFUSED, type Scenario } from "./scenario";
import { allow, denyAll } from "./stage";

const KEY_HEADER = "s3:x-amz-server-side-encryption-aws-kms-key-id";
const SSE_HEADER = "s3:x-amz-server-side-encryption";
const put = (Bucket: string, Key: string, extra: object = {}) =>
  new PutObjectCommand({ Bucket, Key, Body: Key, ...extra });

const transport: Scenario = {
  name: "a TLS-only bucket refuses plain HTTP",
  controls: ["P11-30-01"],
  async run(stage) {
    const insecure = { Bool: { "aws:SecureTransport": "false" } };
    const Bucket = await stage.bucket("tls", { policy: (arn) => [denyAll("s3:*", [arn, `${arn}/*`], insecure)] });
    const weak = await stage.bucket("no-tls");
    const claimed = stage.plain({ "x-forwarded-proto": "https", forwarded: "proto=https" });
    return [
      await probe("HTTP", REFUSED, stage.plain().send(put(Bucket, "a"))),
      await probe("HTTP that claims to be HTTPS", REFUSED, claimed.send(put(Bucket, "a"))),
      await probe("twin: HTTPS", "ok", stage.s3.send(put(Bucket, "a"))),
      await probe("mutant: no such policy", "ok", stage.plain().send(put(weak, "a"))),
    ];
  },
};

const tlsVersion: Scenario = {
  name: "the TLS version of a request is known to the bucket policy",
  controls: ["P11-30-01"],
  async run(stage) {
    const below = (version: string) => (arn: string) => [
      denyAll("s3:*", [arn, `${arn}/*`], { NumericLessThan: { "s3:TlsVersion": version } }),
    ];
    const Bucket = await stage.bucket("tls12", { policy: below("1.2") });
    const strict = await stage.bucket("tls99", { policy: below("9.9") });
    return [
      await probe("below a version nobody speaks", REFUSED, stage.s3.send(put(strict, "a"))),
      await probe("twin: below 1.2", "ok", stage.s3.send(put(Bucket, "a"))),
    ];
  },
};

const namedKey: Scenario = {
  name: "a bucket that allows no other key refuses a PUT that names one, and SSE-S3",
  controls: ["P11-30-02", "P11-30-04"],
  async run(stage) {
    const [keyArn, other] = [await stage.key(), await stage.key()];
    const Bucket = await stage.bucket("key", {
      keyArn,
      policy: (arn) => [
        denyAll("s3:PutObject", `${arn}/*`, { Null: { [KEY_HEADER]: "false" } }),
        denyAll("s3:PutObject", `${arn}/*`, {
          StringNotEquals: { [SSE_HEADER]: "aws:kms" },
          Null: { [SSE_HEADER]: "false" },
        }),
      ],
    });
    const weak = await stage.bucket("any-key", { keyArn });
    const named = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: other };
    const written = await stage.s3.send(put(Bucket, "twin"));
    return [
      await probe("PUT naming another key", REFUSED, stage.s3.send(put(Bucket, "a", named))),
      await probe("PUT with SSE-S3", REFUSED, stage.s3.send(put(Bucket, "a", { ServerSideEncryption: "AES256" }))),
      compare("twin: PUT naming none takes the bucket's key", keyArn, written.SSEKMSKeyId),
      await probe("mutant: no such policy", "ok", stage.s3.send(put(weak, "a", named))),
    ];
  },
};

const grants: Scenario = {
  name: "a writer or reader without rights on the key is refused",
  controls: ["P11-30-02", "P11-30-03", "P11-10a-09"],
  async run(stage) {
    const keyArn = await stage.key();
    const denied = { Sid: "None", Effect: "Deny", Principal: "*", Action: "kms:GenerateDataKey", Resource: "*" };
    const [Bucket, closed] = [
      await stage.bucket("grant", { keyArn }),
      await stage.bucket("grant", { keyArn: await stage.key(stage.emulator.region, denied) }),
    ];
    const objects = allow(["s3:PutObject", "s3:GetObject"]);
    const via = {
      ...allow(["kms:GenerateDataKey", "kms:Decrypt"], keyArn),
      Condition: { StringEquals: { "kms:ViaService": `s3.${stage.emulator.region}.amazonaws.com` } },
    };
    const without = stage.s3As(await stage.session("keyless", [objects]));
    const granted = stage.s3As(await stage.session("granted", [objects, via]));
    await stage.s3.send(put(Bucket, "a"));
    const read = new GetObjectCommand({ Bucket, Key: "a" });
    return [
      await probe("write without kms:GenerateDataKey", REFUSED, without.send(put(Bucket, "b"))),
      await probe("read without kms:Decrypt", REFUSED, without.send(read)),
      await probe("write against the key policy", REFUSED, stage.s3.send(put(closed, "b"))),
      await probe("twin: write with the grant", "ok", granted.send(put(Bucket, "c"))),
      await probe("twin: read with the grant", "ok", granted.send(read)),
      await probe("mutant: bucket without a key", "ok", without.send(put(await stage.bucket("plain"), "b"))),
    ];
  },
};

const keyState: Scenario = {
  name: "a disabled or unknown key stops writing and reading",
  controls: ["P11-30-02", "P11-10c-18"],
  async run(stage) {
    const keyArn = await stage.key();
    const Bucket = await stage.bucket("disabled", { keyArn });
    const live = await stage.bucket("enabled", { keyArn: await stage.key() });
    const unknown = keyArn.replace(/[0-9a-f-]{36}$/, "00000000-0000-4000-8000-000000000000");
    await stage.s3.send(put(Bucket, "a"));
    await stage
      .record(new KMSClient(clientConfig(stage.emulator, stage.administrator)))
      .send(new DisableKeyCommand({ KeyId: keyArn }));
    const named = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: unknown };
    return [
      await probe("write under a disabled key", "KMS.DisabledException 400", stage.s3.send(put(Bucket, "b"))),
      await probe("read", "KMS.DisabledException 400", stage.s3.send(new GetObjectCommand({ Bucket, Key: "a" }))),
      await probe("write under an unknown key", "KMS.NotFoundException 400", stage.s3.send(put(live, "b", named))),
      await probe("twin: enabled key", "ok", stage.s3.send(put(live, "b"))),
    ];
  },
};

const integrity: Scenario = {
  name: "bytes that do not match their checksum are refused",
  controls: ["P11-10a-09", "P11-70-03"],
  async run(stage) {
    const Bucket = await stage.bucket("sum");
    const wrong = Buffer.alloc(32, 7).toString("base64");
    const right = "LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE="; // sha256 of "x"
    const body = (ChecksumSHA256: string) => new PutObjectCommand({ Bucket, Key: "x", Body: "x", ChecksumSHA256 });
    const probes = [
      await probe("wrong SHA-256", "BadDigest 400", stage.s3.send(body(wrong))),
      await probe("twin: right SHA-256", "ok", stage.s3.send(body(right))),
    ];
    const head = await stage.s3.send(new HeadObjectCommand({ Bucket, Key: "x", ChecksumMode: "ENABLED" }));
    return [...probes, compare("twin: stored SHA-256", right, head.ChecksumSHA256)];
  },
};

export const encryptionScenarios: readonly Scenario[] = [transport, tlsVersion, namedKey, grants, keyState, integrity];
