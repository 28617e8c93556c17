// SPDX-License-Identifier: Apache-2.0
import { type Block, renderPdf } from "../../../validation/documents";
import { Sheet } from "../../../validation/documents/pdf/sheet";
import { documentOfText } from "./sample-documents";

const pages = (pdf: Buffer) => (pdf.toString("latin1").match(/\/Type \/Page\n/g) ?? []).length;

/** A document of so many sections, each of so many paragraphs. */
function sections(count: number, paragraphs: number) {
  const blocks = Array.from({ length: count }, (_, i): Block[] => [
    { kind: "heading", level: 2, text: `Section ${i + 1}` },
    ...Array.from({ length: paragraphs }, (): Block => ({ kind: "paragraph", text: "words ".repeat(120) })),
  ]);
  return { ...documentOfText("a text"), blocks: blocks.flat() };
}

/** Lines that a rendering draws, each with the number of its page. */
async function drawnLines(model: ReturnType<typeof sections>): Promise<{ pdf: Buffer; lines: [string, number][] }> {
  const lines: [string, number][] = [];
  const line = jest.spyOn(Sheet.prototype, "line");
  line.mockImplementation(function (this: Sheet, text: string) {
    // Of the buffered pages pdfkit says only how many there are.
    const { _pageBuffer, page } = this.doc as unknown as { _pageBuffer: object[]; page: object };
    lines.push([text, _pageBuffer.indexOf(page) + 1]);
  });
  try {
    return { pdf: await renderPdf(model), lines };
  } finally {
    line.mockRestore();
  }
}

it("a document of more than five pages says on which page each section begins", async () => {
  const { lines } = await drawnLines(sections(7, 9));
  const begin = lines.filter(([text]) => /^Section \d+$/.test(text));
  const listed = begin.slice(0, 7).map(([text]) => text);
  const begun = begin.slice(7);
  const numbers = lines.filter(([text]) => /^\d+$/.test(text)).map(([text]) => Number(text));
  expect(begun.map(([text]) => text)).toEqual(listed);
  expect(numbers).toEqual(begun.map(([, page]) => page));
  expect(numbers.at(-1)).toBeGreaterThan(5);
});

it("a table of contents longer than a page has its numbers beside its titles", async () => {
  const { lines } = await drawnLines(sections(120, 1));
  const listed = lines.filter(([text]) => /^Section \d+$/.test(text)).slice(0, 120);
  const numbers = lines.filter(([text]) => /^\d+$/.test(text));
  expect(numbers.map(([, page]) => page)).toEqual(listed.map(([, page]) => page));
  expect(new Set(numbers.map(([, page]) => page)).size).toBeGreaterThan(1);
});

it("a short document has no table of contents, a long one without sections neither", async () => {
  const short = await renderPdf(sections(3, 1));
  const flat = await renderPdf({ ...sections(1, 60), blocks: sections(1, 60).blocks.slice(1) });
  expect([pages(short) <= 5, pages(flat) > 5]).toEqual([true, true]);
  for (const pdf of [short, flat]) expect(pdf.toString("latin1")).not.toContain("/S /TOC\n");
  expect((await renderPdf(sections(7, 9))).toString("latin1")).toContain("/S /TOC\n");
});
