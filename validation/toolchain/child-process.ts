// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Part11Error } from "../error";
import { interrupted, withInterrupt } from "./interrupt";

/** Milliseconds a child has after SIGINT to end by itself (Terraform saves its state then) before its group is killed. */
const DEFAULT_GRACE_MS = 10_000;

export interface RunOptions {
  readonly cwd: string;
  /** The whole environment of the child; nothing is added to it. */
  readonly env: NodeJS.ProcessEnv;
  /** Called for every line as it arrives. */
  readonly onLine?: ((line: string, stream: "stdout" | "stderr") => void) | undefined;
  /** Ends the child's process group when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** File that takes stdout instead of memory; made with mode 0600. */
  readonly stdoutFile?: string | undefined;
  /** Milliseconds between SIGINT and SIGKILL. @default 10000 */
  readonly graceMs?: number | undefined;
}

export interface RunResult {
  /** Exit code; 128 when a signal that was not ours ended the child. */
  readonly code: number;
  /** Empty when `stdoutFile` took it. */
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one program without a shell in a process group of its own, and leaves nothing of that group behind.
 *
 * @throws TOOL_MISSING when the program cannot be started; INTERRUPTED on Ctrl-C, SIGTERM or `signal`
 */
export function runCommand(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  return withInterrupt((signal) => run(command, args, options, signal), options.signal);
}

async function run(
  command: string,
  args: readonly string[],
  options: RunOptions,
  signal: AbortSignal,
): Promise<RunResult> {
  if (signal.aborted) throw interrupted(command);
  const file = options.stdoutFile === undefined ? undefined : fs.openSync(options.stdoutFile, "w", 0o600);
  try {
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ["ignore", file ?? "pipe", "pipe"],
    });
    const endWatch = endGroupOnAbort(child, signal, options.graceMs ?? DEFAULT_GRACE_MS);
    try {
      const [code, stdout, stderr] = await Promise.all([
        exitOf(child, command, options.cwd),
        child.stdout ? collect(child.stdout, "stdout", options.onLine) : "",
        child.stderr ? collect(child.stderr, "stderr", options.onLine) : "",
      ]);
      if (signal.aborted) throw interrupted(command);
      return { code, stdout, stderr };
    } finally {
      endWatch();
    }
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}

async function collect(stream: Readable, name: "stdout" | "stderr", onLine: RunOptions["onLine"]): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    lines.push(line);
    onLine?.(line, name);
  }
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function exitOf(child: ChildProcess, command: string, cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (cause) => reject(notStarted(command, cwd, cause)));
    child.once("exit", (code) => {
      // A grandchild that outlives its parent would hold the pipes open and stay behind.
      killGroup(child, "SIGKILL");
      resolve(code ?? 128);
    });
  });
}

/** Interrupts the child's group when `signal` aborts, and kills it after the grace; returns how to stop watching. */
function endGroupOnAbort(child: ChildProcess, signal: AbortSignal, graceMs: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    killGroup(child, "SIGINT");
    timer = setTimeout(() => killGroup(child, "SIGKILL"), graceMs);
  };
  signal.addEventListener("abort", end, { once: true });
  return () => {
    signal.removeEventListener("abort", end);
    clearTimeout(timer);
  };
}

function killGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function notStarted(command: string, cwd: string, cause: Error): Part11Error {
  const code = (cause as NodeJS.ErrnoException).code ?? cause.message;
  return new Part11Error(
    {
      code: "TOOL_MISSING",
      what: "program not started",
      where: cwd,
      expected: `an executable ${command}`,
      got: code,
      todo: "install it or put its folder on PATH (part11 doctor says what is missing)",
    },
    { cause },
  );
}
