// SPDX-License-Identifier: Apache-2.0
import { arrowHead } from "../arrow-head";
import type { Box, Drawing, Shape, Tint } from "../drawing";
import { APPROVAL_COLUMNS, approvalRows, HISTORY_COLUMNS, historyRows } from "../lines-to-sign";
import type { Block, Column, Fact, Figure, Heading, List, Paragraph, RecordBlock, Table } from "../model";
import type { Sheet } from "./sheet";
import { drawTable, type Grid } from "./table";
import { GROUND, INK, leading, setInline, setText, typeOf } from "./type";

const FILL: Readonly<Record<Tint, string>> = {
  good: "#a6e0b4",
  bad: "#f2aab4",
  warn: "#f5d98b",
  soft: GROUND.head,
  paper: "#ffffff",
};

type Drawers = { readonly [K in Block["kind"]]: (sheet: Sheet, block: Extract<Block, { readonly kind: K }>) => void };

const DRAWERS: Drawers = {
  heading: drawHeading,
  paragraph: drawParagraph,
  facts: (sheet, { items }) => drawFacts(sheet, items),
  table: drawGivenTable,
  list: drawList,
  figure: drawFigure,
  record: drawRecord,
  approvals: (sheet, block) =>
    drawTable(sheet, { ...gridOf(block.caption, APPROVAL_COLUMNS, approvalRows(block)), rowHeight: 44 }),
  history: (sheet, block) => drawTable(sheet, gridOf("Revision history", HISTORY_COLUMNS, historyRows(block))),
};

export function drawBlock<K extends Block["kind"]>(sheet: Sheet, block: Extract<Block, { readonly kind: K }>): void {
  DRAWERS[block.kind as K](sheet, block);
}

function gridOf(caption: string, columns: readonly Column[], rows: Grid["rows"]): Grid {
  return { caption, titles: columns.map(({ title }) => title), shares: columns.map(({ share }) => share), rows };
}

function drawHeading(sheet: Sheet, { level, text }: Heading): void {
  const type = typeOf("bold", level === 2 ? 12.5 : 10);
  sheet.y += level === 2 ? 12 : 6;
  if (level === 2) sheet.doc.outline.addItem(text);
  sheet.flow(`H${level}`, setText(text, type, sheet.width));
  sheet.y += 3;
}

function drawParagraph(sheet: Sheet, { text, tone }: Paragraph): void {
  if (tone === undefined) {
    sheet.flow("P", setText(text, typeOf("text", 9), sheet.width));
    sheet.y += 4;
    return;
  }
  const type = typeOf("bold", 9);
  const set = setText(text, type, sheet.width - 16);
  const height = set.lines.length * leading(type) + 10;
  sheet.need(height);
  sheet.artifact("Layout", () => {
    sheet.doc.lineWidth(0.8).rect(sheet.left, sheet.y, sheet.width, height).fillAndStroke(GROUND.warn, INK.warn);
  });
  sheet.y += 5;
  sheet.flow("P", set, { x: sheet.left + 8 });
  sheet.y += 10;
}

function drawFacts(sheet: Sheet, items: readonly Fact[]): void {
  const rows = items.map(({ name, value }) => [name, value]);
  drawTable(sheet, { shares: [24, 76], rows, ruled: false });
}

function drawGivenTable(sheet: Sheet, { caption, columns, rows }: Table): void {
  if (rows.length === 0) {
    sheet.need(30);
    sheet.flow("P", setText(`${caption}: none.`, typeOf("text", 9), sheet.width));
    sheet.y += 4;
  } else drawTable(sheet, gridOf(caption, columns, rows));
}

function drawList(sheet: Sheet, { items }: List): void {
  const type = typeOf("text", 9);
  const list = sheet.element("L", sheet.root);
  for (const item of items) {
    sheet.need(leading(type));
    const li = sheet.element("LI", list);
    const label = sheet.element("Lbl", li);
    sheet.content(label, "Lbl", () => sheet.line("•", type, sheet.left + 4, sheet.y));
    label.end();
    sheet.flow("LBody", setText(item, type, sheet.width - 16), { x: sheet.left + 16, parent: li });
    li.end();
    sheet.y += 2;
  }
  list.end();
  sheet.y += 4;
}

function drawRecord(sheet: Sheet, { id, title, result, items, tables }: RecordBlock): void {
  const verdict = setInline({ result: result ?? "" }, 9, 100);
  const indent = result === undefined ? 0 : verdict.type.face.width(result, 9) + 10;
  const code = setInline({ code: id }, 9, sheet.width - indent - 8);
  const head = setText(title, typeOf("bold", 9), sheet.width - 8);
  const height = (code.lines.length + head.lines.length) * leading(head.type) + 6;
  sheet.need(height + 110);
  sheet.y += 6;
  const top = sheet.y;
  sheet.artifact("Layout", () => {
    sheet.doc.rect(sheet.left, top, sheet.width, height).fill(GROUND.head);
  });
  const heading = sheet.element("H3", sheet.root);
  sheet.content(heading, "H3", () => {
    if (result !== undefined) sheet.lines(verdict, sheet.left + 4, top + 3);
    sheet.y = sheet.lines(head, sheet.left + 4, sheet.lines(code, sheet.left + 4 + indent, top + 3));
  });
  heading.end();
  sheet.y = top + height + 2;
  drawFacts(sheet, items);
  for (const table of tables) drawGivenTable(sheet, table);
}

function drawFigure(sheet: Sheet, { title, description, drawing }: Figure): void {
  sheet.need(drawing.height + 40);
  const figure = sheet.element("Figure", sheet.root, {
    alt: description,
    bbox: [sheet.left, sheet.y, sheet.left + drawing.width, sheet.y + drawing.height],
  });
  sheet.content(figure, "Figure", () => drawShapes(sheet, drawing));
  figure.end();
  sheet.y += drawing.height + 4;
  sheet.flow("P", setText(`${title}. ${description}`, typeOf("text", 8, INK.soft), sheet.width));
  sheet.y += 6;
}

function drawShapes(sheet: Sheet, { shapes }: Drawing): void {
  for (const shape of shapes) drawShape(sheet, shape);
}

function drawShape(sheet: Sheet, shape: Shape): void {
  const { doc, left, y } = sheet;
  if (shape.shape === "box") drawBox(sheet, shape);
  else if (shape.shape === "line") {
    doc.lineWidth(0.8).strokeColor(INK.soft);
    doc
      .moveTo(left + shape.x1, y + shape.y1)
      .lineTo(left + shape.x2, y + shape.y2)
      .stroke();
    if (shape.arrow) {
      const [tip, ...corners] = arrowHead(shape).map(([x, at]) => [left + x, y + at] as const);
      doc.moveTo(...tip!);
      for (const corner of corners) doc.lineTo(...corner);
      doc.closePath().fill(INK.soft);
    }
  } else {
    const type = typeOf(shape.bold ? "bold" : "text", shape.size);
    const [text = ""] = setText(shape.text, type, 1000).lines;
    sheet.line(text, type, left + shape.x, y + shape.y - shape.size * 1.02);
  }
}

function drawBox({ doc, left, y }: Sheet, box: Box): void {
  if (box.dashed) doc.lineWidth(1.2).dash(3, { space: 2 });
  else doc.lineWidth(0.6);
  doc.rect(left + box.x, y + box.y, box.width, box.height);
  doc.fillAndStroke(FILL[box.fill], box.dashed ? INK.bad : INK.soft);
  if (box.dashed) doc.undash();
}
