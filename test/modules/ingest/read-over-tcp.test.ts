// SPDX-License-Identifier: Apache-2.0
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AwsObjects, hashingClient } from "../../../modules/ingest/arrivals/aws-objects";
import { bytesOf, sha256Of } from "./virtual-s3";

const BYTES = process.env.PART11_FULL ? 2 * 1024 ** 3 : 32 * 1024 ** 2;

const ranges: (string | undefined)[] = [];
let server: http.Server;

/** A server that breaks the first connections off, each after two fifths of the bytes. */
beforeAll(async () => {
  server = http.createServer(async (request, response) => {
    if (request.method === "HEAD") return void response.end();
    const { range } = request.headers;
    ranges.push(range);
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? "bytes=0-")![1]);
    const contentRange = range && { "content-range": `bytes ${start}-${BYTES - 1}/${BYTES}` };
    response.writeHead(range ? 206 : 200, { "content-length": BYTES - start, ...contentRange });
    const bytes = Math.min(BYTES - start, Math.floor(0.4 * BYTES));
    const sent = Readable.from(bytesOf({ start, bytes }), { objectMode: false });
    await pipeline(sent, response, { end: false });
    if (start + bytes === BYTES) response.end();
    else response.socket?.destroySoon();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

test("a version read by the SDK over connections that are reset is hashed once from end to end", async () => {
  const s3 = hashingClient({
    region: "eu-central-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forcePathStyle: true,
  });
  expect(await new AwsObjects(s3).sha256({ bucket: "inbox", key: "k", versionId: "v" })).toBe(sha256Of(BYTES));
  expect([ranges[0], ranges.length]).toEqual([undefined, 3]);
  s3.destroy();
  process.stdout.write(`real bytes over TCP with two resets: ${BYTES}, hashed once from end to end\n`);
}, 600_000);
