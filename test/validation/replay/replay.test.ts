// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { replay } from "../../../validation/cli/replay";
import type { Queues, Waiting } from "../../../validation/replay";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-replay-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const EVENT = JSON.stringify({
  source: "aws.s3",
  "detail-type": "Object Created",
  detail: { bucket: { name: "inbox" }, object: { key: "a\u001b[31m.csv", "version-id": "v1" } },
});

/** Two queues in memory: what is taken and not removed is seen again. */
function queues(count: number, refuse: Partial<Record<"send" | "remove", string>> = {}) {
  const dead: Waiting[] = Array.from({ length: count }, (_, n) => ({
    messageId: `m${n}`,
    body: EVENT,
    receipt: `r${n}`,
  }));
  const sent: string[] = [];
  const port: Queues = {
    ...{ from: "dead", to: "ingest", caller: "arn:aws:sts::111122223333:assumed-role/operator/ann" },
    take: async (most) => dead.slice(0, most),
    async send({ messageId }) {
      if (refuse.send === messageId) throw new Error("throttled");
      sent.push(messageId);
    },
    async remove({ messageId }) {
      if (refuse.remove === messageId) throw new Error("gone away");
      dead.splice(
        dead.findIndex((one) => one.messageId === messageId),
        1,
      );
    },
  };
  return { port, dead, sent };
}

async function run(port: Queues, ...more: string[]) {
  let stdout = "";
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: () => true },
    env: {},
    cwd: folder,
  };
  const said = ["--by", "ann@example.org", "--reason", "the key policy refused, and is mended"];
  const argv = ["--queue", "dead", "--record", "replays.jsonl", ...said, ...more];
  const code = await replay(argv, io, { queues: async () => port, now: () => new Date(0) });
  return { code, stdout };
}

function recorded(): Array<Record<string, string>> {
  const text = fs.readFileSync(path.join(folder, "replays.jsonl"), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("every message goes back to its queue, and a line says what it is about", async () => {
  const { port, dead, sent } = queues(25);
  const { code, stdout } = await run(port);
  expect([code, dead, sent.length, new Set(sent).size]).toEqual([0, [], 25, 25]);
  expect(stdout).toContain("moved   m0  Object Created  inbox/a\\u{1b}[31m.csv v1\n");
  expect(stdout).toContain("messages: 25, failed: 0; no more are seen\n");
});

test("who, why and which message is on record, before the message is sent", async () => {
  const { port } = queues(1);
  await run({ ...port, send: async () => expect(recorded()).toMatchObject([{ action: "sending", messageId: "m0" }]) });
  expect(recorded().at(-1)).toEqual({
    schemaVersion: 1,
    at: "1970-01-01T00:00:00.000Z",
    action: "moved",
    from: "dead",
    to: "ingest",
    messageId: "m0",
    bodySha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    about: "Object Created  inbox/a\u001b[31m.csv v1",
    by: "ann@example.org",
    reason: "the key policy refused, and is mended",
    caller: "arn:aws:sts::111122223333:assumed-role/operator/ann",
  });
});

test("a second run adds to the record", async () => {
  await run(queues(1).port);
  await run(queues(1).port);
  expect(recorded()).toHaveLength(4);
});

test("no more than asked for are moved, and that more wait exits 1", async () => {
  const { port, sent } = queues(12);
  const { code, stdout } = await run(port, "--max", "11");
  expect([code, sent.length]).toEqual([1, 11]);
  expect(stdout).toContain("more are waiting");
});

test.each([
  ["sent", { send: "m1" }, "not sent, and still there: Error: throttled", ["m0", "m2"]],
  [
    "removed",
    { remove: "m1" },
    "sent, and still there, so that it can be sent twice: Error: gone away",
    ["m0", "m1", "m2"],
  ],
] as const)("one that cannot be %s stays, holds no other up and exits 1", async (_title, refuse, why, expected) => {
  const { port, sent, dead } = queues(3, refuse);
  const { code, stdout } = await run(port);
  expect([code, sent, dead.map(({ messageId }) => messageId)]).toEqual([1, expected, ["m1"]]);
  expect(stdout).toContain(`FAILED  m1  Object Created  inbox/a\\u{1b}[31m.csv v1: ${why}\n`);
});

test("an empty queue is in order", async () => {
  expect(await run(queues(0).port)).toMatchObject({ code: 0, stdout: "messages: 0, failed: 0; no more are seen\n" });
});

test("a body that is no event is moved as it is and called so", async () => {
  const { port, dead } = queues(1);
  dead[0] = { ...dead[0]!, body: "{" };
  expect((await run(port)).stdout).toContain("moved   m0  no event, 1 bytes\n");
});

test("half a character in a key stops nothing", async () => {
  const { port, dead } = queues(1);
  dead[0] = { ...dead[0]!, body: EVENT.replace("a\\u001b", "\\ud800") };
  expect((await run(port)).stdout).toContain("inbox/\ufffd[31m.csv");
});

test.each([
  ["a reason that says nothing", ["--reason", "again"]],
  ["nobody's name", ["--by", "?"]],
  ["no messages", ["--max", "0"]],
  ["more messages than a run takes", ["--max", "10001"]],
])("%s is refused", async (_title, [name, value]) => {
  const given = { "--by": "ann@example.org", "--reason": "mended as of today", "--max": "1", [name!]: value! };
  const argv = ["--queue", "dead", "--record", "r.jsonl", ...Object.entries(given).flat()];
  const io = { stdout: { write: () => true }, stderr: { write: () => true }, env: {}, cwd: folder };
  const ports = { queues: async () => queues(0).port, now: () => new Date() };
  await expect(replay(argv, io, ports)).rejects.toMatchObject({ code: "USAGE" });
});
