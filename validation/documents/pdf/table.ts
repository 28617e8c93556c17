// SPDX-License-Identifier: Apache-2.0
import { type Cell, linesOf } from "../model";
import { decimal, rgb } from "./line-content";
import type { Sheet } from "./sheet";
import { GROUND, leading, type SetText, setInline, setText, typeOf } from "./type";

type Element = PDFKit.PDFStructureElement;

export interface Grid {
  readonly caption?: string;
  /** Titles of the columns; without them there is no head, and the first cell of each row is its header all the same. */
  readonly titles?: readonly string[];
  readonly shares: readonly number[];
  readonly rows: readonly (readonly Cell[])[];
  /** Lines around the cells. @default true */
  readonly ruled?: boolean;
  /** Least height of a row, in points: for lines to sign. @default 0, and room to write in a row of empty cells */
  readonly rowHeight?: number;
}

const SIZE = 7.6;
const PAD = { x: 4, y: 2.5 } as const;
const LINE = rgb(GROUND.line);

/** A cell of one row as it stands on one page. */
type Part = readonly SetText[];

interface Columns {
  readonly x: readonly number[];
  readonly width: readonly number[];
}

/** A table over the whole width; a row that does not fit goes to the next page, under the head again. */
export function drawTable(sheet: Sheet, grid: Grid, parent = sheet.root): void {
  const columns = columnsOf(sheet, grid.shares);
  const table = sheet.element("Table", parent);
  if (grid.caption !== undefined) drawCaption(sheet, grid.caption, table);
  const head = grid.titles && {
    titles: grid.titles,
    parts: grid.titles.map((title, i) => [setText(title, typeOf("bold", SIZE), columns.width[i]!)]),
  };
  let open = false;
  const begin = (minimum: number) => {
    sheet.need(minimum + (head ? heightOf(head.parts) : 0));
    if (head) drawHead(sheet, table, columns, head.parts, open);
    open = true;
  };
  for (const row of grid.rows) {
    let rest: Part[] = row.map((cell, i) => setCell(cell, columns.width[i]!));
    const toSign = row.every((cell) => cell === "") ? 26 : 0;
    const least = Math.max(grid.rowHeight ?? 0, toSign);
    const height = Math.max(heightOf(rest), least);
    if (!open) begin(Math.min(height, 80));
    else if (height > sheet.spare) {
      // A row that no page holds begins where it is; any other is kept in one piece.
      const page = sheet.bottom - sheet.top;
      if (height < page * 0.6 || sheet.spare < 60) {
        sheet.newPage();
        begin(0);
      }
    }
    const tr = sheet.element("TR", table);
    const cells = row.map((_, i) => cellElement(sheet, tr, i));
    for (;;) {
      const whole = heightOf(rest) <= sheet.spare;
      const [now, later] = whole ? [rest, []] : split(rest, sheet.spare - 2 * PAD.y);
      drawRow(sheet, cells, columns, now, { ruled: grid.ruled !== false, least });
      if (later.every((part) => part.length === 0)) break;
      rest = later;
      sheet.newPage();
      begin(0);
    }
    tr.end();
  }
  table.end();
  sheet.y += 6;
}

function columnsOf(sheet: Sheet, shares: readonly number[]): Columns {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const x: number[] = [];
  let at = sheet.left;
  for (const share of shares) {
    x.push(at);
    at += (share / total) * sheet.width;
  }
  return { x, width: shares.map((share) => (share / total) * sheet.width - 2 * PAD.x) };
}

function drawCaption(sheet: Sheet, caption: string, table: Element): void {
  sheet.need(48);
  sheet.y += 4;
  sheet.flow("Caption", setText(caption, typeOf("bold", 8), sheet.width), { parent: table });
  sheet.y += 2;
}

/** Column titles; where the table goes on, on a page of its own, they are a repetition that says nothing new. */
function drawHead(sheet: Sheet, table: Element, columns: Columns, parts: Part[], repeated: boolean): void {
  const height = heightOf(parts);
  sheet.artifact("Layout", () => {
    sheet.doc.rect(sheet.left, sheet.y, sheet.width, height).fill(GROUND.head);
    rules(sheet, columns, height);
  });
  const draw = (part: Part, i: number) => drawPart(sheet, part, columns.x[i]!);
  if (repeated) sheet.artifact("Pagination", () => parts.forEach(draw));
  else {
    const tr = sheet.element("TR", table);
    parts.forEach((part, i) => {
      const th = sheet.element("TH", tr, { scope: "Column" });
      sheet.content(th, "TH", () => draw(part, i));
      th.end();
    });
    tr.end();
  }
  sheet.y += height;
}

function cellElement(sheet: Sheet, tr: Element, column: number): Element {
  return column === 0 ? sheet.element("TH", tr, { scope: "Row" }) : sheet.element("TD", tr);
}

interface RowShape {
  readonly ruled: boolean;
  /** Points. */
  readonly least: number;
}

function drawRow(sheet: Sheet, cells: readonly Element[], columns: Columns, parts: Part[], shape: RowShape): void {
  const height = Math.min(Math.max(heightOf(parts), shape.least), sheet.spare);
  if (shape.ruled) sheet.artifact("Layout", () => rules(sheet, columns, height));
  parts.forEach((part, i) => {
    sheet.content(cells[i]!, i === 0 ? "TH" : "TD", () => drawPart(sheet, part, columns.x[i]!));
  });
  sheet.y += height;
}

function drawPart(sheet: Sheet, part: Part, x: number): void {
  let y = sheet.y + PAD.y;
  for (const set of part) y = sheet.lines(set, x + PAD.x, y);
}

function rules(sheet: Sheet, { x }: Columns, height: number): void {
  const { doc, left, width, y } = sheet;
  const [top, bottom] = [decimal(y), decimal(y + height)];
  const frame = `${decimal(left)} ${top} ${decimal(width)} ${decimal(height)} re`;
  const between = x.slice(1).map((at) => `${decimal(at)} ${top} m ${decimal(at)} ${bottom} l`);
  doc.addContent(`0.5 w ${LINE} RG ${frame} ${between.join(" ")} S`);
}

function setCell(cell: Cell, width: number): Part {
  return linesOf(cell).map((inline) => setInline(inline, SIZE, width));
}

function heightOf(parts: readonly Part[]): number {
  return Math.max(...parts.map(partHeight)) + 2 * PAD.y;
}

function partHeight(part: Part): number {
  return part.reduce((sum, { type, lines }) => sum + lines.length * leading(type), 0);
}

/** What of a row fits into so many points, at least one line of each cell, and what comes after it. */
function split(parts: readonly Part[], height: number): [Part[], Part[]] {
  const halves = parts.map((part) => splitPart(part, height));
  return [halves.map(([now]) => now), halves.map(([, later]) => later)];
}

function splitPart(part: Part, height: number): [Part, Part] {
  const now: SetText[] = [];
  const later: SetText[] = [];
  let left = height;
  for (const { type, lines } of part) {
    const whole = later.length > 0 ? 0 : Math.floor(left / leading(type) + 1e-6);
    const count = Math.min(lines.length, now.length === 0 && later.length === 0 ? Math.max(1, whole) : whole);
    if (count > 0) now.push({ type, lines: lines.slice(0, count) });
    if (count < lines.length) later.push({ type, lines: lines.slice(count) });
    left -= count * leading(type);
  }
  return [now, later];
}
