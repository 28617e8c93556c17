// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { packageRoot } from "../../../validation/package-root";
import { ensureOpa } from "../../../validation/toolchain";
import { cacheFolder } from "../../../validation/toolchain/cache";
import type { Noticed } from "./batch";
import { allPolicies } from "./folders";
import { allMutants, type Mutant } from "./mutants";
import { RunRecord } from "./record";
import { tryAll } from "./survive";
import { problemsOf, readSurvivors } from "./survivor-list";

/**
 * Tries every mutant of the policies, or of the named folders (`lib/key`), but those that an earlier run tried with the same
 * tests; fails when a mutant survives that `survivors.json` does not list, or the other way round, or too many do.
 */
async function main(names: readonly string[]): Promise<void> {
  const context = { cwd: packageRoot(), env: process.env };
  const policies = allPolicies();
  const unheard = names.filter((name) => !policies.has(name));
  if (unheard.length > 0) throw new Error(`no folder of policies: ${unheard.join(", ")}`);
  const mutants = allMutants(policies).filter(({ folder }) => names.length === 0 || names.includes(folder.name));
  const record = new RunRecord(path.join(cacheFolder(context.cwd), "policy-mutants.jsonl"), policies);
  const answers = new Map<Mutant, Noticed | null>();
  for (const mutant of mutants) {
    const known = record.of(mutant);
    if (known !== undefined) answers.set(mutant, known);
  }
  process.stdout.write(`${mutants.length} mutants, ${answers.size} of them tried by an earlier run\n`);
  const left = mutants.filter((mutant) => !answers.has(mutant));
  const progress = new Progress(left.length);
  await tryAll(left, (await ensureOpa(context)).path, policies, (mutant, noticed) => {
    record.note(mutant, noticed);
    answers.set(mutant, noticed);
    progress.step();
  });
  report(answers, mutants);
}

function report(answers: ReadonlyMap<Mutant, Noticed | null>, mutants: readonly Mutant[]): void {
  const survivors = mutants.filter((mutant) => answers.get(mutant) === null);
  const percent = ((100 * survivors.length) / mutants.length).toFixed(2);
  process.stdout.write(
    `${mutants.length} mutants: ${mutants.length - survivors.length} noticed, ${survivors.length} survive (${percent} %)\n`,
  );
  const problems = problemsOf(mutants, survivors, readSurvivors());
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
}

/** One line that counts on a terminal; elsewhere a line for each twentieth. */
class Progress {
  private done = 0;

  constructor(private readonly all: number) {}

  step(): void {
    this.done++;
    if (process.stdout.isTTY)
      process.stdout.write(`\r${this.done} of ${this.all}${this.done === this.all ? "\n" : ""}`);
    else if (this.twentieth(this.done) !== this.twentieth(this.done - 1)) {
      process.stdout.write(`${this.done} of ${this.all}\n`);
    }
  }

  private twentieth(count: number): number {
    return Math.floor((20 * count) / this.all);
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
