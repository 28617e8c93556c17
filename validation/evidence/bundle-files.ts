// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { sha256Hex } from "../json";
import { BundleNames } from "./bundle-names";
import { isBundlePath } from "./layout";
import { attempt, problem, type VerifyProblem } from "./verify-problem";

/** More than any bundle holds; a folder beyond it is not read. */
export const MAX_FILES = 100_000;
export const MAX_TOTAL_BYTES = 2_000_000_000;

export interface FoundFile {
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** A folder as it was read, once: later checks look at these bytes and never at the disk again. */
export interface BundleFiles {
  readonly files: ReadonlyMap<string, FoundFile>;
  readonly problems: readonly VerifyProblem[];
}

/** Reads every regular file below a folder; whatever is no regular file with a portable name is a problem, and never followed. */
export function readBundleFiles(root: string): BundleFiles {
  const files = new Map<string, FoundFile>();
  const problems: VerifyProblem[] = [];
  const met = new BundleNames();
  let total = 0;

  function visit(folder: string): void {
    const names = fs.readdirSync(path.join(root, folder)).sort();
    if (names.length === 0 && folder !== "") problems.push(problem("FILE_EXTRA", folder, "empty folder"));
    for (const name of names) {
      const relative = folder === "" ? name : `${folder}/${name}`;
      problems.push(...met.problemsOf(relative));
      if (isBundlePath(relative)) attempt(problems, "NOT_A_FILE", relative, () => take(relative));
    }
  }

  function take(relative: string): void {
    const file = path.join(root, relative);
    const stat = fs.lstatSync(file);
    if (stat.isDirectory()) {
      visit(relative);
      return;
    }
    if (!stat.isFile()) throw new Error(stat.isSymbolicLink() ? "symbolic link" : "special file");
    total += stat.size;
    if (files.size >= MAX_FILES || total > MAX_TOTAL_BYTES) {
      problems.push(problem("TOO_LARGE", relative, `more than ${MAX_FILES} files or ${MAX_TOTAL_BYTES} bytes`));
      return;
    }
    // O_NOFOLLOW: the file may have been swapped for a link since lstat.
    const fd = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0));
    try {
      const bytes = fs.readFileSync(fd);
      files.set(relative, { bytes, sha256: sha256Hex(bytes) });
    } finally {
      fs.closeSync(fd);
    }
  }

  visit("");
  return { files, problems };
}
