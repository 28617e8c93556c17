// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { packageRoot } from "../../../validation/package-root";
import { ensureOpa } from "../../../validation/toolchain";
import { policyFolders } from "./folders";
import { mutantsOf, sampled } from "./mutants";
import { surviving } from "./survive";
import { thresholdMutants } from "./threshold-mutants";

interface Survivor {
  readonly id: string;
  readonly reason: string;
}

const FULL = process.env.PART11_FULL === "1";
/** How many mutants are tried: PART11_MUTANTS=<n> or `all`; some minutes of them, and all thresholds, with PART11_FULL=1. */
const USUAL = 10;
const OF_FULL = 200;
const HOUR = 3_600_000;

const FOLDERS = policyFolders();
const THRESHOLDS = thresholdMutants(FOLDERS);
const MUTANTS = [...FOLDERS.flatMap(mutantsOf), ...THRESHOLDS];
const SURVIVORS: readonly Survivor[] = JSON.parse(fs.readFileSync(path.join(__dirname, "survivors.json"), "utf8"));

it(
  "every mutant of a policy is noticed by tests, but the committed survivors",
  async () => {
    const opa = (await ensureOpa({ cwd: packageRoot(), env: process.env })).path;
    const drawn = sampled(MUTANTS, countAsked());
    const tried = FULL ? [...new Set([...drawn, ...THRESHOLDS])] : drawn;
    const survivors = await surviving(tried, opa, FOLDERS);
    process.stdout.write(`policy mutants: ${tried.length} of ${MUTANTS.length} tried, ${survivors.length} survive\n`);
    const ids = new Set(tried.map(({ id }) => id));
    expect(survivors).toEqual(SURVIVORS.map(({ id }) => id).filter((id) => ids.has(id)));
  },
  8 * HOUR,
);

it("every survivor is a mutant of today and has a reason", () => {
  const ids = new Set(MUTANTS.map(({ id }) => id));
  expect(SURVIVORS.filter(({ id, reason }) => !ids.has(id) || reason.length < 20)).toEqual([]);
  expect(SURVIVORS.map(({ id }) => id)).toEqual(SURVIVORS.map(({ id }) => id).sort());
});

it("survivors are at most one in a hundred", () => {
  expect(SURVIVORS.length).toBeLessThanOrEqual(MUTANTS.length / 100);
});

function countAsked(): number {
  const asked = process.env.PART11_MUTANTS;
  if (asked === "all") return MUTANTS.length;
  return Number(asked ?? (FULL ? OF_FULL : USUAL));
}
