// SPDX-License-Identifier: Apache-2.0
import type { Arrivals } from "../../../modules/ingest/arrivals/arrival";
import { AwsObjects } from "../../../modules/ingest/arrivals/aws-objects";
import { S3_SIZES } from "../../../modules/ingest/arrivals/copy-parts";
import type { Message } from "../../../modules/ingest/arrivals/message";
import { sweep } from "../../../modules/ingest/arrivals/sweep";
import { work } from "../../../modules/large-arrivals/worker/work";
import { Bench, FOLDER, sha256Of } from "../ingest/bench";
import { VirtualS3, sha256Of as virtualSha256Of } from "../ingest/virtual-s3";
import { Crash } from "../ledger/memory-ledger";
import { MemoryQueue, ports } from "./memory-queue";

const LIMIT = 10;
const LARGE = "more than ten bytes";
/** What is hashed three times: fifty gigabytes take minutes. */
const HASHED_BYTES = process.env.PART11_FULL ? 50_000_000_000 : 200_000_000;

/** The function with a limit, the queue that it hands over to, and the task that has none. */
function installed(change: ConstructorParameters<typeof Bench>[0] = {}, crash?: () => void) {
  const bench = new Bench(change, crash);
  const queue = new MemoryQueue();
  const lambda = bench.process(LIMIT, queue.add);
  return { bench, queue, lambda, task: () => workOff(queue, bench.process(Number.POSITIVE_INFINITY)) };
}

async function workOff(queue: MemoryQueue, arrivals: Arrivals, lines: string[] = []): Promise<string[]> {
  const take = (message: Message) => arrivals.take(message as Exclude<Message, { kind: "sweep" }>);
  await work(ports(queue, take, lines), queue.begins());
  return lines;
}

test("a version above the function's limit is handed over as it is, and the task receives and promotes it", async () => {
  const { bench, queue, lambda, task } = installed();
  const version = bench.put("lab.bam", LARGE);
  expect(await lambda.object(version)).toBe("handed over");
  expect([bench.events(), queue.visible.length]).toEqual([[], 1]);
  await task();
  expect(bench.typesOf(version)).toEqual(["RECEIVED", "PROMOTED"]);
  expect(bench.events()[1]).toMatchObject({ sha256: sha256Of(LARGE), bytes: LARGE.length });
});

test("a version at the limit stays with the function", async () => {
  const { bench, queue, lambda } = installed();
  const version = bench.put("lab.bam", "x".repeat(LIMIT));
  expect(await lambda.object(version)).toBe("taken");
  expect([bench.typesOf(version), queue.visible]).toEqual([["RECEIVED", "PROMOTED"], []]);
});

test("without a task a larger version is an error of the function, which the dead-letter queue keeps", async () => {
  const bench = new Bench();
  const version = bench.put("lab.bam", LARGE);
  await expect(bench.process(LIMIT).object(version)).rejects.toMatchObject({ code: "TOO_LARGE_HERE" });
});

test("a side file that completes a large version is read by the function, and the promotion is the task's", async () => {
  const { bench, queue, task } = installed({ sha256File: "required" });
  const lambda = bench.process(90, queue.add);
  const content = LARGE.repeat(5);
  const version = bench.put("lab.bam", content);
  await lambda.object(version);
  await task();
  expect(bench.typesOf(version)).toEqual(["RECEIVED"]);
  await lambda.object(bench.put("lab.bam.sha256", `${sha256Of(content)}  lab.bam\n`));
  expect([bench.typesOf(version), queue.visible.length]).toEqual([["RECEIVED", "MANIFEST_OK"], 1]);
  await task();
  expect(bench.typesOf(version)).toEqual(["RECEIVED", "MANIFEST_OK", "PROMOTED"]);
});

test("after its receipt by the task no message makes the function copy a large version", async () => {
  const { bench, queue, lambda, task } = installed({ finishedBy: "transfer" });
  const version = bench.put("lab.bam", LARGE);
  await lambda.object(version);
  await task();
  expect(bench.typesOf(version)).toEqual(["RECEIVED"]);
  const transfer = { server: "s-1", session: "a", user: "acme", clientIp: "192.0.2.1", status: "COMPLETED" };
  const at = new Date(bench.now).toISOString();
  await lambda.take({
    ...{ kind: "upload-completed", bucket: "inbox", key: `${FOLDER}lab.bam` },
    transfer: { ...transfer, startedAt: at, endedAt: at, bytes: LARGE.length },
  });
  expect([bench.typesOf(version), queue.visible.length]).toEqual([["RECEIVED", "ATTRIBUTED"], 1]);
  await task();
  expect(bench.typesOf(version)).toEqual(["RECEIVED", "ATTRIBUTED", "PROMOTED"]);
});

