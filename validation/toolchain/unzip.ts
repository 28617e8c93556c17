// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { type ZipEntry, zipEntries } from "./zip-entry";

/** Uncompressed bytes that no archive of the toolchain reaches. */
const MAX_BYTES = 1024 * 1024 * 1024;

export interface Archive {
  /** Where it came from, for errors. */
  readonly url: string;
  readonly bytes: Buffer;
}

/**
 * Unpacks the files of a zip archive below `folder`, which is empty; every one must be below the archive's folder `within`
 * and have a plain path. Everything is checked before the first file is written. File modes are not taken over.
 *
 * @throws DOWNLOAD_FAILED when the archive is damaged, too large, or has a file elsewhere
 */
export function unzip({ url, bytes }: Archive, within: string, folder: string): void {
  const entries = zipEntries(bytes);
  if (!entries || entries.length === 0) throw refused(url, "a zip archive with files", "none that can be read");
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (size > MAX_BYTES) throw refused(url, `at most ${MAX_BYTES} bytes unpacked`, `${size} bytes`);
  const files = entries.map((entry) => ({ entry, file: plainPath(entry.name, within) }));
  const foreign = files.find(({ file }) => file === undefined);
  if (foreign) throw refused(url, `plain paths below ${within}`, JSON.stringify(foreign.entry.name));
  const made = new Set<string>();
  for (const { entry, file } of files) write(url, entry, path.join(folder, file as string), made);
}

function write(url: string, entry: ZipEntry, file: string, made: Set<string>): void {
  const content = entry.content();
  if (!content) throw refused(url, `a whole file ${entry.name}`, "a damaged one");
  const parent = path.dirname(file);
  if (!made.has(parent)) fs.mkdirSync(parent, { recursive: true });
  made.add(parent);
  // Two entries of one name fail here instead of one winning.
  fs.writeFileSync(file, content, { flag: "wx", mode: 0o644 });
}

/** Path of the entry below the archive's folder `within`; undefined when it is not there or could lead elsewhere. */
function plainPath(name: string, within: string): string | undefined {
  if (!name.startsWith(`${within}/`)) return undefined;
  const file = name.slice(within.length + 1);
  const plain = file.split("/").every((part) => part !== "" && part !== "." && part !== ".." && !/[\\\0]/.test(part));
  return plain ? file : undefined;
}

function refused(url: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "DOWNLOAD_FAILED",
    what: "archive refused",
    where: url,
    expected,
    got,
    todo: "install the tool by hand and put it on PATH",
  });
}
