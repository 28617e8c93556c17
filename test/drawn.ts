// SPDX-License-Identifier: Apache-2.0

const SEED = 20261121;

/**
 * How many cases a property test draws, and from which seed; both are printed, so that a run can be repeated.
 * `npm run test:full` asks for PART11_FUZZ cases.
 */
export function drawn(
  name: string,
  usual: number,
  atMost = Number.POSITIVE_INFINITY,
): { seed: number; numRuns: number } {
  const numRuns = Math.min(Number(process.env.PART11_FUZZ ?? usual), atMost);
  process.stdout.write(`${name}: ${numRuns} cases, seed ${SEED}\n`);
  return { seed: SEED, numRuns };
}
