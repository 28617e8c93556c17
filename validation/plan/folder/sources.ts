// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../../error";
import { sha256Hex } from "../../json";
import { folderRefused } from "./refused";

/** A file of a folder with Terraform. */
export interface SourceFile {
  /** Below the folder, `/` between parts. */
  readonly path: string;
  /** SHA-256, hex. */
  readonly sha256: string;
}

/** What Terraform and git make beside the sources: no part of them. */
const MADE = new Set([".terraform", ".git", "node_modules", ".part11"]);
/** State and plans may hold secrets, and a state would make Terraform take something for installed. */
const STATE = /(?:\.tfstate(?:\..*)?|\.tfplan)$/;
const MAX_FILES = 5000;
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Every file that makes the folder's configuration, sorted by path, with its SHA-256.
 *
 * @throws FILE_NOT_FOUND; DIR_REFUSED for a link, and for a folder too large to be one with Terraform
 */
export function sourcesOf(dir: string): readonly SourceFile[] {
  if (!fs.existsSync(dir) || !fs.statSync(dir).isDirectory()) throw noFolder(dir);
  const files = filesBelow(dir, "");
  if (!files.some((file) => !file.includes("/") && /\.tf(?:\.json)?$/.test(file))) {
    throw folderRefused(dir, "a folder with .tf files", "none", "name the root module of your Terraform with --dir");
  }
  let bytes = 0;
  return files.sort().map((file) => {
    const content = fs.readFileSync(path.join(dir, file));
    bytes += content.length;
    if (bytes > MAX_BYTES) throw tooLarge(dir, `more than ${MAX_BYTES} bytes`);
    return { path: file, sha256: sha256Hex(content) };
  });
}

/** Copies exactly those files, and proves by their digests that it copied what was listed. */
export function copySources(dir: string, sources: readonly SourceFile[], to: string): void {
  for (const { path: file, sha256 } of sources) {
    const content = fs.readFileSync(path.join(dir, file));
    if (sha256Hex(content) !== sha256) {
      throw folderRefused(path.join(dir, file), `SHA-256 ${sha256}, as listed`, "another", "let the folder rest");
    }
    fs.mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    fs.writeFileSync(path.join(to, file), content);
  }
}

function filesBelow(dir: string, below: string): string[] {
  const found: string[] = [];
  for (const entry of fs.readdirSync(path.join(dir, below), { withFileTypes: true })) {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(MADE.has(entry.name) ? [] : filesBelow(dir, name)));
    else if (!entry.isFile())
      throw folderRefused(path.join(dir, name), "files and folders", "a link", "put the file itself there");
    else if (!STATE.test(entry.name)) found.push(name);
    if (found.length > MAX_FILES) throw tooLarge(dir, `more than ${MAX_FILES} files`);
  }
  return found;
}

function noFolder(where: string): Part11Error {
  return new Part11Error({
    code: "FILE_NOT_FOUND",
    what: "folder not found",
    where,
    expected: "a folder with Terraform",
    got: "none",
    todo: "correct --dir",
  });
}

function tooLarge(dir: string, got: string) {
  return folderRefused(dir, "the sources of one root module", got, "name the folder of the root module alone");
}
