// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { lineOf, reportOf, scoreOf } from "./score";
import { evidenceStack, landingZone } from "./stacks";
import { drawnFrom, tryAll } from "./try-all";
import { newlyUnexplained } from "./unexplained";

/**
 * Prints the mutation score of the gate on our stacks: of every mutant, or of a draw; and every mutant that survives
 * unexplained. The draw of a seed is the same on every machine. Exit 1 when one of them is of an attribute that
 * `unexplained.json` does not list, 2 when nothing was scored.
 */
async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...argv], options: { draw: { type: "string" }, seed: { type: "string" } } });
  const [draw, seed] = [wholeNumber("--draw", values.draw), wholeNumber("--seed", values.seed) ?? 1];
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "part11-mutants-"));
  try {
    const stacks = [landingZone(), await evidenceStack(path.join(scratch, "evidence"))];
    const { tried, refused } = await tryAll(stacks, scratch, drawnFrom(seed, draw), say);
    for (const one of tried) if (one.outcome.outcome === "unexplained") say(`survives, unexplained: ${lineOf(one)}`);
    say(draw === undefined ? "every mutant" : `a draw of ${draw} with seed ${seed}`);
    say(reportOf(scoreOf(tried), refused));
    const unknown = newlyUnexplained(tried);
    for (const line of unknown) process.stderr.write(`not among test/gate/mutation/unexplained.json: ${line}\n`);
    if (unknown.length > 0) process.exitCode = 1;
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`${name}: expected a whole number from 1, got ${text}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
});
