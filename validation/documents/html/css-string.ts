// SPDX-License-Identifier: Apache-2.0
import { visible } from "../../gate/escape/terminal";

/**
 * A text as a string of CSS: every character but letters, digits and plain spaces as its escape (CSS Syntax Level 3, 4.3.7),
 * so that none can end the string, the rule or the style element.
 */
export function cssString(text: string): string {
  const safe = visible(text).replace(/[^A-Za-z0-9 ]/gu, (char) => `\\${char.codePointAt(0)!.toString(16)} `);
  return `"${safe}"`;
}
