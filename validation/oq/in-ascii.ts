// SPDX-License-Identifier: Apache-2.0

/** A text with every sign beyond printable ASCII written out as its number: documents are set in fonts that lack most of them. */
export function inAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`);
}
