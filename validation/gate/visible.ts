// SPDX-License-Identifier: Apache-2.0

// Cc and Cf hold the terminal controls, bidi marks and zero-width characters; Zl, Zp and Cs break lines or encodings.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text with every control, bidi and other invisible character written as `\u{…}`: a plan decides names, not the terminal. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
}
