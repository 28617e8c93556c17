// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../validation/package-root";
import { qualify } from "../../validation/qualify";

/** Seconds of the main job without first-time set-up and without applies. */
const MAX_SECONDS = 60;
const LEFT_OUT = ["set-up", "apply"];

/** Runs the main job once; true when the limit holds and the evidence is complete. */
export async function benchQualify(print: (line: string) => void): Promise<boolean> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    const start = performance.now();
    const { summary, seconds } = await qualify({
      cwd: packageRoot(),
      env: process.env,
      out: path.join(folder, "bundle"),
      // How many files arrive is no matter of this limit.
      arrivals: 20,
      provisional: true,
      onProgress: () => {},
    });
    const whole = (performance.now() - start) / 1000;
    for (const { stage, seconds: took } of seconds) print(`  ${took.toFixed(1).padStart(6)} s  ${stage}`);
    const leftOut = seconds.filter(({ stage }) => LEFT_OUT.includes(stage));
    const counted = leftOut.reduce((rest, { seconds: took }) => rest - took, whole);
    const held = counted <= MAX_SECONDS && summary.status === "COMPLETE";
    const verdict = held ? "ok    " : "BROKEN";
    print(
      `${verdict}  main job without set-up and applies: ${counted.toFixed(1)} s (limit ${MAX_SECONDS} s), ${summary.status}`,
    );
    return held;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
