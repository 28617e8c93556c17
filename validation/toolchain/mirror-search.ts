// SPDX-License-Identifier: Apache-2.0
import type { Dirent } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { hostHolds, type ProviderVersion } from "./mirror-layout";

export interface SearchLimits {
  /** Folders below a root that are entered. @default 5 */
  readonly maxDepth: number;
  /** Milliseconds after which the search gives up. @default 5000 */
  readonly maxMs: number;
}

export const SEARCH_LIMITS: SearchLimits = { maxDepth: 5, maxMs: 5000 };

/** Folders that hold no mirror, or a transient one (the working folders of Terraform runs). */
const SKIPPED = new Set(["proc", "sys", "dev", "lost+found", "node_modules", ".git", ".terraform", ".part11"]);

/**
 * Root of the first filesystem mirror below `roots` that holds the provider; undefined when none was found within the limits.
 * Folders that another user may write to are passed over: a provider from there would run with this user's rights.
 */
export async function searchMirror(
  roots: readonly string[],
  provider: ProviderVersion,
  limits: SearchLimits = SEARCH_LIMITS,
): Promise<string | undefined> {
  const deadline = Date.now() + limits.maxMs;
  let level = [...roots];
  for (let depth = 0; depth <= limits.maxDepth && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (Date.now() > deadline) return undefined;
      if (!(await isTrusted(folder))) continue;
      if (hostHolds(folder, provider)) return path.dirname(folder);
      next.push(...(await subfolders(folder)));
    }
    level = next;
  }
  return undefined;
}

async function subfolders(folder: string): Promise<string[]> {
  try {
    const entries = await fs.readdir(folder, { withFileTypes: true });
    return entries.filter(isEntered).map((entry) => path.join(folder, entry.name));
  } catch {
    // A folder that may not be read holds no mirror for this user.
    return [];
  }
}

function isEntered(entry: Dirent): boolean {
  return entry.isDirectory() && !SKIPPED.has(entry.name);
}

async function isTrusted(folder: string): Promise<boolean> {
  try {
    const { uid, mode } = await fs.stat(folder);
    const worldWritable = 0o002;
    return (uid === 0 || uid === process.getuid?.()) && (mode & worldWritable) === 0;
  } catch {
    return false;
  }
}
