// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { hashVersion } from "../../../modules/ingest/arrivals/read-version";
import { sha256Of, VirtualS3 } from "./virtual-s3";

const MIB = 1024 * 1024;
const BYTES = 10 * MIB + 7;
const version = { bucket: "inbox", key: "k", versionId: "v" };

async function hashOf(s3: S3Client, of = version, idleMilliseconds = 10_000): Promise<string> {
  const hash = createHash("sha256");
  await hashVersion(s3, of, hash, { idleMilliseconds, fruitless: 3 });
  return hash.digest("hex");
}

/** S3 that gives these answers, one a request. */
function answering(...answers: object[]): S3Client {
  return { send: async () => answers.shift() } as unknown as S3Client;
}

const body = (text: string) => Readable.from([Buffer.from(text)], { objectMode: false });

test("a version whose connection breaks every three megabytes is read once from end to end", async () => {
  const s3 = new VirtualS3({ breaksAfter: 3 * MIB });
  expect(await hashOf(s3.client, s3.put("inbox", "k", BYTES))).toBe(sha256Of(BYTES));
  expect(s3.asked.map(([, { Range }]) => Range)).toEqual([
    undefined,
    ...[3, 6, 9].map((megabytes) => `bytes=${megabytes * MIB}-`),
  ]);
});

test("connections that bring nothing are given up after three in a row", async () => {
  const s3 = new VirtualS3({ breaksAfter: 0 });
  await expect(hashOf(s3.client, s3.put("inbox", "k", BYTES))).rejects.toThrow("ECONNRESET");
  expect(s3.asked.length).toBe(3);
});

test("a connection that is silent is taken up again", async () => {
  let pushed = false;
  const silent = new Readable({
    read() {
      if (!pushed) this.push("ab");
      pushed = true;
    },
  });
  const s3 = answering(
    { Body: silent, ContentLength: 3 },
    { Body: body("c"), ContentLength: 1, ContentRange: "bytes 2-2/3" },
  );
  expect(await hashOf(s3, version, 20)).toBe(createHash("sha256").update("abc").digest("hex"));
});

test("a version of no bytes has the hash of nothing", async () => {
  expect(await hashOf(answering({ Body: body(""), ContentLength: 0 }))).toBe(createHash("sha256").digest("hex"));
});

test("a version that ends early is not taken for whole", async () => {
  const rest = () => ({ Body: body(""), ContentLength: 1, ContentRange: "bytes 2-2/3" });
  const s3 = answering({ Body: body("ab"), ContentLength: 3 }, rest(), rest(), rest());
  await expect(hashOf(s3)).rejects.toThrow("ended after 2 of 3 bytes");
});

test.each<[string, object[], string]>([
  ["no length", [{ Body: body("a") }], "asked for from byte 0"],
  ["more bytes than its length", [{ Body: body("abc"), ContentLength: 2 }], "more than that came"],
  [
    "the whole when asked for the rest",
    [
      { Body: body("a"), ContentLength: 2 },
      { Body: body("ab"), ContentLength: 2 },
    ],
    "asked for from byte 1",
  ],
  [
    "the rest from another byte",
    [
      { Body: body("a"), ContentLength: 3 },
      { Body: body("c"), ContentLength: 1, ContentRange: "bytes 2-2/3" },
    ],
    "asked for from byte 1",
  ],
  [
    "another length when asked again",
    [
      { Body: body("a"), ContentLength: 2 },
      { Body: body("bc"), ContentLength: 2, ContentRange: "bytes 1-2/3" },
    ],
    "had 2 bytes, and now has 3",
  ],
])("S3 that gives %s is an error", async (_title, answers, message) => {
  await expect(hashOf(answering(...answers))).rejects.toThrow(message);
});
