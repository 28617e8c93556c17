// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from "../../json";
import type { Block, DocumentModel } from "../model";
import { drawBlock } from "./blocks";
import { Contents } from "./contents";
import { drawRunningHeads, type RunningHead, setRunningHead } from "./running-head";
import { Sheet } from "./sheet";
import { setText, typeOf } from "./type";

/** A longer document has a table of contents. */
const PAGES_WITHOUT_CONTENTS = 5;

/**
 * A document as PDF/A-3a: fonts embedded, tagged, its JSON attached, a table of contents where it is long. The same document gives the same bytes: every date
 * in it is the document's own.
 */
export async function renderPdf(model: DocumentModel): Promise<Buffer> {
  const head = setRunningHead(model.head);
  const long = layOut(model, head, true);
  const sheet = long.pages > PAGES_WITHOUT_CONTENTS ? long : layOut(model, head, false);
  const { doc } = sheet;
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(Buffer.concat(chunks)));
    doc.on("error", reject);
  });
  drawRunningHeads(sheet, head, model);
  attachJson(doc, model);
  sheet.root.end();
  doc.end();
  return done;
}

/** Every block on its page; heads and feet are missing, since they say how many pages there are. */
function layOut(model: DocumentModel, { top }: RunningHead, withContents: boolean): Sheet {
  const { head, blocks } = model;
  const sheet = new Sheet(model, top);
  sheet.flow("H1", setText(head.title, typeOf("bold", 17), sheet.width));
  sheet.y += 4;
  const sections = blocks.flatMap((block) => (block.kind === "heading" && block.level === 2 ? [block.text] : []));
  const contents = withContents && sections.length > 0 ? new Contents(sheet, sections) : undefined;
  for (const [i, block] of blocks.entries()) {
    if (block.kind === "heading") sheet.need(besideHeading(blocks[i + 1]));
    drawBlock(sheet, block);
    if (block.kind === "heading" && block.level === 2) contents?.reached();
  }
  contents?.finish();
  return sheet;
}

/** Height that a heading wants on its page, in points: a picture is not parted from the heading above it. */
function besideHeading(next: Block | undefined): number {
  return next?.kind === "figure" ? next.drawing.height + 90 : 90;
}

function attachJson(doc: PDFKit.PDFDocument, model: DocumentModel): void {
  const at = new Date(model.asOf);
  const attachment = {
    name: `${model.head.id}.json`,
    type: "application/json",
    description: "This document for machines: validation/schema/document.schema.json of cdktf-part11",
    // Unknown to the types of pdfkit 0.17: what the PDF was made from (ISO 19005-3, 6.8).
    relationship: "Source",
    creationDate: at,
    modifiedDate: at,
  };
  doc.file(Buffer.from(canonicalJson(model)), attachment);
}
