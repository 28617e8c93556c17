// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import * as path from "node:path";

const PEAK_FD = 3;

export interface Measurement {
  readonly seconds: number;
  /** Largest resident set; NaN for programs other than Node, and for a process that was stopped. */
  readonly peakMegabytes: number;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** It took longer than the patience, and was killed. */
  readonly stopped: boolean;
}

export interface MeasureOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Seconds after which the process is killed. `@default` - never */
  readonly patience?: number;
}

/** Runs `node ...args` once, from start to end of the process. */
export function measure(args: readonly string[], options: MeasureOptions = {}): Promise<Measurement> {
  const preload = path.join(__dirname, "peak-memory.js");
  const env = { ...(options.env ?? process.env), PART11_PEAK_FD: String(PEAK_FD) };
  return measureProgram(process.execPath, ["--require", preload, ...args], { ...options, env });
}

/** Runs any program once, from start to end of the process. */
export function measureProgram(
  program: string,
  args: readonly string[],
  { env = process.env, cwd, patience }: MeasureOptions = {},
): Promise<Measurement> {
  const start = process.hrtime.bigint();
  const timeout = patience === undefined ? undefined : patience * 1000;
  const child = spawn(program, args, {
    env,
    cwd,
    timeout,
    killSignal: "SIGKILL",
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const chunks: Buffer[][] = [[], [], []];
  for (const [i, fd] of [1, 2, PEAK_FD].entries()) {
    child.stdio[fd]?.on("data", (chunk: Buffer) => chunks[i]!.push(chunk));
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      const [stdout, stderr, peak] = chunks.map((each) => Buffer.concat(each).toString()) as [string, string, string];
      const peakMegabytes = peak === "" ? Number.NaN : Number(peak) / 1024;
      const stopped = signal === "SIGKILL" && patience !== undefined && seconds >= patience;
      resolve({ seconds, peakMegabytes, code: code ?? 128, stdout, stderr, stopped });
    });
  });
}

/** The fastest of `runs`. */
export async function best(runs: number, args: readonly string[], options: MeasureOptions = {}): Promise<Measurement> {
  const all: Measurement[] = [];
  for (let i = 0; i < runs; i++) all.push(await measure(args, options));
  return all.reduce((a, b) => (b.seconds < a.seconds ? b : a));
}
