// SPDX-License-Identifier: Apache-2.0
import type { Sheet } from "./sheet";
import { leading, setText, typeOf } from "./type";

type Element = PDFKit.PDFStructureElement;

/** Width of the column of page numbers, in points. */
const NUMBERS = 40;

interface Entry {
  readonly element: Element;
  /** Page of the entry itself, and where the number stands on it. */
  readonly at: number;
  readonly y: number;
}

/** Table of contents of the sections: titles where it stands, page numbers once every section has its place. */
export class Contents {
  private readonly table: Element;
  private readonly entries: Entry[];
  private readonly pages: number[] = [];

  /** Draws the titles where the sheet is. */
  constructor(
    private readonly sheet: Sheet,
    titles: readonly string[],
  ) {
    sheet.y += 8;
    this.table = sheet.element("TOC", sheet.root);
    sheet.flow("Caption", setText("Contents", typeOf("bold", 10), sheet.width), { parent: this.table });
    this.entries = titles.map((title) => this.entry(title));
    sheet.y += 4;
  }

  /** Notes that the next section begins on the page that is being drawn. */
  reached(): void {
    this.pages.push(this.sheet.pages);
  }

  /** Draws the page numbers, and closes what the titles left open. */
  finish(): void {
    const { sheet } = this;
    const type = typeOf("text", 9);
    this.entries.forEach(({ element, at, y }, i) => {
      const number = String(this.pages[i]);
      sheet.doc.switchToPage(at - 1);
      sheet.content(element, "P", () => {
        sheet.line(number, type, sheet.left + sheet.width - type.face.width(number, type.size), y);
      });
      element.end();
    });
    this.table.end();
  }

  private entry(title: string): Entry {
    const { sheet } = this;
    const set = setText(title, typeOf("text", 9), sheet.width - NUMBERS - 12);
    const height = set.lines.length * leading(set.type);
    sheet.need(height);
    const element = sheet.element("P", sheet.element("TOCI", this.table));
    const y = sheet.y + height - leading(set.type);
    const at = sheet.pages;
    sheet.content(element, "P", () => {
      sheet.y = sheet.lines(set, sheet.left + 12, sheet.y);
    });
    return { element, at, y };
  }
}
