// SPDX-License-Identifier: Apache-2.0
import { benchDocuments } from "./documents";
import { benchEvidence } from "./evidence";
import { benchGate } from "./gate";
import { benchHashing } from "./hashing";
import { benchQualify } from "./qualify";
import { benchSynth } from "./synth";

const benches = {
  synth: benchSynth,
  gate: benchGate,
  hashing: benchHashing,
  documents: benchDocuments,
  evidence: benchEvidence,
  qualify: benchQualify,
};

/** Ten minutes of a run that `npm run qualify` is too, with the same times at its end. */
const ONLY_BY_NAME = ["qualify"];

/** Runs every bench but those that must be named, or the ones named on the command line; exit code 1 when a limit is broken, 2 when one could not run. */
async function run(names: readonly string[]): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  let held = true;
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length > 0 ? !names.includes(name) : ONLY_BY_NAME.includes(name)) continue;
    print(`== ${name}`);
    held = (await bench(print)) && held;
  }
  return held ? 0 : 1;
}

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  },
);
