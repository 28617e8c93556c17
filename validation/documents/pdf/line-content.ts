// SPDX-License-Identifier: Apache-2.0
import type { Face } from "./face";
import type { Type } from "./type";

/** What pdfkit's types do not tell of its documents: the font at work, and the fonts that a page names. */
interface Inside {
  readonly _font: EmbeddedFont;
  readonly page: { readonly fonts: Record<string, unknown> };
}

interface EmbeddedFont {
  readonly id: string;
  /** Glyphs of a text in the embedded part of the font, in hexadecimal. */
  encode(text: string): readonly [readonly string[], unknown];
  ref(): unknown;
}

interface Used {
  readonly font: EmbeddedFont;
  readonly glyphs: Map<string, string>;
}

/** Letters that stand each for itself: no mark has to be placed over another one. */
const PLAIN = /^[ -~]*$/;

/**
 * Lines as operators of a page. A line that was set already needs nothing of what pdfkit's `text` works out for each call,
 * and takes a tenth of its time. Its fonts have no ligatures and no kerning, so a letter is always the same glyph.
 */
export class LineContent {
  private readonly used = new Map<Face, Used>();
  private readonly inks = new Map<string, string>();

  constructor(private readonly doc: PDFKit.PDFDocument) {}

  /** Draws a line with its upper edge at `y`; false where letters depend on each other, and nothing was drawn. */
  draw(text: string, { face, size, ink }: Type, x: number, y: number): boolean {
    if (!PLAIN.test(text)) return false;
    const { font, glyphs } = this.usedOf(face);
    let hex = "";
    for (const char of text) hex += glyphs.get(char) ?? learn(char, font, glyphs);
    (this.doc as unknown as Inside).page.fonts[font.id] ??= font.ref();
    // The page is upside down for pdfkit, so letters are turned over again.
    const place = `1 0 0 -1 ${decimal(x)} ${decimal(y + face.ascent(size))} Tm`;
    this.doc.addContent(`BT ${this.inkOf(ink)} rg /${font.id} ${size} Tf ${place} <${hex}> Tj ET`);
    return true;
  }

  private usedOf(face: Face): Used {
    let used = this.used.get(face);
    if (used === undefined) {
      this.doc.font(face.name);
      used = { font: (this.doc as unknown as Inside)._font, glyphs: new Map() };
      this.used.set(face, used);
    }
    return used;
  }

  private inkOf(ink: string): string {
    let parts = this.inks.get(ink);
    if (parts === undefined) {
      parts = rgb(ink);
      this.inks.set(ink, parts);
    }
    return parts;
  }
}

function learn(char: string, font: EmbeddedFont, glyphs: Map<string, string>): string {
  const hex = font.encode(char)[0].join("");
  glyphs.set(char, hex);
  return hex;
}

/** Operands of a colour written as `#rrggbb`. */
export function rgb(colour: string): string {
  return [1, 3, 5].map((at) => decimal(Number.parseInt(colour.slice(at, at + 2), 16) / 255)).join(" ");
}

/** A number as a page takes it, to a thousandth. */
export function decimal(value: number): number {
  return Math.round(value * 1000) / 1000;
}
