// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/** What every tool of the toolchain is looked for with. */
export interface ToolContext {
  /** Environment of the user; PATH is searched. */
  readonly env: NodeJS.ProcessEnv;
  /** The user's project; tools are cached in its folder `.part11`. */
  readonly cwd: string;
  /** Takes one line for each thing that takes time. */
  readonly onProgress?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Folder of the tools of the project in `cwd`; kept out of git. */
export function cacheFolder(cwd: string): string {
  return path.join(cwd, ".part11");
}

/**
 * Makes `target` by filling a folder beside it and renaming it, so that it is whole or absent.
 * When another process finished the same folder first, theirs is kept.
 */
export async function makeAtomically(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const temporary = `${target}.${randomBytes(6).toString("hex")}.tmp`;
  fs.mkdirSync(temporary, { recursive: true });
  try {
    await fill(temporary);
    renameUnlessThere(temporary, target);
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
}

/** Runs `work` with a new empty folder beside the project's tools, and removes the folder with all that is in it. */
export async function withTemporaryFolder<T>(
  cwd: string,
  name: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = path.join(cacheFolder(cwd), `${name}.${randomBytes(6).toString("hex")}.tmp`);
  fs.mkdirSync(folder, { recursive: true });
  try {
    return await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function renameUnlessThere(from: string, to: string): void {
  try {
    fs.renameSync(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
  }
}
