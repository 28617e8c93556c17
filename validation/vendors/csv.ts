// SPDX-License-Identifier: Apache-2.0
import { visible } from "../gate/escape/terminal";

/** What spreadsheets take for a formula when a cell begins with it (OWASP, "CSV Injection"), in full width too. */
const FORMULA = /^\s*[=+\-@\t\r|%\uFF1D\uFF0B\uFF0D\uFF20]/;

/** A table as CSV (RFC 4180): every cell quoted, none of them a formula. */
export function csv(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(text: string): string {
  const shown = visible(text);
  return `"${(FORMULA.test(shown) ? `'${shown}` : shown).replaceAll('"', '""')}"`;
}
