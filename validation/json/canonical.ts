// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { Part11Error } from "../error";
import { hasLoneSurrogate, MAX_DEPTH } from "./strict";

/**
 * RFC 8785 text of a JSON value: one value, one sequence of bytes.
 *
 * @throws NOT_CANONICAL for what JSON cannot carry exactly: undefined, NaN, infinities, minus zero, integers beyond
 * 2^53, lone surrogates, array holes, symbols, functions, bigints and objects of a class
 */
export function canonicalJson(value: unknown): string {
  assertExact(value, "$", 0);
  return canonicalize(value) as string;
}

/** SHA-256 as 64 lower-case hexadecimal digits; a string counts as its UTF-8 bytes. */
export function sha256Hex(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** SHA-256 of the RFC 8785 text of a JSON value. */
export function digestOf(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

/**
 * SHA-256 of the RFC 8785 text of what strict parsing gave. Unlike `digestOf` it takes what was parsed as it is: numbers
 * as JavaScript reads them, so that an odd plan is judged and not refused.
 */
export function digestOfParsed(value: unknown): string {
  return sha256Hex(canonicalize(value) as string);
}

// canonicalize 2.1.0 drops undefined, calls toJSON and writes -0 as 0, all in silence: what it would change is refused first.
function assertExact(value: unknown, at: string, depth: number): void {
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "string") {
    if (hasLoneSurrogate(value)) throw notCanonical(at, "a lone surrogate");
    return;
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw notCanonical(at, String(value));
    if (Object.is(value, -0)) throw notCanonical(at, "minus zero");
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw notCanonical(at, `the inexact integer ${value}`);
    return;
  }
  if (typeof value !== "object") throw notCanonical(at, typeof value);
  if (depth === MAX_DEPTH) throw notCanonical(at, `more than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) assertExact(value[i], `${at}[${i}]`, depth + 1);
    return;
  }
  if (!isPlain(value)) throw notCanonical(at, "an object of a class");
  for (const [key, member] of Object.entries(value)) {
    if (hasLoneSurrogate(key)) throw notCanonical(at, "a key with a lone surrogate");
    assertExact(member, `${at}.${key}`, depth + 1);
  }
}

// Plain in any realm: the prototype is null or the root of its own chain, and brings no toJSON.
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  const isRoot = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isRoot && typeof (value as { toJSON?: unknown }).toJSON !== "function";
}

function notCanonical(at: string, got: string): Part11Error {
  return new Part11Error({
    code: "NOT_CANONICAL",
    what: "value without a canonical form",
    where: at,
    expected: "null, a boolean, a well-formed string, an exact number, an array or a plain object",
    got,
    todo: "write the value as a string or leave the key out",
  });
}
