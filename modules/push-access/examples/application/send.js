// SPDX-License-Identifier: Apache-2.0
// Sends one file as an application does: node send.js <file>
// Environment: PART11_ROLE_ARN, PART11_BUCKET, PART11_PREFIX, AWS_REGION; credentials are those that the machine has.
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { PutObjectCommand, S3Client } = require("@aws-sdk/client-s3");
const { AssumeRoleCommand, STSClient } = require("@aws-sdk/client-sts");

async function send(file) {
  const { PART11_ROLE_ARN: RoleArn, PART11_BUCKET: Bucket, PART11_PREFIX: prefix } = process.env;
  const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: "edc-export" });
  const { Credentials: session } = await new STSClient({}).send(assume);
  const s3 = new S3Client({
    credentials: {
      accessKeyId: session.AccessKeyId,
      secretAccessKey: session.SecretAccessKey,
      sessionToken: session.SessionToken,
    },
  });
  // In memory, so that the SDK signs the hash of these very bytes; part11 import shows it for a stream of any size.
  const Body = fs.readFileSync(file);
  const ChecksumSHA256 = createHash("sha256").update(Body).digest("base64");
  const Key = `${prefix}${path.basename(file)}`;
  // A name that is taken is refused: what was sent is never sent twice.
  const put = await s3.send(new PutObjectCommand({ Bucket, Key, Body, ChecksumSHA256, IfNoneMatch: "*" }));
  console.log(JSON.stringify({ key: Key, versionId: put.VersionId, sha256: ChecksumSHA256 }));
}

send(process.argv[2]).catch((error) => {
  console.error(`${error.name}: ${error.message}`);
  process.exitCode = 1;
});
