// SPDX-License-Identifier: Apache-2.0
import { InvalidArgumentError } from "commander";

const MAX_ARRIVALS = 100_000;

/** Value of `--arrivals`. */
export function arrivalsOf(text: string): number {
  const count = Number(text);
  if (/^[1-9]\d*$/.test(text) && count <= MAX_ARRIVALS) return count;
  throw new InvalidArgumentError(`expected a whole number from 1 to ${MAX_ARRIVALS}`);
}
