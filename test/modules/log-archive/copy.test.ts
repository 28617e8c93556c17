// SPDX-License-Identifier: Apache-2.0
import { type CopyPorts, copyLogs, type LogLine, spanOf } from "../../../modules/log-archive/copy/copy";

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 22, 12);
const GROUP = "/part11/acme/sftp";

function line(at: number, message = "x"): LogLine {
  return { timestamp: at, ingestionTime: at, stream: "s", eventId: String(at), message };
}

/** A log group with these events, and a bucket that keeps the first object of a name. */
function bench(group: LogLine[], change: Partial<CopyPorts> = {}) {
  const objects = new Map<string, string>();
  const ports: CopyPorts = {
    async *events(_group, from, to) {
      yield* group.filter(({ timestamp }) => timestamp >= from && timestamp < to);
    },
    async put(key, body) {
      if (!objects.has(key)) objects.set(key, body);
    },
    log: () => undefined,
    ...change,
  };
  const run = (from = NOON, to = NOON + 30 * MINUTE) => copyLogs(ports, [GROUP], { from, to });
  return { run, objects };
}

const lines = (objects: ReadonlyMap<string, string>): LogLine[] =>
  [...objects.values()].flatMap((body) =>
    body
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text)),
  );

test("a quarter of an hour is one object, with every event as the group has it", async () => {
  const events = [line(NOON, "first\n"), line(NOON + 14 * MINUTE), line(NOON + 15 * MINUTE)];
  const { run, objects } = bench(events);
  await run();
  expect([...objects.keys()]).toEqual([
    expect.stringMatching(/^mirror\/logs\/part11\/acme\/sftp\/2026\/11\/22\/1200Z-0-[0-9a-f]{64}\.jsonl$/),
    expect.stringMatching(/^mirror\/logs\/part11\/acme\/sftp\/2026\/11\/22\/1215Z-0-[0-9a-f]{64}\.jsonl$/),
  ]);
  expect(lines(objects)).toEqual(events);
});

test("copied again it is the same object, and with a late event another one beside it", async () => {
  const events = [line(NOON)];
  const { run, objects } = bench(events);
  await run();
  await run();
  expect(objects.size).toBe(1);
  events.push(line(NOON + MINUTE));
  await run();
  expect([objects.size, lines(objects).length]).toEqual([2, 3]);
});

test("a quarter without events has no object", async () => {
  const { run, objects } = bench([]);
  await run();
  expect(objects.size).toBe(0);
});

test("many events are several objects of at most sixteen megabytes, none left out", async () => {
  const events = Array.from({ length: 40 }, (_, n) => line(NOON + n, "x".repeat(1024 * 1024)));
  const { run, objects } = bench(events);
  await run();
  expect([...objects.values()].every((body) => body.length <= 16 * 1024 * 1024)).toBe(true);
  expect([objects.size, lines(objects).map(({ eventId }) => eventId)]).toEqual([
    3,
    events.map(({ eventId }) => eventId),
  ]);
});

test("a quarter that cannot be copied holds no other up, and fails the run", async () => {
  const put = new Map<string, string>();
  const said: string[] = [];
  const { run } = bench([line(NOON), line(NOON + 15 * MINUTE)], {
    put: async (key, body) => {
      if (key.includes("1200Z")) throw new Error("AccessDenied");
      put.set(key, body);
    },
    log: (text) => void said.push(text),
  });
  await expect(run()).rejects.toThrow("1 slots could not be copied");
  expect(put.size).toBe(1);
  expect(said.map((text) => JSON.parse(text).error).filter(Boolean)).toEqual(["Error: AccessDenied"]);
});

test("a run copies six hours of whole quarters, the last one ended two minutes ago or more", () => {
  const span = spanOf(new Date(NOON + 16 * MINUTE));
  expect(span).toEqual({ from: NOON - 6 * 60 * MINUTE, to: NOON });
  expect(spanOf(new Date(NOON + 17 * MINUTE)).to).toBe(NOON + 15 * MINUTE);
});
