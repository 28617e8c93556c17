// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { lineOf, type Tried } from "./score";

/** Attributes ("stack: type path") of which the last run of all mutants left some alone without a proof, and how many. */
export function knownUnexplained(): Readonly<Record<string, number>> {
  return JSON.parse(fs.readFileSync(path.join(__dirname, "unexplained.json"), "utf8"));
}

/** Survivors without a proof, of attributes of which none is known: a hole that was not there, or one that nobody saw. */
export function newlyUnexplained(tried: readonly Tried[]): readonly string[] {
  const known = knownUnexplained();
  return tried
    .filter(({ outcome, mutant: { stack, type, path } }) => {
      return outcome.outcome === "unexplained" && !Object.hasOwn(known, `${stack.name}: ${type} ${path}`);
    })
    .map(lineOf);
}
