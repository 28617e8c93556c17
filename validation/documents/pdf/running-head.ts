// SPDX-License-Identifier: Apache-2.0
import { headItems, stampOf } from "../head-lines";
import type { DocumentHead, DocumentModel } from "../model";
import type { Sheet } from "./sheet";
import { GROUND, INK, leading, type SetText, setText, typeOf } from "./type";

const TOP = 24;
const WIDTH = 511.28;

interface Placed {
  readonly set: SetText;
  readonly x: number;
  readonly y: number;
}

/** Head of every page, and where the page's own text begins. */
export interface RunningHead {
  readonly stamp: SetText;
  readonly items: readonly Placed[];
  readonly top: number;
}

/** Sets the head once: it is the same on every page. */
export function setRunningHead(head: DocumentHead): RunningHead {
  const stamp = setText(stampOf(head), typeOf("bold", 8, INK.bad), WIDTH - 8);
  const title = setText(head.title, typeOf("bold", 9), WIDTH * 0.56);
  const id = setText(head.id, typeOf("code", 7), WIDTH * 0.4);
  let y = TOP + stamp.lines.length * leading(stamp.type) + 8;
  const items: Placed[] = [
    { set: title, x: 0, y },
    { set: id, x: WIDTH * 0.6, y },
  ];
  y += Math.max(title.lines.length * leading(title.type), id.lines.length * leading(id.type)) + 1;
  let x = 0;
  for (const [name, value] of headItems(head)) {
    const set = setText(`${name}: ${value}`, typeOf("text", 7, INK.soft), WIDTH);
    const width = set.lines.length > 1 ? WIDTH : set.type.face.width(set.lines[0]!, 7);
    if (x > 0 && x + width > WIDTH) {
      x = 0;
      y += leading(set.type);
    }
    items.push({ set, x, y });
    x += width + 14;
    if (set.lines.length > 1) y += (set.lines.length - 1) * leading(set.type);
  }
  return { stamp, items, top: y + 22 };
}

/** Draws head and foot on every page: only now it is known how many there are. */
export function drawRunningHeads(sheet: Sheet, { stamp, items, top }: RunningHead, model: DocumentModel): void {
  const { start, count } = sheet.doc.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    sheet.doc.switchToPage(start + page);
    sheet.artifact("Pagination", () => {
      const height = stamp.lines.length * leading(stamp.type) + 4;
      sheet.doc.lineWidth(0.8).strokeColor(INK.bad).rect(sheet.left, TOP, sheet.width, height).stroke();
      sheet.lines(stamp, sheet.left + 4, TOP + 2);
      for (const { set, x, y } of items) sheet.lines(set, sheet.left + x, y);
      rule(sheet, top - 8);
      drawFoot(sheet, model, `Page ${page + 1} of ${count}`);
    });
  }
}

function drawFoot(sheet: Sheet, { head, asOf }: DocumentModel, page: string): void {
  const type = typeOf("text", 7, INK.soft);
  const y = sheet.bottom + 12;
  rule(sheet, y - 4);
  const set = setText(`${head.confidentiality}. Contents as of ${asOf} (UTC).`, type, sheet.width - 90);
  sheet.lines(set, sheet.left, y);
  sheet.line(page, type, sheet.left + sheet.width - type.face.width(page, 7), y);
}

function rule({ doc, left, width }: Sheet, y: number): void {
  doc
    .lineWidth(0.5)
    .strokeColor(GROUND.line)
    .moveTo(left, y)
    .lineTo(left + width, y)
    .stroke();
}
