// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as http from "node:http";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { runCommand } from "../../../validation/toolchain";

/** What a test that never ends is given, and what a busy machine needs for one that does. */
const ANSWER_MS = 120_000;

/** The files of a server do not compile. */
export class NotCompiled extends Error {}

/**
 * OPA as a server: its tests are asked one by one, and none is asked in vain after the first that fails. `opa test` runs all,
 * and traces each table of cases, which takes seven times as long as its evaluation.
 */
export interface OpaServer {
  /** The answer for a path below `data`, as text; an error of the evaluation is one too. */
  value(at: string): Promise<string>;
  /** Puts a text in the place of a loaded file; false when it does not compile, and then the former one stays. */
  replace(file: string, text: string): Promise<boolean>;
}

/**
 * Runs `work` with a server of the files, which is gone afterwards.
 *
 * @throws NotCompiled with what OPA says of the files
 */
export async function withOpa<T>(
  opa: string,
  root: string,
  files: readonly string[],
  work: (server: OpaServer) => Promise<T>,
): Promise<T> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "part11-opa-"));
  const socketPath = path.join(scratch, "socket");
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const ending = new AbortController();
  const ended = serve(opa, root, files, socketPath, ending.signal);
  const ask = (method: string, url: string, body = "") => asked({ agent, socketPath, method, path: url }, body);
  try {
    return await Promise.race([ended, listening(socketPath, ending.signal).then(() => work(serverOf(ask)))]);
  } finally {
    agent.destroy();
    ending.abort();
    await ended.catch(() => {});
    fs.rmSync(scratch, { recursive: true });
  }
}

async function serve(
  opa: string,
  root: string,
  files: readonly string[],
  socket: string,
  signal: AbortSignal,
): Promise<never> {
  const options = ["--addr", `unix://${socket}`, "--log-level", "error", "--skip-version-check", "--max-errors", "100"];
  // One core, and memory for time: a server lives for seconds.
  const env = { ...process.env, GOGC: "400", GOMAXPROCS: "1" };
  const { stdout, stderr } = await runCommand(opa, ["run", "--server", ...options, ...files], {
    cwd: root,
    env,
    signal,
    graceMs: 0,
  });
  throw new NotCompiled(stdout + stderr);
}

function serverOf(ask: (method: string, url: string, body?: string) => Promise<Answer>): OpaServer {
  return {
    value: async (at) => (await ask("GET", `/v1/data/${at}`)).text,
    replace: async (file, text) => (await ask("PUT", `/v1/policies/${file}`, text)).status === 200,
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function asked(options: http.RequestOptions, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(options, (response) => {
      const parts: string[] = [];
      response.setEncoding("utf8");
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode!, text: parts.join("") }));
      response.on("error", reject);
    });
    request.setTimeout(ANSWER_MS, () => {
      resolve({ status: 0, text: `no answer in ${ANSWER_MS} ms` });
      request.destroy();
    });
    request.on("error", reject);
    request.end(body);
  });
}

async function listening(socketPath: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const answer = fs.existsSync(socketPath)
      ? await asked({ socketPath, method: "GET", path: "/health" }, "").catch(() => undefined)
      : undefined;
    if (answer?.status === 200) return;
    await pause(20);
  }
}
