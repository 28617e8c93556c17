// SPDX-License-Identifier: Apache-2.0
import type { PlannedStack } from "../contents/planned-resources";
import type { Shape } from "../drawing";
import type { Figure } from "../model";
import { type Part, partsOf } from "./parts";
import { type PlanGraph, planGraph } from "./plan-graph";
import { relationsOf } from "./relations";
import { type Route, Router, type Slot } from "./routes";

const PAGE = 500;
const BOX = { width: 134, left: 22, gap: 27, between: 26, least: 38, head: 13, line: 9, pad: 6 } as const;
/** Lines of a box besides its title. */
const LINES = 5;
/** Letters of a line in a box, and in the key. */
const LETTERS = { box: 33, key: 62 } as const;
/** Resources of one type that a box names; more are counted. */
const NAMED = 4;

/** Relations of one kind between two parts. */
interface Edge {
  readonly from: Part;
  readonly to: Part;
  readonly verb: string;
  readonly count: number;
}

/** What a plan would install, by what each part is for, with the ties between them that the plan itself says. */
export function architectureFigure({ plan, facts }: Pick<PlannedStack, "plan" | "facts">): Figure {
  const graph = planGraph(facts);
  const parts = partsOf(graph);
  const edges = edgesOf(graph, parts);
  const slots = placed(parts);
  const router = new Router([...slots.values()], BOX.gap, BOX.between);
  const routes = edges.map(({ from, to }) => router.route(slots.get(from)!, slots.get(to)!));
  const bottom = Math.max(0, ...[...slots.values()].map(({ y, height }) => y + height));
  const key = edges.map((edge, i) => `${i + 1}  ${edgeText(edge)}`);
  const drawn = parts.reduce((sum, { members }) => sum + members.length, 0);
  return {
    kind: "figure",
    title: `Architecture of plan ${plan}, drawn from it`,
    description: `${parts.map(({ title, members }) => `${title}: ${members.length}`).join("; ")}. Not drawn: ${graph.nodes.size - drawn} resources that serve these, such as policies, keys and settings. A line stands for what the plan says outright; in brackets how often. Green: records, their copies and what proves them; yellow: what is not a record yet; grey: what stands beside them.`,
    drawing: {
      width: PAGE,
      height: round(bottom + 22 + Math.ceil(key.length / 2) * BOX.line),
      shapes: [
        ...routes.flatMap(lineShapes),
        ...parts.flatMap((part) => partShapes(part, slots.get(part)!)),
        ...routes.flatMap(markShapes),
        ...keyShapes(key, bottom + 18),
      ],
    },
  };
}

function edgesOf(graph: PlanGraph, parts: readonly Part[]): readonly Edge[] {
  const partOf = new Map(parts.flatMap((part) => part.members.map(({ address }) => [address, part] as const)));
  const edges = new Map<string, Edge & { readonly pairs: Set<string> }>();
  for (const { from, to, verb } of relationsOf(graph)) {
    const [one, other] = [partOf.get(from), partOf.get(to)];
    if (one === undefined || other === undefined || one === other) continue;
    const id = `${one.title}\n${other.title}\n${verb}`;
    const pairs = (edges.get(id)?.pairs ?? new Set()).add(`${from}\n${to}`);
    edges.set(id, { from: one, to: other, verb, count: pairs.size, pairs });
  }
  const order = (part: Part) => parts.indexOf(part);
  return [...edges.values()].sort((a, b) => order(a.from) - order(b.from) || order(a.to) - order(b.to));
}

function edgeText({ from, to, verb, count }: Edge): string {
  return `${from.title} → ${to.title}: ${verb}${count === 1 ? "" : ` (${count})`}`;
}

/** Rows that hold no part take no room. */
function placed(parts: readonly Part[]): ReadonlyMap<Part, Slot> {
  const slots = new Map<Part, Slot>();
  let y = 4;
  for (const row of [...new Set(parts.map((part) => part.row))].sort((a, b) => a - b)) {
    const inRow = parts.filter((part) => part.row === row);
    for (const part of inRow) {
      const { column } = part;
      const x = BOX.left + column * (BOX.width + BOX.gap);
      slots.set(part, { column, row, x, y, width: BOX.width, height: heightOf(part) });
    }
    y += Math.max(...inRow.map(heightOf)) + BOX.between;
  }
  return slots;
}

function heightOf(part: Part): number {
  return Math.max(BOX.least, BOX.head + 5 + linesOf(part).length * BOX.line);
}

/** Members by name, as far as there is room; where a part has several types, a type of many members is counted. */
function linesOf({ members }: Part): readonly string[] {
  const byType = new Map<string, string[]>();
  for (const { type, name } of members) byType.set(type, [...(byType.get(type) ?? []), name]);
  const lines = [...byType].flatMap(([type, names]) => {
    if (byType.size === 1) return names;
    const kind = type.replace(/^aws_/, "");
    return names.length > NAMED ? [`${names.length} ${kind}`] : names.map((name) => `${kind}: ${name}`);
  });
  return lines.length <= LINES ? lines : [...lines.slice(0, LINES - 1), `and ${lines.length - LINES + 1} more`];
}

function partShapes(part: Part, { x, y, width, height }: Slot): readonly Shape[] {
  const left = x + BOX.pad;
  return [
    { shape: "box", x, y, width, height, fill: part.fill },
    { shape: "label", x: left, y: y + 11, text: `${part.title}, ${part.members.length}`, size: 8.5, bold: true },
    ...linesOf(part).map((line, i): Shape => {
      return { shape: "label", x: left, y: y + BOX.head + (i + 1) * BOX.line, text: cut(line, LETTERS.box), size: 7 };
    }),
  ];
}

function lineShapes({ points }: Route): readonly Shape[] {
  return points.slice(1).map((point, i): Shape => {
    const [x1, y1] = points[i]!.map(round) as [number, number];
    const [x2, y2] = point.map(round) as [number, number];
    return { shape: "line", x1, y1, x2, y2, ...(i === points.length - 2 ? { arrow: true } : {}) };
  });
}

function markShapes({ mark: [x, y] }: Route, index: number): readonly Shape[] {
  const text = String(index + 1);
  const width = text.length * 4 + 4;
  return [
    { shape: "box", x: round(x - width / 2), y: round(y - 4.5), width, height: 9, fill: "paper" },
    { shape: "label", x: round(x - text.length * 2.05), y: round(y + 2.4), text, size: 6.5, bold: true },
  ];
}

function keyShapes(key: readonly string[], y: number): readonly Shape[] {
  const rows = Math.ceil(key.length / 2);
  return key.map((text, i): Shape => {
    const [column, row] = [Math.floor(i / rows), i % rows];
    const at = { x: BOX.left + column * 236, y: round(y + row * BOX.line) };
    return { shape: "label", ...at, text: cut(text, LETTERS.key), size: 7 };
  });
}

/** A label is one line. */
function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
