// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { reportOf, scoreOf } from "../gate/mutation/score";
import { landingZone } from "../gate/mutation/stacks";
import { drawnFrom, tryAll } from "../gate/mutation/try-all";
import { newlyUnexplained } from "../gate/mutation/unexplained";

/** Mutants of the landing zone; `npm run mutation-score` tries all, of both stacks. */
const DRAWN = 100;
const SEED = 1;

it("of a draw, no mutant survives unexplained but of attributes of which one is known to", async () => {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "part11-mutants-"));
  try {
    const { tried, refused } = await tryAll([landingZone()], scratch, drawnFrom(SEED, DRAWN));
    process.stdout.write(`a draw of ${DRAWN}\n${reportOf(scoreOf(tried), refused)}\n`);
    expect(tried.length).toBeGreaterThan(DRAWN / 2);
    expect(newlyUnexplained(tried)).toEqual([]);
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}, 1_800_000);
