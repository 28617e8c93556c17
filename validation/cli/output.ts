// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import type { FactsFiles } from "../facts";

/** The inputs that an output must not replace. */
export interface InputFiles extends Pick<FactsFiles, "plan" | "synth" | "lock" | "settings"> {
  readonly waivers?: string;
  readonly bundle?: string;
}

/**
 * Absolute path of a file to write, after a file beside it was written and removed: what cannot be kept is not worked for.
 *
 * @param file value of `--out`, absolute or relative to `cwd`
 * @throws USAGE for an input; OUT_NOT_WRITABLE when its folder is not there or takes no file, and for anything but a regular
 *   file: replacing a device, a link or a folder would destroy it
 */
export function outputFile(
  file: string,
  cwd: string,
  { plan, synth, lock, settings, waivers, bundle }: InputFiles,
): string {
  const out = path.resolve(cwd, file);
  const inputs = [plan, synth, lock, settings, waivers, bundle].filter((input) => input !== undefined && input !== "-");
  attempt(out, "a folder that is there and can be written", "make the folder, or name another file with --out", () => {
    if (inputs.some((input) => isSameFile(path.resolve(cwd, input!), out))) throw inputRefused(out);
    const found = fs.lstatSync(out, { throwIfNoEntry: false });
    if (found && !found.isFile()) throw refused(out, "a regular file or none", "something else", "name another file");
    probe(path.dirname(out));
  });
  return out;
}

/** Removes what an earlier run wrote there. @throws OUT_NOT_WRITABLE */
export function clearOutput(out: string): void {
  attempt(out, "a file that can be replaced", "remove it, or name another file with --out", () =>
    fs.rmSync(out, { force: true }),
  );
}

/** Writes a file that `outputFile` checked, whole or not at all. @throws OUT_NOT_WRITABLE */
export function writeOutput(out: string, text: string | Uint8Array): void {
  const temporary = beside(out);
  attempt(out, "the whole file to be written", "make room, or name another file with --out", () => {
    try {
      fs.writeFileSync(temporary, text, { flag: "wx" });
      fs.renameSync(temporary, out);
    } finally {
      fs.rmSync(temporary, { force: true });
    }
  });
}

/**
 * Absolute path of a folder to write into, after it was made as far as it is missing, written to and left as it was before.
 *
 * @param folder value of `--out`, absolute or relative to `cwd`
 * @throws OUT_NOT_WRITABLE
 */
export function outputFolder(folder: string, cwd: string): string {
  const out = path.resolve(cwd, folder);
  attempt(out, "a folder that can be made and written", "name another folder with --out", () => {
    const made: string[] = [];
    try {
      for (const missing of missingFolders(out)) {
        // One at a time: Node's recursive mkdir never returns below a folder that answers ENOENT, as /proc does.
        fs.mkdirSync(missing);
        made.unshift(missing);
      }
      probe(out);
    } finally {
      for (const one of made) fs.rmdirSync(one);
    }
  });
  return out;
}

/**
 * As `outputFolder`, of a folder that is empty or not there yet.
 *
 * @param what what is not done otherwise
 * @throws OUT_NOT_EMPTY
 */
export function emptyFolder(folder: string, cwd: string, what: string): string {
  const out = outputFolder(folder, cwd);
  const found = fs.existsSync(out) ? fs.readdirSync(out).length : 0;
  if (found === 0) return out;
  throw new Part11Error({
    code: "OUT_NOT_EMPTY",
    what,
    where: out,
    expected: "an empty folder or none",
    got: `${found} names in it`,
    todo: "name another folder with --out",
  });
}

/** Outermost first. */
function missingFolders(folder: string): string[] {
  const missing: string[] = [];
  for (let at = folder; !fs.existsSync(at) && at !== path.dirname(at); at = path.dirname(at)) missing.unshift(at);
  return missing;
}

// The rights of a file mode say too little: they bind no administrator, and a read-only file system has them too.
function probe(folder: string): void {
  const file = beside(path.join(folder, "part11"));
  try {
    fs.writeFileSync(file, "part11\n", { flag: "wx" });
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function beside(file: string): string {
  return path.join(path.dirname(file), `.part11-${randomBytes(6).toString("hex")}.tmp`);
}

function isSameFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map((file) => fs.statSync(file, { bigint: true, throwIfNoEntry: false }));
  return a === b || (one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev);
}

function attempt(out: string, expected: string, todo: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof Part11Error) throw error;
    // Node ends the reason with ", <call> '<path>'", and the path may be that of a file that is gone again.
    const got = (error as Error).message.split(", ")[0]!;
    throw refused(out, expected, got, todo, error);
  }
}

function refused(where: string, expected: string, got: string, todo: string, cause?: unknown): Part11Error {
  const parts = { code: "OUT_NOT_WRITABLE", what: "output cannot be written", where, expected, got, todo } as const;
  return new Part11Error(parts, { cause });
}

function inputRefused(where: string): Part11Error {
  return new Part11Error({
    code: "USAGE",
    what: "output refused",
    where: `--out ${where}`,
    expected: "a file that is no input",
    got: "an input",
    todo: "name another file",
  });
}