test("a version that is handed over many times becomes one record with one chain of events", async () => {
  const { bench, queue, lambda, task } = installed();
  const version = bench.put("lab.bam", LARGE);
  for (let time = 0; time < 5; time += 1) await lambda.object(version);
  expect(queue.visible.length).toBe(5);
  await task();
  expect([bench.typesOf(version), bench.records()]).toEqual([["RECEIVED", "PROMOTED"], [expect.any(String)]]);
  expect(await lambda.object(version)).toBe("taken");
  expect(queue.visible).toEqual([]);
});

test("two tasks on one version at once, which the service never runs, still make one record", async () => {
  const { bench, lambda, queue } = installed();
  const version = bench.put("lab.bam", LARGE);
  await lambda.object(version);
  await lambda.object(version);
  const [first, second] = [new MemoryQueue(), new MemoryQueue()];
  first.visible.push(queue.visible[0]!);
  second.visible.push(queue.visible[1]!);
  const process = () => bench.process(Number.POSITIVE_INFINITY);
  expect(await Promise.all([workOff(first, process()), workOff(second, process())])).toEqual([[], []]);
  expect([bench.typesOf(version), bench.records().length]).toEqual([["RECEIVED", "PROMOTED"], 1]);
});

test("the hourly sweep hands a forgotten large version over, and does not call one under way unknown", async () => {
  const { bench, queue, lambda, task } = installed();
  const version = bench.put("lab.bam", LARGE);
  const swept = () =>
    sweep({
      inbox: "inbox",
      buckets: ["inbox"],
      arrivals: lambda,
      history: { find: async () => undefined } as never,
      versions: (bucket) => bench.objects.all(bucket),
    });
  expect(await swept()).toEqual({ unledgered: [], failed: [], chains: new Set(["acme"]) });
  expect(queue.visible.length).toBe(1);
  await task();
  expect(bench.typesOf(version)).toEqual(["RECEIVED", "PROMOTED"]);
});

/** A large file, the task dying once, after the n-th thing that it did. */
async function withDeathAfter(nth: number) {
  let [done, isDead] = [0, false];
  const { bench, queue, lambda, task } = installed({}, () => {
    done += 1;
    isDead ||= done === nth;
    if (isDead) throw new Crash();
  });
  const version = bench.put("lab.bam", LARGE);
  await lambda.object(version);
  await task();
  const died = isDead;
  [done, isDead] = [Number.NEGATIVE_INFINITY, false];
  queue.seenAgain();
  await workOff(queue, bench.process(Number.POSITIVE_INFINITY));
  return { died, types: bench.typesOf(version), records: bench.records().length, left: queue.inHand.size };
}

test("a task that dies anywhere leaves a message that leads another to the same record and events", async () => {
  let deaths = 0;
  for (let nth = 1; ; nth += 1) {
    const { died, ...found } = await withDeathAfter(nth);
    expect([nth, found]).toEqual([nth, { types: ["RECEIVED", "PROMOTED"], records: 1, left: 0 }]);
    if (!died) break;
    deaths = nth;
  }
  expect(deaths).toBeGreaterThan(3);
});

test("a large file comes through the queue to its record with the SHA-256 of all its bytes, in memory that does not grow with it", async () => {
  const s3 = new VirtualS3();
  const objects = new AwsObjects(s3.client, { ...S3_SIZES, singleBytes: 5_000_000 });
  const bench = new Bench({ sizeBytes: { min: 1, max: HASHED_BYTES } }, undefined, objects);
  const queue = new MemoryQueue();
  const version = s3.put("inbox", `${FOLDER}lab.bam`, HASHED_BYTES);
  await bench.process(20_000_000, queue.add).object(version);
  const before = process.memoryUsage().rss;
  await workOff(queue, bench.process(Number.POSITIVE_INFINITY));
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  expect(bench.typesOf(version)).toEqual(["RECEIVED", "PROMOTED"]);
  expect(bench.events()[1]).toMatchObject({ bytes: HASHED_BYTES, sha256: virtualSha256Of(HASHED_BYTES) });
}, 1_800_000);
