// SPDX-License-Identifier: Apache-2.0

/** Where a member or an element stands in a JSON text; `start` and `end` enclose its value. */
export interface Span {
  /** Raw key with its quotes, as bytes; null in an array. */
  readonly key: Uint8Array | null;
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE_OF: Readonly<Record<number, number>> = { 123: 0x7d, 91: 0x5d };

/**
 * Children of the object or array that the bytes from `start` to `end` hold, found without parsing them. What lies
 * inside a child is not looked at beyond its brackets and strings: parse it, and nothing malformed gets by.
 *
 * @returns null when the bytes are no object or array with one value after another
 */
export function childSpans(bytes: Uint8Array, start: number, end: number): Span[] | null {
  let at = skipSpace(bytes, start, end);
  const open = bytes[at];
  if (at >= end || open === undefined || !OPEN.has(open)) return null;
  const close = CLOSE_OF[open];
  const spans: Span[] = [];
  at = skipSpace(bytes, at + 1, end);
  if (bytes[at] === close) return skipSpace(bytes, at + 1, end) === end ? spans : null;
  while (at < end) {
    let key: Uint8Array | null = null;
    if (open === 0x7b) {
      const keyEnd = endOfString(bytes, at, end);
      if (keyEnd === -1) return null;
      key = bytes.subarray(at, keyEnd);
      at = skipSpace(bytes, keyEnd, end);
      if (bytes[at] !== COLON) return null;
      at = skipSpace(bytes, at + 1, end);
    }
    const valueEnd = endOfValue(bytes, at, end);
    if (valueEnd <= at) return null;
    spans.push({ key, start: at, end: valueEnd });
    at = skipSpace(bytes, valueEnd, end);
    if (bytes[at] === close) return skipSpace(bytes, at + 1, end) === end ? spans : null;
    if (bytes[at] !== COMMA) return null;
    at = skipSpace(bytes, at + 1, end);
  }
  return null;
}

function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)) at++;
  return at;
}

/** Position after the closing quote; -1 when there is none. */
function endOfString(bytes: Uint8Array, from: number, end: number): number {
  if (bytes[from] !== QUOTE) return -1;
  for (let at = from + 1; at < end; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return at + 1;
  }
  return -1;
}

/** Position after a value: brackets balanced, or up to the next separator. */
function endOfValue(bytes: Uint8Array, from: number, end: number): number {
  let depth = 0;
  let at = from;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      at = endOfString(bytes, at, end);
      if (at === -1) return -1;
      if (depth === 0) return at;
      continue;
    }
    if (byte === 0x7b || byte === 0x5b) depth++;
    else if (byte === 0x7d || byte === 0x5d) {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (byte === COMMA || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)) {
      return at;
    }
    at++;
  }
  return depth === 0 ? at : -1;
}
