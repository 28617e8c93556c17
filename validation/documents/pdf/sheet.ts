// SPDX-License-Identifier: Apache-2.0
import PDFDocument from "pdfkit";
import type { DocumentModel } from "../model";
import { faces } from "./face";
import { LineContent } from "./line-content";
import { metadataText } from "./metadata-text";
import { makeBytesNatively } from "./native-bytes";
import { leading, type SetText, type Type } from "./type";

type Element = PDFKit.PDFStructureElement;

/** Attributes of an element that pdfkit knows and its types do not. */
interface ElementOptions extends PDFKit.Mixins.StructureElementOptions {
  readonly scope?: "Row" | "Column";
  /** Left, top, right, bottom. */
  readonly bbox?: readonly number[];
}

/** A4 with margins, in points. */
const PAGE = { width: 595.28, height: 841.89, left: 42, right: 42, bottom: 56 } as const;

/** Of a line that is set already pdfkit need not measure what only links and underlines ask for. */
const MEASURED = { lineBreak: false, textWidth: 0, wordCount: 0 };

/** Pages in the making: where the next line goes, and the tree of what is on them. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly left = PAGE.left;
  readonly width = PAGE.width - PAGE.left - PAGE.right;
  readonly bottom = PAGE.height - PAGE.bottom;
  readonly root: Element;
  private readonly plain: LineContent;
  y: number;

  /** @param top where the first line of every page goes, below the head */
  constructor(
    model: DocumentModel,
    readonly top: number,
  ) {
    const { text, bold, code } = faces();
    const at = new Date(model.asOf);
    this.doc = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      pdfVersion: "1.7",
      subset: "PDF/A-3a",
      tagged: true,
      lang: "en",
      displayTitle: true,
      bufferPages: true,
      autoFirstPage: false,
      // pdfkit would begin with Helvetica, which is not embedded; the types know a name only.
      font: text.bytes as unknown as string,
      info: {
        Title: metadataText(`${model.head.id} ${model.head.title}`),
        Subject: metadataText(`${model.head.title}, ${model.head.status}, version ${model.head.version}`),
        Author: "part11 documents",
        Creator: "cdktf-part11",
        CreationDate: at,
        ModDate: at,
      },
    });
    makeBytesNatively(this.doc);
    for (const face of [text, bold, code]) this.doc.registerFont(face.name, face.bytes);
    this.plain = new LineContent(this.doc);
    this.doc.addPage();
    this.root = this.doc.struct("Document");
    this.doc.addStructure(this.root);
    this.y = top;
  }

  /** Height left on this page. */
  get spare(): number {
    return this.bottom - this.y;
  }

  /** Pages so far: the number of the one that is being drawn. */
  get pages(): number {
    return this.doc.bufferedPageRange().count;
  }

  newPage(): void {
    this.doc.addPage();
    this.y = this.top;
  }

  /** Goes to the next page unless so much is left on this one. */
  need(height: number): void {
    if (this.y + height > this.bottom && this.y > this.top) this.newPage();
  }

  /** An element below another, for `content` to fill. */
  element(type: string, parent: Element, options: ElementOptions = {}): Element {
    const element = this.doc.struct(type, options);
    parent.add(element);
    return element;
  }

  /** What `draw` draws belongs to the element. */
  content(element: Element, type: string, draw: () => void): void {
    element.add(this.doc.markStructureContent(type));
    draw();
    this.doc.endMarkedContent();
  }

  /** What `draw` draws says nothing: lines, grounds, heads that are repeated. */
  artifact(type: "Layout" | "Pagination", draw: () => void): void {
    this.doc.markContent("Artifact", { type });
    draw();
    this.doc.endMarkedContent();
  }

  /** Draws lines from a top left corner; returns where the next line would go. */
  lines({ type, lines }: SetText, x: number, y: number): number {
    for (const line of lines) {
      if (line !== "") this.line(line, type, x, y);
      y += leading(type);
    }
    return y;
  }

  line(text: string, type: Type, x: number, y: number): void {
    const shift = (leading(type) - type.face.height(type.size)) / 2;
    if (this.plain.draw(text, type, x, y + shift)) return;
    this.doc.font(type.face.name).fontSize(type.size).fillColor(type.ink);
    this.doc.text(text, x, y + shift, MEASURED);
  }

  /** A paragraph of its own over the whole width, cut at the end of a page. */
  flow(tag: string, set: SetText, { x = this.left, parent = this.root }: { x?: number; parent?: Element } = {}): void {
    const element = this.element(tag, parent);
    let rest = set.lines;
    while (rest.length > 0) {
      this.need(leading(set.type));
      const count = Math.max(1, Math.floor(this.spare / leading(set.type)));
      const part = { ...set, lines: rest.slice(0, count) };
      this.content(element, tag, () => {
        this.y = this.lines(part, x, this.y);
      });
      rest = rest.slice(count);
    }
    element.end();
  }
}
