// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../validation/package-root";
import { best } from "./measure";

const RUNS = 3;
/** Seconds of the app process that synthesizes the production stack. */
const MAX_SECONDS = 1.5;

/** Measures the app of cdktf.json; true when the limit holds. */
export async function benchSynth(print: (line: string) => void): Promise<boolean> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    const root = packageRoot();
    const app = ["-r", path.join(root, "node_modules", "ts-node", "register"), path.join(root, "stacks", "main.ts")];
    const env = { ...process.env, TS_NODE_PROJECT: path.join(root, "tsconfig.json"), CDKTF_OUTDIR: folder };
    const { seconds, code, stderr } = await best(RUNS, app, { env });
    if (code !== 0) throw new Error(`synth failed: ${stderr}`);
    const held = seconds <= MAX_SECONDS;
    print(
      `${held ? "ok    " : "BROKEN"}  synth of the production stack: ${seconds.toFixed(2)} s (limit ${MAX_SECONDS} s)`,
    );
    return held;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
