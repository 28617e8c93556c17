// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import { drawable } from "./drawable";
import { unshaped } from "./unshaped";

/** The part of fontkit that measuring needs; it brings no types. */
interface FontFile {
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): { readonly advanceWidth: number };
}

/** Where a text that is too long for a line may be cut before it is cut anywhere. */
const CUT_AFTER = /(?<=[-/._:,;=&|@#)\]}])/;

/** A font as the layout sees it: what it can show, and how wide that is. */
export class Face {
  private readonly widths = new Map<string, number>();
  private readonly em: number;
  private readonly up: number;
  private readonly down: number;

  private constructor(
    readonly name: string,
    readonly bytes: Buffer,
    private readonly font: FontFile,
  ) {
    // Read once: fontkit looks each of them up in the tables of the file.
    this.em = font.unitsPerEm;
    this.up = font.ascent;
    this.down = font.descent;
  }

  /** @param name file of dejavu-fonts-ttf without its extension */
  static load(name: string): Face {
    const bytes = unshaped(fs.readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)));
    // Loaded here: it costs more than most commands of the CLI take.
    const { create } = require("fontkit") as { create(bytes: Buffer): FontFile };
    return new Face(name, bytes, create(bytes));
  }

  /** Height of a line of this font without any lead, in points. */
  height(size: number): number {
    return ((this.up - this.down) / this.em) * size;
  }

  /** From the upper edge of such a line to its base line, in points. */
  ascent(size: number): number {
    return (this.up / this.em) * size;
  }

  /** Width in points. */
  width(text: string, size: number): number {
    let units = 0;
    for (const char of text) units += this.advance(char);
    return (units / this.em) * size;
  }

  /** Lines no wider than `limit` points, everything that the font cannot show written out. */
  wrap(text: string, size: number, limit: number): string[] {
    return text
      .split("\n")
      .map((line) => drawable(line, (codePoint) => this.font.hasGlyphForCodePoint(codePoint)))
      .flatMap((line) => this.wrapLine(line, size, limit));
  }

  private wrapLine(text: string, size: number, limit: number): string[] {
    const whole = text.trimEnd();
    if (this.width(whole, size) <= limit) return [whole];
    const lines: string[] = [];
    let line = "";
    let used = 0;
    const put = (piece: string) => {
      const width = this.width(piece.trimEnd(), size);
      if (line !== "" && used + width > limit) {
        lines.push(line.trimEnd());
        line = "";
        used = 0;
      }
      line += piece;
      used += this.width(piece, size);
    };
    const fits = (piece: string) => this.width(piece.trimEnd(), size) <= limit;
    for (const word of text.split(/(?<= )(?! )/)) {
      if (fits(word)) put(word);
      else for (const part of word.split(CUT_AFTER)) for (const piece of fits(part) ? [part] : part) put(piece);
    }
    return [...lines, line.trimEnd()];
  }

  private advance(char: string): number {
    const known = this.widths.get(char);
    if (known !== undefined) return known;
    const { advanceWidth } = this.font.glyphForCodePoint(char.codePointAt(0)!);
    this.widths.set(char, advanceWidth);
    return advanceWidth;
  }
}

export interface Faces {
  readonly text: Face;
  readonly bold: Face;
  readonly code: Face;
}

let loaded: Faces | undefined;

/** The three fonts of a document, read once. */
export function faces(): Faces {
  loaded ??= {
    text: Face.load("DejaVuSansCondensed"),
    bold: Face.load("DejaVuSansCondensed-Bold"),
    code: Face.load("DejaVuSansMono"),
  };
  return loaded;
}
