// SPDX-License-Identifier: Apache-2.0

// Cc and Cf hold the terminal controls, bidi marks and zero-width characters; Zl, Zp and Cs break lines or encodings; the
// rest is drawn as nothing at all, and XML forbids some of it.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

// Anywhere in a line GitHub's runner takes `##[…]`, Azure's agent `##vso[…]` and TeamCity `##teamcity[…]` for commands.
const LOG_COMMAND = /#(?=#(?:vso|teamcity)?\[)/gi;

/**
 * Text with every control, bidi and other invisible character written as `\u{…}`, and no command for the log of a CI
 * server: a plan decides names, not the terminal.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, written).replace(LOG_COMMAND, written);
}

function written(char: string): string {
  return `\\u{${char.codePointAt(0)!.toString(16)}}`;
}
