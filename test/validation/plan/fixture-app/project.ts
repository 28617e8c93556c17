// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { PlanOptions } from "../../../../validation/plan";

const roots: string[] = [];

/** A CDKTF project of its own in a temporary folder, whose app is `app` (by default the fixture's). */
export function fixtureProject(app = `node ${JSON.stringify(path.join(__dirname, "main.js"))}`): string {
  const cwd = temporaryFolder();
  fs.writeFileSync(path.join(cwd, "cdktf.json"), JSON.stringify({ app, context: { own: "context of the project" } }));
  return cwd;
}

/** A plan of the fixture with `overrides`; `out` is the folder `out` of the project. */
export function planOptions(cwd: string, overrides: Partial<PlanOptions> = {}): PlanOptions {
  return {
    stack: "builtin",
    environment: "qualification",
    out: path.join(cwd, "out"),
    cwd,
    env: process.env,
    ...overrides,
  };
}

/** An applicable plan of the fixture: target emulator, work folder kept. */
export function applicable(cwd: string, overrides: Partial<PlanOptions> = {}): PlanOptions {
  const keepWorkDir = path.join(cwd, "work");
  return planOptions(cwd, {
    target: "emulator",
    emulatorEndpoint: "https://127.0.0.1:4566",
    keepWorkDir,
    ...overrides,
  });
}

export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  roots.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of roots.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
}
