// SPDX-License-Identifier: Apache-2.0
import { AwsObjects } from "../../../modules/ingest/arrivals/aws-objects";
import { type CopySizes, S3_SIZES } from "../../../modules/ingest/arrivals/copy-parts";
import { sourceOf } from "../../../modules/ingest/arrivals/promote";
import { Crash } from "../ledger/memory-ledger";
import { Bench, FOLDER } from "./bench";
import { type Faults, refusal, sha256Of, VirtualS3 } from "./virtual-s3";

const MIB = 1024 * 1024;
const SMALL: CopySizes = { singleBytes: 5 * MIB, partBytes: 5 * MIB, atOnce: 2 };
const BYTES = 17 * MIB + 1;
const KEY = `${FOLDER}lab.bam`;
const RECORD = "clinical/inbound/raw/acme/abc-1/2026-11-22/lab.bam";
const to = { bucket: "raw", key: RECORD };
/** What is hashed three times: fifty gigabytes take minutes. */
const HASHED_BYTES = process.env.PART11_FULL ? 50_000_000_000 : 200_000_000;

/** A version in the inbox, its copy and S3. */
function copying(bytes: number, sizes: CopySizes, faults: Faults = {}) {
  const s3 = new VirtualS3(faults);
  const from = s3.put("inbox", KEY, bytes);
  const objects = new AwsObjects(s3.client, sizes);
  const names = () => s3.asked.map(([name]) => name);
  return { s3, from, objects, names, copy: (sha256: string) => objects.copy(from, { bytes, sha256 }, to, undefined) };
}

/** Ingest on the virtual S3, with a delivery that expects the file. */
function ingest(bytes: number, sizes: CopySizes, crash: () => void = () => undefined) {
  const s3 = new VirtualS3();
  const objects = new AwsObjects(s3.client, sizes);
  const bench = new Bench({ sizeBytes: { min: 1, max: bytes } }, crash, objects, bytes);
  const version = s3.put("inbox", KEY, bytes);
  s3.faults = { after: crash };
  return { s3, bench, version, take: () => bench.arrivals.take({ kind: "object", version }) };
}

test("a version of fifty gigabytes is copied by parts of the exact version that cover it without a gap", async () => {
  const bytes = 50_000_000_000;
  // What the copy holds is looked at below: nothing is read here.
  const { s3, from, objects, copy } = copying(bytes, S3_SIZES);
  objects.sha256 = async () => "s";
  const versionId = await copy("s");
  const [record] = s3.held("raw", RECORD);
  let end = 0;
  for (const { start, bytes: length } of record!.extents) {
    expect(start).toBe(end);
    end = start + length;
  }
  expect([record!.versionId, end]).toEqual([versionId, bytes]);
  const parts = s3.asked.filter(([name]) => name === "UploadPartCopy");
  expect(new Set(parts.map(([, input]) => input.CopySource))).toEqual(
    new Set([`inbox/${KEY}?versionId=${from.versionId}`]),
  );
  expect(s3.mostAtOnce).toBe(S3_SIZES.atOnce);
});

test("a version of five terabytes has no more than ten thousand parts", async () => {
  const { s3, objects, copy } = copying(5_000_000_000_000, S3_SIZES);
  objects.sha256 = async () => "s";
  await copy("s");
  expect(s3.held("raw", RECORD)[0]!.extents.length).toBeLessThanOrEqual(10_000);
});

test("a large copy notes its source like a small one, and names neither key nor lock", async () => {
  const { s3, from, copy } = copying(BYTES, SMALL);
  await copy(sha256Of(BYTES));
  expect(s3.asked.find(([name]) => name === "CreateMultipartUpload")![1]).toEqual({
    Bucket: "raw",
    Key: RECORD,
    ContentType: undefined,
    Metadata: { "part11-received": sourceOf(from) },
    ChecksumAlgorithm: "SHA256",
    ChecksumType: "COMPOSITE",
  });
});

test("a large file is promoted with the SHA-256 of all its bytes, in memory that does not grow with it", async () => {
  const { s3, bench, version, take } = ingest(HASHED_BYTES, { ...S3_SIZES, singleBytes: 5_000_000 });
  const before = process.memoryUsage().rss;
  await take();
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  expect(bench.typesOf(version)).toEqual(["RECEIVED", "PROMOTED"]);
  expect(bench.events()[1]).toMatchObject({
    bytes: HASHED_BYTES,
    sha256: sha256Of(HASHED_BYTES),
    destination: { ...to, versionId: s3.held("raw", RECORD)[0]!.versionId },
  });
  process.stdout.write(`virtual file of ${HASHED_BYTES} bytes: promoted with the SHA-256 of all of them\n`);
}, 1_800_000);

