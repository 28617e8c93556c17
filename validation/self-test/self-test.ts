// SPDX-License-Identifier: Apache-2.0
import { type CaseResult, runCase } from "./case";
import { CASES } from "./cases";
import { layGround } from "./ground";
import { HARNESS, type Harness } from "./harness";
import { recordOf, type SelfTestRecord } from "./record";

/**
 * Gives the harness inputs in order and inputs with a fault, and records what it says of each. Writes below the system's
 * folder for temporary files only, and leaves nothing there; no network, no other program.
 *
 * @param harness @default the functions that this package runs
 */
export async function selfTest(
  harness: Harness = HARNESS,
  cases = CASES,
  now: () => Date = () => new Date(),
): Promise<SelfTestRecord> {
  const startedAt = now();
  const ground = layGround();
  const results: CaseResult[] = [];
  try {
    for (const one of cases) results.push(await runCase(one, harness, ground));
  } finally {
    ground.remove();
  }
  return recordOf(results, startedAt, now());
}
