// SPDX-License-Identifier: Apache-2.0

import type { StepOutcome } from "../../evidence";
import { result, table } from "../contents/blocks";
import { inRuns, type Order, resultCounts } from "../contents/traces";
import type { Shape, Tint } from "../drawing";
import type { Cell, Figure, Table } from "../model";
import { byClause, type ControlState, type Coverage, type CoveredControl } from "./coverage";

const CELL = { width: 84, height: 28, gap: 3, left: 66, columns: 5 } as const;
const PAGE = 500;
const KEY = 16;

const LOOKS: Readonly<Record<ControlState, { readonly fill: Tint; readonly dashed: boolean; readonly says: string }>> =
  {
    SHOWN: { fill: "good", dashed: false, says: "shown live" },
    PARTLY: { fill: "warn", dashed: false, says: "shown in part" },
    FAILED: { fill: "bad", dashed: false, says: "a step failed" },
    "NOT HELD": { fill: "bad", dashed: true, says: "not held by the gate" },
    GAP: { fill: "paper", dashed: true, says: "gap: not shown live" },
    "NOT APPLICABLE": { fill: "soft", dashed: false, says: "not applicable" },
  };

/** Said in words too: what a reader must not pass over is told by more than a colour. */
const MARKED: readonly ControlState[] = ["FAILED", "NOT HELD", "GAP"];

const STATES = Object.keys(LOOKS) as readonly ControlState[];

type ClauseRow = readonly [clause: string, controls: readonly CoveredControl[]];

/**
 * Controls by clause, each with what the gate says of it and how many steps show it live.
 *
 * @param height of a page, in points: what does not fit goes on in the next picture @default - one picture
 */
export function coverageFigures(coverage: Coverage, height = Number.POSITIVE_INFINITY): readonly Figure[] {
  const pages: ClauseRow[][] = [[]];
  let used = KEY;
  for (const row of rowsOf(coverage)) {
    if (used + heightOf(row) > height && pages.at(-1)!.length > 0) {
      pages.push([]);
      used = KEY;
    }
    pages.at(-1)!.push(row);
    used += heightOf(row);
  }
  return pages.map((rows, i) => figureOf(coverage, rows, pages.length > 1 ? ` (${i + 1} of ${pages.length})` : ""));
}

/** Clauses, one of many controls in pieces that a page holds. */
function rowsOf(coverage: Coverage): readonly ClauseRow[] {
  const most = CELL.columns * 8;
  return [...byClause(coverage)].flatMap(([clause, controls]) =>
    Array.from({ length: Math.ceil(controls.length / most) }, (_, i): ClauseRow => {
      return [clause, controls.slice(i * most, (i + 1) * most)];
    }),
  );
}

function heightOf([, controls]: ClauseRow): number {
  return Math.ceil(controls.length / CELL.columns) * (CELL.height + CELL.gap) + 4;
}

function figureOf({ plans, controls }: Coverage, rows: readonly ClauseRow[], part: string): Figure {
  const shapes: Shape[] = [...keyShapes()];
  let y = KEY;
  for (const row of rows) {
    shapes.push(...rowShapes(row, y));
    y += heightOf(row);
  }
  const counts = STATES.map((state) => `${controls.filter((control) => control.state === state).length} ${state}`);
  const gaps = controls.filter(({ state }) => state === "GAP").map(({ id }) => id);
  return {
    kind: "figure",
    title: `Controls by clause of 21 CFR Part 11${part}`,
    description: `${controls.length} controls: ${counts.join(", ")}. Gaps: ${gaps.length === 0 ? "none" : gaps.join(", ")}. Gate: status on plan ${plans.join(" / ")}. IQ and OQ: steps that passed, of those that name the control. A control stands below each of its clauses; what the gate found is told as it is, also where it was committed before the run.`,
    drawing: { width: PAGE, height: y, shapes },
  };
}

function keyShapes(): readonly Shape[] {
  return STATES.flatMap((state, i): Shape[] => {
    const { fill, dashed, says } = LOOKS[state];
    const x = [0, 66, 140, 212, 316, 418][i]!;
    return [
      { shape: "box", x, y: 1, width: 9, height: 9, fill, ...(dashed ? { dashed } : {}) },
      { shape: "label", x: x + 13, y: 8.5, text: says, size: 7.5 },
    ];
  });
}

function rowShapes([clause, controls]: ClauseRow, y: number): readonly Shape[] {
  return [
    { shape: "line", x1: 0, y1: y - 2, x2: PAGE, y2: y - 2 },
    { shape: "label", x: 0, y: y + 11, text: cut(clause, 17), size: 7, bold: true },
    ...controls.flatMap((control, i) => {
      const x = CELL.left + (i % CELL.columns) * (CELL.width + CELL.gap);
      return cellShapes(control, x, y + Math.floor(i / CELL.columns) * (CELL.height + CELL.gap) + 1);
    }),
  ];
}

function cellShapes({ id, verdicts, iq, oq, state }: CoveredControl, x: number, y: number): readonly Shape[] {
  const { fill, dashed } = LOOKS[state];
  const line = (text: string, at: number, bold = false): Shape => {
    return {
      shape: "label",
      x: x + 4,
      y: y + at,
      text: cut(text, bold ? 18 : 24),
      size: bold ? 7 : 6.3,
      ...(bold ? { bold } : {}),
    };
  };
  const mark = MARKED.includes(state) ? ` ${state}` : "";
  return [
    { shape: "box", x, y, width: CELL.width, height: CELL.height, fill, ...(dashed ? { dashed } : {}) },
    line(`${id}${mark}`, 8.5, true),
    line(`gate ${verdicts.map(shortly).join(" / ")}`, 16.5),
    line(`IQ ${passedOf(iq)}, OQ ${passedOf(oq)}`, 24.5),
  ];
}

function shortly(verdict: string): string {
  return verdict === "not_applicable" ? "n/a" : verdict;
}

function passedOf(outcomes: readonly StepOutcome[]): string {
  const passed = outcomes.filter(({ finished }) => finished?.result === "PASS").length;
  return outcomes.length === 0 ? "none" : `${passed} of ${outcomes.length}`;
}

function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

/** As the picture, by control, every step named. */
export function coverageTable({ plans, controls }: Coverage, order: Order): Table {
  const steps = (outcomes: readonly StepOutcome[]): Cell =>
    outcomes.length === 0
      ? "none"
      : [
          inRuns(
            outcomes.map(({ step }) => step.id),
            order,
          ),
          resultCounts(outcomes),
        ];
  return table(
    `Every control, its status by the gate on plan ${plans.join(" / ")}, and the steps that show it live`,
    { Control: 25, Result: 10, Gate: 11, "IQ steps": 27, "OQ steps": 27 },
    controls.map(({ id, title, state, verdicts, iq, oq }): Cell[] => [
      [{ code: id }, title],
      result(state),
      verdicts.map(shortly).join(" / "),
      steps(iq),
      steps(oq),
    ]),
  );
}
