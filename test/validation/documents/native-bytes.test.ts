// SPDX-License-Identifier: Apache-2.0
import PDFDocument from "pdfkit";
import { faces } from "../../../validation/documents/pdf/face";
import { makeBytesNatively } from "../../../validation/documents/pdf/native-bytes";

/** A page with text, a line and a title beyond ASCII. */
function page(prepare: (doc: PDFKit.PDFDocument) => void): Promise<Buffer> {
  const at = new Date("2026-11-21T08:00:00Z");
  const font = faces().text.bytes as unknown as string;
  const doc = new PDFDocument({ font, info: { Title: "ä \u2192", CreationDate: at, ModDate: at } });
  prepare(doc);
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve) => {
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(Buffer.concat(chunks)));
  });
  doc.text("ärztlich \u2192 (a) <b>").moveTo(1, 2).lineTo(3, 4).stroke();
  doc.end();
  return done;
}

test("a document has the bytes that pdfkit would make itself", async () => {
  const [own, theirs] = await Promise.all([page(makeBytesNatively), page(() => undefined)]);
  expect(own.equals(theirs)).toBe(true);
});
