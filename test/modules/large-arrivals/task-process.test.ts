// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { packTasks } from "../../../modules/handler/pack-handlers";
import { handOverBody } from "../../../modules/ingest/arrivals/message";
import { LARGE_FAILED } from "../../../modules/large-arrivals/worker/work";

const VERSION = { bucket: "inbox", key: "clinical/inbound/raw/acme/abc-1/lab.bam", versionId: "v1" };

let [folder, program] = ["", ""];
let task: ChildProcess | undefined;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-task-"));
  program = packTasks(folder).find((file) => file.includes("large-arrivals-worker"))!;
});
afterEach(() => {
  task?.kill("SIGKILL");
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

type Asked = readonly [action: string, input: Record<string, unknown>];

/** SQS by its JSON protocol, with so many messages; S3, which is the same server, never answers. */
async function queueWith(messages: readonly string[], onAsked: (asked: Asked) => void) {
  const waiting = [...messages];
  const server = http.createServer((request, response) => {
    const action = request.headers["x-amz-target"]?.toString().split(".")[1];
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      onAsked([action ?? "S3", action ? JSON.parse(Buffer.concat(chunks).toString()) : {}]);
      const body = action === "ReceiveMessage" ? waiting.shift() : undefined;
      const isPolling = action === "ReceiveMessage" && body === undefined;
      if (!action || isPolling) return;
      response.setHeader("content-type", "application/x-amz-json-1.0");
      response.end(JSON.stringify(body === undefined ? {} : { Messages: [message(body)] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function message(Body: string) {
  const MD5OfBody = createHash("md5").update(Body).digest("hex");
  return { MessageId: "m1", ReceiptHandle: "r1", Body, MD5OfBody };
}

interface Run {
  readonly messages?: readonly string[];
  /** Sends SIGTERM once this was asked for, of what is asked again the second time. */
  readonly stopAt?: string;
  readonly environment?: Record<string, string | undefined>;
}

/** The packed task as a process, until it ends. */
async function run({ messages = [], stopAt, environment = {} }: Run) {
  const asked: Asked[] = [];
  const server = await queueWith(messages, (one) => {
    asked.push(one);
    const isSecond = asked.filter(([action]) => action === one[0]).length === 2;
    if ((isSecond ? `second ${one[0]}` : one[0]) === stopAt) task!.kill("SIGTERM");
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const names = ["INBOX_BUCKET", "RAW_BUCKET", "AUDIT_BUCKET", "LEDGER_TABLE", "DELIVERIES_TABLE"];
  const env = {
    ...Object.fromEntries(names.map((name) => [name, name.toLowerCase().replace("_", "-")])),
    ...{
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "a",
      AWS_SECRET_ACCESS_KEY: "b",
      AWS_ENDPOINT_URL: url,
      NODE_NO_WARNINGS: "1",
    },
    ...{ LARGEST_TRIAL_BYTES: "1000", LARGE_QUEUE_URL: `${url}/111122223333/large`, ...environment },
  };
  try {
    task = spawn(process.execPath, [program], { env, stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    task.stdout!.on("data", (chunk: Buffer) => {
      said += chunk;
    });
    const [code] = await once(task, "close");
    return { code, said, asked };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("a task that waits for work ends with 0 when it is asked to stop", async () => {
  const { code, said, asked } = await run({ stopAt: "ReceiveMessage" });
  expect([code, said, asked.map(([action]) => action)]).toEqual([0, "", ["ReceiveMessage"]]);
});

test("a task that is asked to stop in the middle of a version gives its message back and ends with 0", async () => {
  const { code, asked } = await run({ messages: [handOverBody(VERSION)], stopAt: "S3" });
  expect(code).toBe(0);
  expect(asked.at(-1)).toEqual(["ChangeMessageVisibility", expect.objectContaining({ ReceiptHandle: "r1" })]);
  expect(asked.at(-1)![1].VisibilityTimeout).toBe(0);
});

test("a task whose environment is not complete does not begin, ends with 2 and says what it lacks", async () => {
  const { code, said, asked } = await run({ environment: { LEDGER_TABLE: undefined } });
  expect([code, asked]).toEqual([2, []]);
  expect(said).toBe(`${LARGE_FAILED} {"unusable":"Error: LEDGER_TABLE is not set"}\n`);
});

test("a task that cannot reach its queue ends with 1, which ECS and an event rule see", async () => {
  const { code, said } = await run({ environment: { LARGE_QUEUE_URL: "http://127.0.0.1:1/111122223333/large" } });
  expect([code, said.startsWith(LARGE_FAILED)]).toEqual([1, true]);
});

test("a message that is no version is told of and left to the dead-letter queue", async () => {
  const sweep = JSON.stringify({ source: "part11.ingest", "detail-type": "Sweep", detail: {} });
  const { code, said, asked } = await run({ messages: [sweep], stopAt: "second ReceiveMessage" });
  expect([code, asked.map(([action]) => action)]).toEqual([0, ["ReceiveMessage", "ReceiveMessage"]]);
  expect(said).toContain("has a message of kind sweep");
});
