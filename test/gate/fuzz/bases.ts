// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { CORPUS } from "../../corpus/folders";

/** A larger plan has more places than a few mutations reach, and takes the time of several small ones. */
const MAX_BYTES = 20_000;

/** A zone that passes as a whole, larger than the others: the few changes of a plan leave many of its kind passing. */
export const PASSING = path.join(CORPUS, "stacks", "foreign-zone-passes");

export interface Base {
  /** Folder of the plan in the corpus. */
  readonly name: string;
  readonly text: string;
}

/** Small plans of the corpus, sorted by name; each failing and each passing example among them. */
export function bases(): readonly Base[] {
  return fs
    .readdirSync(CORPUS, { recursive: true, encoding: "utf8" })
    .filter((name) => path.basename(name) === "plan.json")
    .map((name) => ({ name: path.dirname(name), text: fs.readFileSync(path.join(CORPUS, name), "utf8") }))
    .filter(({ text }) => Buffer.byteLength(text) <= MAX_BYTES)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
