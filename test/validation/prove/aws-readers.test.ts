// SPDX-License-Identifier: Apache-2.0
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { S3Client } from "@aws-sdk/client-s3";
import { DeliveredTrail } from "../../../validation/prove/aws/delivered-trail";
import { awsReaders } from "../../../validation/prove/aws/readers";
import { S3Reader } from "../../../validation/prove/aws/s3-reader";
import { TransferLog } from "../../../validation/prove/aws/transfer-log";

type Answers = (operation: string, input: Record<string, unknown>) => unknown;

/** A client of the SDK that gives these answers. */
function client<Client>(answers: Answers): Client {
  const send = async (command: { constructor: { name: string }; input: Record<string, unknown> }) =>
    answers(command.constructor.name.replace(/Command$/, ""), command.input);
  return { send } as Client;
}

const at = (time: string) => new Date(`2026-11-22T${time}Z`);
const named = (name: string) => Object.assign(new Error(name), { name });

describe("versions of a key", () => {
  const listed = {
    EncodingType: "url",
    Versions: [
      { Key: "a+b%2B.csv", VersionId: "v2", LastModified: at("00:00:02"), Size: 2 },
      { Key: "a+b%2B.csv", VersionId: "v1", LastModified: at("00:00:01"), Size: 1 },
      { Key: "a+b%2B.csv.sha256", VersionId: "v3", LastModified: at("00:00:03"), Size: 3 },
    ],
    DeleteMarkers: [{ Key: "a+b%2B.csv", VersionId: "d1", LastModified: at("00:00:02"), IsLatest: true }],
  };

  test("come newest first, with delete markers in their place and without longer keys", async () => {
    const reader = new S3Reader(client<S3Client>(() => listed));
    const found = await reader.versions("raw", "a b+.csv");
    expect(found.map(({ versionId, deleteMarker }) => [versionId, deleteMarker])).toEqual([
      ["d1", true],
      ["v2", false],
      ["v1", false],
    ]);
  });

  test("are listed to the last page", async () => {
    const pages: Record<string, unknown> = {
      none: { Versions: [listed.Versions[0]], EncodingType: "url", IsTruncated: true, NextKeyMarker: "a+b%2B.csv" },
      "a b+.csv": { Versions: [listed.Versions[1]], EncodingType: "url" },
    };
    const reader = new S3Reader(client<S3Client>((_, { KeyMarker }) => pages[String(KeyMarker ?? "none")]));
    expect((await reader.versions("raw", "a b+.csv")).map(({ versionId }) => versionId)).toEqual(["v2", "v1"]);
  });

  test("without an id are not understood", async () => {
    const reader = new S3Reader(
      client<S3Client>(() => ({ Versions: [{ ...listed.Versions[0], VersionId: undefined }] })),
    );
    await expect(reader.versions("raw", "a")).rejects.toMatchObject({ code: "TRANSPORT" });
  });
});

describe("the lock of a copy", () => {
  const listed = { Versions: [{ Key: "ledger/acme/1.json", VersionId: "m1", LastModified: at("00:00:01"), Size: 2 }] };
  const reading = (retention: () => unknown) =>
    new S3Reader(
      client<S3Client>((operation) => {
        if (operation === "ListObjectVersions") return listed;
        if (operation === "GetObject") return { Body: Readable.from([Buffer.from("{}")]) };
        return retention();
      }),
    ).below("audit", "ledger/acme/");

  test("that S3 leaves out of its answer is asked for", async () => {
    const RetainUntilDate = at("12:00:00");
    const [copy] = await reading(() => ({ Retention: { Mode: "COMPLIANCE", RetainUntilDate } }));
    expect(copy!.lock).toEqual({ seen: { mode: "COMPLIANCE", retainUntil: "2026-11-22T12:00:00.000Z" } });
  });

  test.each<[string, object]>([
    ["NoSuchObjectLockConfiguration", { seen: null }],
    ["AccessDenied", { unseen: "AccessDenied: AccessDenied" }],
  ])("is, where S3 answers %s, %j", async (name, expected) => {
    const [copy] = await reading(() => {
      throw named(name);
    });
    expect(copy!.lock).toEqual(expected);
  });
});

