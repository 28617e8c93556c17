// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import * as path from "node:path";

const PEAK_FD = 3;

export interface Measurement {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `node ...args` once, from start to end of the process. */
export function measure(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Measurement> {
  const preload = path.join(__dirname, "peak-memory.js");
  const start = process.hrtime.bigint();
  const child = spawn(process.execPath, ["--require", preload, ...args], {
    env: { ...env, PART11_PEAK_FD: String(PEAK_FD) },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const texts = ["", "", ""];
  for (const [i, fd] of [1, 2, PEAK_FD].entries()) {
    child.stdio[fd]?.on("data", (chunk: Buffer) => {
      texts[i] += chunk.toString();
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      const [stdout, stderr, peak] = texts as [string, string, string];
      resolve({ seconds, peakMegabytes: Number(peak) / 1024, code: code ?? 128, stdout, stderr });
    });
  });
}

/** The fastest of `runs`. */
export async function best(runs: number, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Measurement> {
  const all: Measurement[] = [];
  for (let i = 0; i < runs; i++) all.push(await measure(args, env));
  return all.reduce((a, b) => (b.seconds < a.seconds ? b : a));
}
