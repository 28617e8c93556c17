// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { AwsObjects } from "../../../modules/ingest/arrivals/aws-objects";
import { sourceOf } from "../../../modules/ingest/arrivals/promote";
import { sha256Of } from "./bench";

type Input = Record<string, unknown>;

/** S3 that answers each command by its name, and keeps what was asked. */
function s3(answers: Record<string, (input: Input) => unknown>) {
  const asked: Array<[string, Input]> = [];
  const send = async (command: { constructor: { name: string }; input: Input }) => {
    const name = command.constructor.name.replace("Command", "");
    asked.push([name, command.input]);
    return answers[name]!(command.input);
  };
  return { objects: new AwsObjects({ send } as unknown as S3Client), asked };
}

const from = { bucket: "inbox", key: "a b/ü+%.csv", versionId: "v=1" };
const to = { bucket: "raw", key: "r" };
const content = { bytes: 1, sha256: sha256Of("x") };
const checksum = createHash("sha256").update("x").digest("base64");
const head = () => ({ ContentType: "text/csv", Metadata: { study: "abc" } });

function refusal(httpStatusCode: number, name = "PreconditionFailed") {
  return new S3ServiceException({ name, $fault: "client", $metadata: { httpStatusCode } });
}

test("versions are those of the key itself, newest first, over all pages, with their names decoded", async () => {
  const LastModified = new Date(0);
  const { objects, asked } = s3({
    ListObjectVersions: ({ KeyMarker }) =>
      KeyMarker === undefined
        ? {
            EncodingType: "url",
            IsTruncated: true,
            NextKeyMarker: "a+b",
            NextVersionIdMarker: "2",
            Versions: [{ Key: "a+b", VersionId: "2", Size: 1, LastModified }],
          }
        : {
            EncodingType: "url",
            Versions: [
              { Key: "a+b", VersionId: "1", Size: 2, LastModified },
              { Key: "a+b%2Bc", VersionId: "9", Size: 2, LastModified },
            ],
          },
  });
  expect((await objects.versions("inbox", "a b")).map(({ versionId }) => versionId)).toEqual(["2", "1"]);
  expect(asked[1]).toMatchObject(["ListObjectVersions", { KeyMarker: "a b", VersionIdMarker: "2" }]);
});

/** A version that S3 streams, and the SHA-256 that S3 has of it. */
function streamed(text: string, ChecksumSHA256?: string) {
  return {
    HeadObject: () => ({ ChecksumSHA256 }),
    GetObject: () => ({ Body: Readable.from([...text].map((c) => Buffer.from(c))), ContentLength: text.length }),
  };
}

test.each<[string, string | undefined]>([
  ["none", undefined],
  ["the same", createHash("sha256").update("ab").digest("base64")],
  ["one of its parts", "hash of hashes-2"],
])("a version is hashed as it streams by, when the hash that S3 has of it is %s", async (_title, stored) => {
  const { objects } = s3(streamed("ab", stored));
  expect(await objects.sha256(from)).toBe(sha256Of("ab"));
});

test("a version of which S3 has another hash is an error", async () => {
  await expect(s3(streamed("ab", checksum)).objects.sha256(from)).rejects.toThrow("and S3 says");
});

test("S3 is asked for the hash that it has of the exact version", async () => {
  const { objects, asked } = s3(streamed("ab"));
  await objects.sha256(from);
  expect(asked[0]).toEqual([
    "HeadObject",
    { Bucket: "inbox", Key: from.key, VersionId: "v=1", ChecksumMode: "ENABLED" },
  ]);
});

test("a copy is of the exact version, notes its source and asks S3 for its hash", async () => {
  const { objects, asked } = s3({
    HeadObject: head,
    CopyObject: () => ({ VersionId: "n", CopyObjectResult: { ChecksumSHA256: checksum } }),
  });
  expect(await objects.copy(from, content, to, undefined)).toBe("n");
  expect(asked[1]![1]).toEqual({
    Bucket: "raw",
    Key: "r",
    CopySource: "inbox/a%20b/%C3%BC%2B%25.csv?versionId=v%3D1",
    MetadataDirective: "REPLACE",
    Metadata: { study: "abc", "part11-received": sourceOf(from) },
    ContentType: "text/csv",
    TaggingDirective: "REPLACE",
    ChecksumAlgorithm: "SHA256",
    IfNoneMatch: "*",
  });
});

test("a copy over a version is made on the condition that it is still the newest", async () => {
  const { objects, asked } = s3({
    HeadObject: head,
    CopyObject: () => ({ VersionId: "n", CopyObjectResult: { ChecksumSHA256: checksum } }),
  });
  await objects.copy(from, content, to, '"etag"');
  expect(asked[1]![1]).toMatchObject({ IfMatch: '"etag"' });
});

test.each([409, 412])("an answer %p means that another writer was first", async (status) => {
  const { objects } = s3({
    HeadObject: head,
    CopyObject: () => {
      throw refusal(status);
    },
  });
  expect(await objects.copy(from, content, to, undefined)).toBeUndefined();
});

test.each<[string, Error]>([
  ["a refusal", refusal(403, "AccessDenied")],
  ["a source that is gone", refusal(404, "NoSuchVersion")],
])("%s is an error", async (_title, error) => {
  const { objects } = s3({
    HeadObject: head,
    CopyObject: () => {
      throw error;
    },
  });
  await expect(objects.copy(from, content, to, undefined)).rejects.toBe(error);
});

test("a copy with other bytes than what was received is an error", async () => {
  const { objects } = s3({
    ...streamed("other"),
    CopyObject: () => ({ VersionId: "n", CopyObjectResult: {} }),
  });
  await expect(objects.copy(from, content, to, undefined)).rejects.toThrow("has SHA-256");
});
