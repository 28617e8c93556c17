// SPDX-License-Identifier: Apache-2.0
import { visible } from "../../gate/escape/terminal";

/** Written from right to left: the page is filled from left to right, and a name could look like another one. */
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Nko}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** ISO 19005-3, 6.2.11.7.3: a code point of private use says nothing to a reader. */
const PRIVATE_USE = /\p{Co}/u;

const PLAIN = /^[ -~]*$/;

/**
 * One line of text with whatever the font cannot show written as `\u{…}`: controls, invisible and bidirectional
 * characters, right-to-left scripts, private use, and characters without a glyph. A missing glyph would print as an empty
 * box, which PDF/A forbids and which nobody could read.
 */
export function drawable(line: string, hasGlyph: (codePoint: number) => boolean): string {
  const written = visible(line);
  if (PLAIN.test(written)) return written;
  let shown = "";
  for (const char of written) {
    const codePoint = char.codePointAt(0)!;
    const plain = codePoint >= 0x20 && codePoint < 0x7f;
    const fit = plain || (hasGlyph(codePoint) && !RIGHT_TO_LEFT.test(char) && !PRIVATE_USE.test(char));
    shown += fit ? char : `\\u{${codePoint.toString(16)}}`;
  }
  return shown;
}
