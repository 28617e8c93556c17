// SPDX-License-Identifier: Apache-2.0
import type { Io } from "./io";

/** Columns of the terminal that stdout is; Infinity for a file or a pipe, whose lines stay whole for `grep`. */
export function columnsOf({ stdout }: Io): number {
  const { isTTY, columns } = stdout as { isTTY?: boolean; columns?: number };
  return isTTY && columns ? columns : Number.POSITIVE_INFINITY;
}

/** Whether stdout takes ANSI colours: a terminal whose user has not set NO_COLOR (no-color.org). */
export function hasColour({ stdout, env }: Io): boolean {
  return "isTTY" in stdout && stdout.isTTY === true && env.NO_COLOR === undefined;
}