test.each(["NotFound", "NoSuchVersion"])("a version of which S3 says %s is none", async (name) => {
  const reader = new S3Reader(
    client<S3Client>(() => {
      throw named(name);
    }),
  );
  expect(await reader.version({ bucket: "raw", key: "a", versionId: "v" }, true)).toBeNull();
});

describe("delivered trail files", () => {
  const folder = "AWSLogs/111122223333/CloudTrail/eu-central-1";
  const name = (day: string, time: string) =>
    `${folder}/${day}/111122223333_CloudTrail_eu-central-1_${time}Z_x.json.gz`;
  const record = {
    eventSource: "s3.amazonaws.com",
    eventName: "PutObject",
    eventTime: "2026-11-22T23:58:00Z",
    requestParameters: { bucketName: "inbox", key: "a" },
    responseElements: { "x-amz-version-id": "v1" },
    userIdentity: { invokedBy: "transfer.amazonaws.com" },
  };
  const span = {
    ...{ bucket: "inbox", key: "a", versionId: "v1" },
    from: "2026-11-22T23:53:00.000Z",
    until: "2026-11-23T01:13:00.000Z",
  };
  const trail = (body: Buffer, keys: readonly string[]) =>
    new DeliveredTrail(
      client<S3Client>((operation, { Prefix }) =>
        operation === "GetObject"
          ? { Body: { transformToByteArray: async () => body } }
          : { Contents: keys.filter((key) => key.startsWith(String(Prefix))).map((Key) => ({ Key })) },
      ),
      { bucket: "audit", accountId: "111122223333", region: "eu-central-1" },
    );
  const file = gzipSync(
    JSON.stringify({ Records: [record, { ...record, requestParameters: { bucketName: "inbox" } }] }),
  );

  test("are read across midnight, and only those of the time in question", async () => {
    const keys = [
      name("2026/11/22", "20261122T2350"),
      name("2026/11/22", "20261122T2355"),
      name("2026/11/23", "20261123T0005"),
      name("2026/11/23", "20261123T0300"),
    ];
    const { source, events } = await trail(file, keys).find([span]);
    expect([source, events.length, events[0]]).toEqual([
      "2 delivered files of audit, eu-central-1",
      2,
      expect.objectContaining({ versionId: "v1", who: "transfer.amazonaws.com", errorCode: null }),
    ]);
  });

  test.each([
    ["cut off", file.subarray(0, 40)],
    ["no JSON", Buffer.from("x")],
    ["without records", gzipSync("{}")],
  ])("that are %s are an error", async (_what, body) => {
    const reading = trail(body, [name("2026/11/22", "20261122T2355")]).find([span]);
    await expect(reading).rejects.toMatchObject({ code: "NOT_JSON" });
  });
});

test("the transfer log gives the lines of one session, from every page", async () => {
  const line = (session: string, bytes: unknown) => ({
    timestamp: 0,
    message: JSON.stringify({ "session-id": session, "activity-type": "CLOSE", "bytes-in": bytes }),
  });
  const pages: Record<string, unknown> = {
    first: { events: [line("s1", "121"), line("s2", "9"), { message: "no JSON" }], nextToken: "second" },
    second: { events: [line("s1", "many")] },
  };
  const log = new TransferLog(
    client<CloudWatchLogsClient>((_, { nextToken }) => pages[String(nextToken ?? "first")]),
    "/sftp",
  );
  const { lines } = await log.lines("s1", "2026-11-22T00:00:00Z", "2026-11-22T00:00:01Z");
  expect(lines.map(({ activity, bytesIn }) => [activity, bytesIn])).toEqual([
    ["CLOSE", 121],
    ["CLOSE", null],
  ]);
});

test("what nobody named is not looked at, and says which option names it", async () => {
  const readers = await awsReaders("raw", { region: "eu-central-1", replicas: {} });
  expect(readers).toMatchObject({
    ledger: { unseen: expect.stringContaining("--table") },
    auditBucket: { unseen: expect.stringContaining("--audit-bucket") },
    trail: { unseen: expect.stringContaining("--account") },
    transferLog: { unseen: expect.stringContaining("--transfer-log") },
    replica: { unseen: expect.stringContaining("--replica") },
  });
});
