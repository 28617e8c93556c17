// SPDX-License-Identifier: Apache-2.0

/** What pdfkit's types do not tell of its documents: the two ways that everything takes on its way out. */
interface Inside {
  _write(data: string | Uint8Array): void;
  addContent(data: string | Uint8Array): unknown;
}

/** Lets Node make the bytes of a document, which pdfkit makes letter by letter. They are the same bytes. */
export function makeBytesNatively(doc: PDFKit.PDFDocument): void {
  const inside = doc as unknown as Inside;
  const { _write, addContent } = inside;
  inside._write = (data) => _write.call(doc, bytesOf(data));
  inside.addContent = (data) => addContent.call(doc, bytesOf(data));
}

function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === "string" ? Buffer.from(`${data}\n`, "latin1") : data;
}
