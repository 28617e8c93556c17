// SPDX-License-Identifier: Apache-2.0
import type { StepOutcome } from "../../evidence";
import type { Shape, Tint } from "../drawing";
import type { Figure } from "../model";
import { resultCounts } from "./traces";

export interface Bar {
  readonly name: string;
  readonly outcomes: readonly StepOutcome[];
}

const BAR = { left: 110, width: 380, height: 18, gap: 12 } as const;

const PARTS: ReadonlyArray<{ readonly results: readonly string[]; readonly label: string; readonly fill: Tint }> = [
  { results: ["PASS"], label: "passed", fill: "good" },
  { results: ["FAIL", "NO RESULT"], label: "failed or without a result", fill: "bad" },
  { results: ["BLOCKED", "NOT RUN"], label: "blocked or not run", fill: "warn" },
  { results: ["NOT APPLICABLE"], label: "not applicable", fill: "soft" },
];

/** Bars of equal length, each cut in proportion to the results of its steps. */
export function resultsFigure(bars: readonly Bar[]): Figure {
  const height = bars.length * (BAR.height + BAR.gap) + 24;
  return {
    kind: "figure",
    title: "Results",
    description: bars.map(({ name, outcomes }) => `${name}: ${resultCounts(outcomes)}`).join(". "),
    drawing: { width: 500, height, shapes: [...bars.flatMap(barShapes), ...keyShapes(height - 12)] },
  };
}

function barShapes({ name, outcomes }: Bar, index: number): readonly Shape[] {
  const y = 4 + index * (BAR.height + BAR.gap);
  let x: number = BAR.left;
  const parts = PARTS.flatMap(({ results, fill }): Shape[] => {
    const count = outcomes.filter(({ finished }) => results.includes(finished?.result ?? "NO RESULT")).length;
    if (count === 0) return [];
    // A single failed step of thousands must still be seen.
    const width = Math.max(2, round((count / outcomes.length) * BAR.width));
    const box: Shape = { shape: "box", x, y, width, height: BAR.height, fill };
    x = round(x + width);
    return [box];
  });
  return [{ shape: "label", x: 0, y: y + 13, text: name, size: 9, bold: true }, ...parts];
}

function keyShapes(y: number): readonly Shape[] {
  return PARTS.flatMap(({ label, fill }, index): Shape[] => {
    const x = BAR.left + index * 98 + (index > 1 ? 22 : 0);
    return [
      { shape: "box", x, y, width: 9, height: 9, fill },
      { shape: "label", x: x + 13, y: y + 8, text: label, size: 7.5 },
    ];
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
