// SPDX-License-Identifier: Apache-2.0
import { LARGE_FAILED, work } from "../../../modules/large-arrivals/worker/work";
import { MemoryQueue, ports } from "./memory-queue";

const VERSION = { bucket: "inbox", key: "clinical/inbound/raw/acme/abc-1/lab.bam", versionId: "v1" };
const never = () => new Promise<void>(() => undefined);

test("each message is taken once, in order, and removed when it was dealt with", async () => {
  const queue = new MemoryQueue();
  await queue.add(VERSION);
  await queue.add({ ...VERSION, versionId: "v2" });
  const taken: unknown[] = [];
  const take = async (message: unknown) => void taken.push(message);
  expect(await work(ports(queue, take), queue.begins())).toBe("STOPPED");
  expect(taken).toEqual([
    { kind: "object", version: VERSION },
    { kind: "object", version: { ...VERSION, versionId: "v2" } },
  ]);
  expect([queue.visible, queue.inHand.size]).toEqual([[], 0]);
});

test("a message that fails is told of, stays for another time and holds no other up", async () => {
  const queue = new MemoryQueue();
  queue.put("no event");
  await queue.add(VERSION);
  const lines: string[] = [];
  const taken: unknown[] = [];
  const take = async (message: unknown) => void taken.push(message);
  await work(ports(queue, take, lines), queue.begins());
  expect(lines).toEqual([expect.stringMatching(`^${LARGE_FAILED} .*"failed":"m1","error":"MESSAGE_UNKNOWN"`)]);
  expect([taken.length, [...queue.inHand.keys()]]).toEqual([1, ["m1"]]);
});

test("a worker that is asked to stop gives back what it has in hand, and takes nothing more", async () => {
  const queue = new MemoryQueue();
  await queue.add(VERSION);
  const begun: string[] = [];
  const take = () => {
    begun.push("m1");
    queue.stop.abort();
    return never();
  };
  expect(await work(ports(queue, take), queue.begins())).toBe("STOPPED");
  expect([begun, queue.visible.length, queue.inHand.size]).toEqual([["m1"], 1, 0]);
});

test("what takes long is held anew until it was dealt with, and no longer", async () => {
  const queue = new MemoryQueue();
  await queue.add(VERSION);
  let finish: () => void = () => undefined;
  const take = () =>
    new Promise<void>((resolve) => {
      finish = resolve;
    });
  const untilHold = async (over: AbortSignal) => {
    if (queue.held === 3) finish();
    if (queue.held === 3 || over.aborted) await never();
  };
  expect(await work({ ...ports(queue, take), untilHold }, queue.begins())).toBe("STOPPED");
  expect([queue.held, queue.inHand.size]).toEqual([3, 0]);
});

test("a worker that cannot hold its message ends, neither removing it nor giving it back", async () => {
  const queue = new MemoryQueue();
  await queue.add(VERSION);
  await queue.add({ ...VERSION, versionId: "v2" });
  const lines: string[] = [];
  queue.hold = async () => {
    throw new Error("twelve hours are over");
  };
  const untilHold = async () => undefined;
  expect(await work({ ...ports(queue, never, lines), untilHold }, queue.begins())).toBe("LOST");
  expect(lines).toEqual([expect.stringContaining("twelve hours are over")]);
  expect([[...queue.inHand.keys()], queue.visible.length]).toEqual([["m1"], 1]);
});

test("a queue that cannot be read ends the worker", async () => {
  const queue = new MemoryQueue();
  queue.receive = async () => {
    throw new Error("no such queue");
  };
  await expect(work(ports(queue, never), queue.begins())).rejects.toThrow("no such queue");
});
