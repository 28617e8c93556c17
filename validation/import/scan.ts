// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";

/** A file to import, or what stands in the folder and is none, with the reason. */
export type Found =
  | { readonly path: string; readonly file: string; readonly refusal?: undefined }
  | { readonly path: string; readonly refusal: string; readonly final: boolean };

/**
 * All that lies in a folder, in the order of the bytes of the names. Links are not followed: what they point to may lie
 * outside, be there twice, or be a loop.
 */
export function* scan(folder: string, below = ""): Generator<Found> {
  let entries: string[];
  try {
    entries = namesIn(folder);
  } catch (error) {
    yield { path: below || ".", refusal: `cannot be listed: ${reasonOf(error)}`, final: false };
    return;
  }
  for (const name of entries) {
    const relative = below === "" ? name : `${below}/${name}`;
    if (name.includes("\ufffd")) {
      yield { path: relative, refusal: "has a name that is no UTF-8", final: true };
      continue;
    }
    yield* found(path.join(folder, name), relative);
  }
}

function* found(file: string, relative: string): Generator<Found> {
  let stat: fs.Stats;
  try {
    stat = fs.lstatSync(file);
  } catch (error) {
    yield { path: relative, refusal: `cannot be read: ${reasonOf(error)}`, final: false };
    return;
  }
  if (stat.isDirectory()) yield* scan(file, relative);
  else if (stat.isSymbolicLink()) yield { path: relative, refusal: "is a link, which is not followed", final: true };
  else if (!stat.isFile()) yield { path: relative, refusal: "is no regular file", final: true };
  else if (stat.size === 0) yield { path: relative, refusal: "is empty", final: true };
  else yield { path: relative, file };
}

function namesIn(folder: string): string[] {
  const names = fs.readdirSync(folder, { encoding: "buffer" });
  return names.sort(Buffer.compare).map((name) => name.toString("utf8"));
}

/** Node's reason without the path, which is told beside it. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
