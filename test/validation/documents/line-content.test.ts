// SPDX-License-Identifier: Apache-2.0
import PDFDocument from "pdfkit";
import { faces } from "../../../validation/documents/pdf/face";
import { LineContent } from "../../../validation/documents/pdf/line-content";
import { INK, typeOf } from "../../../validation/documents/pdf/type";

/** What is written onto one page, an operator or a few a piece. */
function contentOf(draw: (doc: PDFKit.PDFDocument) => void): string {
  const written: string[] = [];
  const doc = new PDFDocument({ size: [400, 300], margin: 0, font: faces().text.bytes as unknown as string });
  for (const face of Object.values(faces())) doc.registerFont(face.name, face.bytes);
  const inside = doc as unknown as { addContent(data: string): unknown };
  const { addContent } = inside;
  inside.addContent = (data) => {
    written.push(data);
    return addContent.call(doc, data);
  };
  draw(doc);
  return written.join(" ");
}

/** Glyphs, size and the origin of a line in the page's own coordinates, from the lower left corner. */
function setLine(content: string, upsideDown: boolean) {
  const [, x, y] = /1 0 0 -?1 (\S+) (\S+) Tm/.exec(content)!.map(Number);
  const [, size] = /\/F\d+ (\S+) Tf/.exec(content)!.map(Number);
  return {
    glyphs: /<([0-9a-f]+)>/.exec(content)![1],
    size,
    x,
    y: Math.round((upsideDown ? 300 - y! : y!) * 100) / 100,
  };
}

const type = typeOf("code", 6.6, INK.good);

test.each(["rule.default_retention = 7", "fi ffl AV To", "(\\) <<>> %"])(
  "%s stands where pdfkit would put it",
  (line) => {
    const own = contentOf((doc) => new LineContent(doc).draw(line, type, 42, 20));
    const theirs = contentOf((doc) =>
      doc.font(type.face.name).fontSize(type.size).text(line, 42, 20, { lineBreak: false }),
    );
    expect(setLine(own, true)).toEqual(setLine(theirs, false));
  },
);

test.each([
  ["a mark over a letter", "e\u0301"],
  ["a letter beyond ASCII", "\u00e4"],
])("a line with %s is left to pdfkit", (_name, line) => {
  let drawn = true;
  const content = contentOf((doc) => {
    drawn = new LineContent(doc).draw(line, type, 42, 20);
  });
  expect([drawn, content.includes("Tj")]).toEqual([false, false]);
});