test.each<[string, Faults["part"]]>([
  ["at another place", ({ start, bytes }) => ({ start: start === 5 * MIB ? 0 : start, bytes })],
  ["of the last byte's neighbour", ({ start, bytes }) => ({ start: bytes === 2 * MIB + 1 ? start - 1 : start, bytes })],
])("a copy with bytes %s is an error", async (_title, part) => {
  const { copy } = copying(BYTES, SMALL, { part });
  await expect(copy(sha256Of(BYTES))).rejects.toThrow("has SHA-256");
});

test("a part that fails aborts the upload, and no further part is begun", async () => {
  const { s3, copy, names } = copying(
    BYTES,
    { ...SMALL, atOnce: 1 },
    {
      before: (name, input) => {
        if (name === "UploadPartCopy" && input.PartNumber === 2) throw refusal(403, "AccessDenied");
      },
    },
  );
  await expect(copy("s")).rejects.toThrow("AccessDenied");
  expect([s3.uploads.size, s3.held("raw", RECORD)]).toEqual([0, []]);
  expect(names().slice(1)).toEqual(["CreateMultipartUpload", "UploadPartCopy", "AbortMultipartUpload"]);
});

test("the upload is aborted only when no part is on its way any more", async () => {
  const copyingAtAbort: number[] = [];
  const { s3, copy } = copying(BYTES, SMALL, {
    before: (name, input) => {
      if (name === "AbortMultipartUpload") copyingAtAbort.push(s3.copying);
      if (name === "UploadPartCopy" && input.PartNumber === 2) throw refusal(403, "AccessDenied");
    },
  });
  await expect(copy("s")).rejects.toThrow("AccessDenied");
  expect(copyingAtAbort).toEqual([0]);
});

test("an abort that fails does not hide why the copy failed", async () => {
  const { copy } = copying(BYTES, SMALL, {
    before: (name) => {
      if (name === "UploadPartCopy") throw refusal(403, "AccessDenied");
      if (name === "AbortMultipartUpload") throw refusal(500, "InternalError");
    },
  });
  await expect(copy("s")).rejects.toThrow("AccessDenied");
});

test("a large copy to a key that another writer took meanwhile leaves no version and no upload", async () => {
  const { s3, copy } = copying(BYTES, SMALL, {
    before: (name) => {
      if (name === "CompleteMultipartUpload") s3.put("raw", RECORD, 1);
    },
  });
  expect(await copy("s")).toBeUndefined();
  expect([s3.uploads.size, s3.held("raw", RECORD).length]).toEqual([0, 1]);
});

test("an upload whose completion was carried out but not answered counts as another writer's, and is found by its note", async () => {
  let answered = false;
  const { s3, bench, version, take } = ingest(BYTES, SMALL);
  s3.faults = {
    after: (name) => {
      if (name !== "CompleteMultipartUpload" || answered) return;
      answered = true;
      // The SDK asks again by itself, and hears that there is no such upload.
      throw refusal(404, "NoSuchUpload");
    },
  };
  await take();
  expect([bench.typesOf(version), s3.held("raw", RECORD).length]).toEqual([["RECEIVED", "PROMOTED"], 1]);
});

/** A large file, the process dying once, after the n-th thing that it did. */
async function withCrashAfter(nth: number) {
  let [done, isDead] = [0, false];
  const { s3, bench, version, take } = ingest(BYTES, SMALL, () => {
    done += 1;
    isDead ||= done === nth;
    if (isDead) throw new Crash();
  });
  await take().catch((error) => {
    if (!(error instanceof Crash)) throw error;
  });
  const died = isDead;
  [done, isDead] = [Number.NEGATIVE_INFINITY, false];
  if (died) await take();
  const records = s3.held("raw", RECORD).map(({ extents }) => extents);
  return { died, types: bench.typesOf(version), sha256: bench.events().at(-1).sha256, records };
}

test("after a crash between any two calls the same message leads to one record and the same events", async () => {
  const undisturbed = await withCrashAfter(Number.POSITIVE_INFINITY);
  expect(undisturbed.records.length).toBe(1);
  let crashes = 0;
  for (let nth = 1; ; nth += 1) {
    const { died, ...found } = await withCrashAfter(nth);
    expect([nth, found]).toEqual([
      nth,
      { types: undisturbed.types, sha256: undisturbed.sha256, records: undisturbed.records },
    ]);
    if (!died) break;
    crashes = nth;
  }
  expect(crashes).toBeGreaterThan(15);
});
