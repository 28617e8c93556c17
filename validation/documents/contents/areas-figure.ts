// SPDX-License-Identifier: Apache-2.0
import type { Shape } from "../drawing";
import type { Figure } from "../model";
import type { PlannedResource, PlannedStack } from "./planned-resources";

const BOX = { width: 119, gap: 8, head: 25, line: 9.5, columns: 4 } as const;
/** Types named in a box; the rest is counted. */
const NAMED = 2;
/** Boxes that a page holds; the smallest parts beyond them share the last. */
const MOST = 36;

/** The parts of the stack as its constructs make them, each with what is in it. */
export function areasFigure({ plan, resources }: PlannedStack): Figure {
  const areas = new Map<string, string[]>();
  for (const resource of resources.values()) {
    const area = areaOf(resource);
    areas.set(area, [...(areas.get(area) ?? []), resource.type]);
  }
  const sorted = joinSmallest([...areas]).sort(([a], [b]) => (a < b ? -1 : 1));
  const height = BOX.head + (NAMED + 1) * BOX.line;
  const boxes = sorted.flatMap(([name, types], i) => {
    const x = (i % BOX.columns) * (BOX.width + BOX.gap);
    const y = Math.floor(i / BOX.columns) * (height + BOX.gap);
    return boxShapes(name, types, { x, y, height });
  });
  const rows = Math.ceil(sorted.length / BOX.columns);
  return {
    kind: "figure",
    title: `Parts of plan ${plan}`,
    description: sorted.map(([name, types]) => `${name}: ${types.length} resources`).join("; "),
    drawing: { width: 500, height: Math.max(20, rows * (height + BOX.gap)), shapes: boxes },
  };
}

/** `<stack>/<zone>/<area>/…`; a resource outside a zone stands for itself. */
function areaOf({ construct }: PlannedResource): string {
  const parts = (construct ?? "").split("/");
  return parts.length > 3 ? parts[2]! : (parts[1] ?? "no construct");
}

type Area = [name: string, types: string[]];

function joinSmallest(areas: Area[]): Area[] {
  if (areas.length <= MOST) return areas;
  const bySize = areas.sort(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1));
  const rest = bySize.slice(MOST - 1);
  return [...bySize.slice(0, MOST - 1), [`${rest.length} other parts`, rest.flatMap(([, types]) => types)]];
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

function boxShapes(name: string, types: readonly string[], { x, y, height }: Place): readonly Shape[] {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  const most = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const lines = most.slice(0, NAMED).map(([type, count]) => `${count} ${type.replace(/^aws_/, "")}`);
  if (most.length > NAMED) lines.push(`and ${most.length - NAMED} more types`);
  const label = (text: string, at: number, size: number, bold = false): Shape => {
    return { shape: "label", x: x + 6, y: y + at, text: cut(text), size, ...(bold ? { bold } : {}) };
  };
  return [
    { shape: "box", x, y, width: BOX.width, height, fill: "soft" },
    label(`${name}, ${types.length}`, 13, 7.5, true),
    ...lines.map((line, i) => label(line, BOX.head + i * BOX.line, 6.5)),
  ];
}

/** A label is one line inside its box. */
function cut(text: string): string {
  return text.length <= 30 ? text : `${text.slice(0, 29)}…`;
}
