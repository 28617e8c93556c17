// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { ToolContext } from "../../../validation/toolchain";

const roots: string[] = [];

/** A machine of its own: an empty project, an empty home and a PATH with nothing but `/bin` basics and the fakes. */
export interface FakeMachine {
  readonly context: ToolContext;
  readonly progress: string[];
  /** Puts a shell script called `name` on the PATH. */
  tool(name: string, script: string): string;
}

export function fakeMachine(env: NodeJS.ProcessEnv = {}): FakeMachine {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  roots.push(root);
  const [bin, home, cwd] = ["bin", "home", "project"].map((name) => path.join(root, name)) as [string, string, string];
  for (const folder of [bin, home, cwd]) fs.mkdirSync(folder);
  const progress: string[] = [];
  return {
    progress,
    context: { cwd, env: { PATH: bin, HOME: home, ...env }, onProgress: (line) => progress.push(line) },
    tool(name, script) {
      const file = path.join(bin, name);
      fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      return file;
    },
  };
}

export function removeFakeMachines(): void {
  for (const root of roots.splice(0)) fs.rmSync(root, { recursive: true, force: true });
}
