// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";

/** What an entry of the ledger is made of: of the numbers only whole ones, which every JSON reader reads alike. */
export type EntryValue = string | number | boolean | readonly EntryValue[] | { readonly [name: string]: EntryValue };

/** ES2024, in Node since 20; ten times as fast as a regular expression, and most of the work of an event's id. */
const { isWellFormed } = String.prototype as unknown as { readonly isWellFormed: (this: string) => boolean };

/**
 * RFC 8785 text of an entry's value.
 *
 * @throws TypeError for what it cannot carry exactly: fractions, integers beyond 2^53, lone surrogates, undefined
 */
export function canonical(value: unknown): string {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    if (!isWellFormed.call(value)) throw new TypeError("a lone surrogate has no bytes");
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError(`${value} is no whole number`);
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) throw new TypeError(`${String(value)} has no place in an entry`);
  // The default order of sort is by UTF-16 code units, the one that RFC 8785 asks for.
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, of]) => `${canonical(name)}:${canonical(of)}`).join(",")}}`;
}

/** SHA-256 of the UTF-8 bytes as 64 lower-case hexadecimal digits. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
