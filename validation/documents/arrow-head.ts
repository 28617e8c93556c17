// SPDX-License-Identifier: Apache-2.0
import type { Line } from "./drawing";

const HEAD = { length: 5, half: 2 } as const;

/** Corners of the head of an arrow at the second end of a line, its point first. */
export function arrowHead({ x1, y1, x2, y2 }: Line): ReadonlyArray<readonly [number, number]> {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
  const corner = (side: number): readonly [number, number] => [
    round(x2 - dx * HEAD.length - dy * side),
    round(y2 - dy * HEAD.length + dx * side),
  ];
  return [[x2, y2], corner(HEAD.half), corner(-HEAD.half)];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
