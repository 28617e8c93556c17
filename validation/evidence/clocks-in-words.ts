// SPDX-License-Identifier: Apache-2.0
import { type Clocks, MAX_SKEW_MS } from "./clocks";

/** What the second source said of the machine's clock, and what it cannot say. */
export function clocksInWords(clocks: Clocks | undefined): string {
  if (!clocks) return "not held against a second source";
  const { kind, startSkewMs, endSkewMs } = clocks;
  const end = endSkewMs === null ? "not read at the end" : `${secondsOf(endSkewMs)} at the end`;
  const skew = `${secondsOf(startSkewMs)} at the start, ${end}, at most ${MAX_SKEW_MS / 1000} s either way`;
  if (kind === "aws") return `Date header of AWS minus this machine: ${skew}`;
  return `another process on the same machine minus this one: ${skew}; it is the same clock, so that nothing here says whether it is right`;
}

function secondsOf(ms: number): string {
  return `${ms < 0 ? "-" : "+"}${(Math.abs(ms) / 1000).toFixed(1)} s`;
}
