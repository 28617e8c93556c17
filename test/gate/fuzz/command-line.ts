// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { main } from "../../../validation/cli";
import type { Decisions } from "../../../validation/gate";

/** What one run of `part11 gate` told. */
export interface Told {
  readonly code: number | null;
  readonly record: Decisions | { readonly verdict: "error"; readonly error: { readonly code: string } };
}

/** Arguments of the gate for a plan in a file, as a pipeline writes them. */
export function argumentsFor(file: string): string[] {
  return ["gate", "--plan", file, "--environment", "production", "--format", "json"];
}

/** Runs the real command line in this process on a plan that is written to `folder`. */
export async function gateOf(plan: string | Uint8Array, folder: string): Promise<Told> {
  const file = path.join(folder, "plan.json");
  fs.writeFileSync(file, plan);
  let stdout = "";
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: () => true },
    env: {},
    cwd: folder,
  };
  const code = await main(argumentsFor(file), io);
  return { code, record: JSON.parse(stdout) };
}
