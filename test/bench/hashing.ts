// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { AwsObjects, hashingClient } from "../../modules/ingest/arrivals/aws-objects";

const BYTES = 256 * 1024 * 1024;
const RUNS = 7;
const LEAST_SHARE = 0.8;
/** What a read brings: a record of TLS, and what node takes at most of a socket without TLS. */
const CHUNKS = [16 * 1024, 64 * 1024];

/** Measures ingest's hashing, with the SDK and all that the function does, against node:crypto on the same bytes; true when the limit holds. */
export async function benchHashing(print: (line: string) => void): Promise<boolean> {
  const content = Buffer.alloc(BYTES, "a line of a file, 31 bytes long\n");
  const sha256 = createHash("sha256").update(content).digest();
  let held = true;
  for (const chunkBytes of CHUNKS) {
    const [raw, handler]: [number[], number[]] = [[], []];
    // In turns: a neighbour that takes the processor for a second takes it from both.
    for (let run = 0; run < RUNS; run += 1) {
      raw.push(await seconds(() => createHash("sha256").update(content).digest("hex"), sha256));
      handler.push(await seconds(() => hashed(content, sha256, chunkBytes), sha256));
    }
    const [own, bare] = [megabytesPerSecond(handler), megabytesPerSecond(raw)];
    const isHeld = own >= LEAST_SHARE * bare;
    held &&= isHeld;
    const share = `${Math.round((100 * own) / bare)} % (limit ${100 * LEAST_SHARE} %)`;
    const what = `hashing ${BYTES / 2 ** 20} MiB in chunks of ${chunkBytes / 1024} KiB`;
    print(
      `${isHeld ? "ok    " : "BROKEN"}  ${what}: ${own.toFixed(0)} MB/s of ${bare.toFixed(0)} MB/s of node:crypto, ${share}`,
    );
  }
  return held;
}

/** By ingest's own client, which gets its answers from here. S3 has a SHA-256 of the version: the dearest case for the SDK. */
function hashed(content: Buffer, sha256: Buffer, chunkBytes: number): Promise<string> {
  const headers = { "content-length": String(content.length), "x-amz-checksum-sha256": sha256.toString("base64") };
  const handle = async ({ method }: { method: string }) => {
    const body = method === "HEAD" ? Readable.from([]) : chunked(content, chunkBytes);
    return { response: { statusCode: 200, headers, body } };
  };
  const s3 = hashingClient({
    region: "eu-central-1",
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
    requestHandler: { handle } as never,
  });
  return new AwsObjects(s3).sha256({ bucket: "inbox", key: "k", versionId: "v" });
}

function chunked(content: Buffer, chunkBytes: number): Readable {
  let at = 0;
  return new Readable({
    read() {
      this.push(at < content.length ? content.subarray(at, at + chunkBytes) : null);
      at += chunkBytes;
    },
  });
}

async function seconds(hash: () => string | Promise<string>, expected: Buffer): Promise<number> {
  // Of the processor, and of all threads: what neighbours take of it is no matter of this code.
  const start = process.cpuUsage();
  const got = await hash();
  const { user, system } = process.cpuUsage(start);
  if (got !== expected.toString("hex")) throw new Error(`the hash is ${got}, and not ${expected.toString("hex")}`);
  return (user + system) / 1e6;
}

function megabytesPerSecond(runs: readonly number[]): number {
  return BYTES / 1e6 / Math.min(...runs);
}
