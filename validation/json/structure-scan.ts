// SPDX-License-Identifier: Apache-2.0

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const SMALL_U = 0x75;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Where one value of a JSON text stands and what brackets, colons and escapes say of it. */
export interface Structure {
  /** First byte of the value. */
  readonly start: number;
  /** Position after the value; the end of the bytes when it is cut short. */
  readonly end: number;
  /** Colons outside strings: in valid JSON, the members of all objects, repeated names included. */
  readonly members: number;
  /** Deepest nesting of objects and arrays; a bare scalar has 0. */
  readonly depth: number;
  /** True when a `\ud...` escape occurs, so that strings need a look at their surrogates. */
  readonly mayHoldSurrogate: boolean;
}

/** A member of an object, its key raw: bytes with their quotes. */
export interface Member extends Structure {
  readonly key: Uint8Array;
}

/**
 * The first value from `from` on, in one pass over its bytes. Meaningful for valid JSON only; never throws, so it may
 * run before the parser.
 */
export function scanValue(bytes: Uint8Array, from: number): Structure {
  const start = skipSpace(bytes, from);
  if (bytes[start] !== OPEN_BRACE && bytes[start] !== OPEN_BRACKET) return scanScalar(bytes, start);
  let members = 0;
  let depth = 0;
  let deepest = 0;
  let mayHoldSurrogate = false;
  let at = start;
  // Runs once for every byte, so the codes are literals here, a quarter faster than names, and nothing is called. It ends
  // past the last byte at the latest, where a read gives undefined.
  for (;;) {
    const byte = bytes[at++];
    if (byte === 0x22 /* " */) {
      for (;;) {
        const inner = bytes[at++];
        if (inner === 0x22) break;
        if (inner === 0x5c /* \ */) {
          if (bytes[at++] === 0x75 /* u */ && (bytes[at]! | 0x20) === 0x64 /* d */) mayHoldSurrogate = true;
        } else if (inner === undefined) break;
      }
    } else if (byte === 0x2c /* , */ || byte === 0x20) {
      // The most frequent bytes between strings, so they come first.
    } else if (byte === 0x3a /* : */) {
      members++;
    } else if (byte === 0x7b /* { */ || byte === 0x5b /* [ */) {
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (byte === 0x7d /* } */ || byte === 0x5d /* ] */) {
      depth--;
      if (depth === 0) break;
    } else if (byte === undefined) {
      break;
    }
  }
  return { start, end: Math.min(at, bytes.length), members, depth: deepest, mayHoldSurrogate };
}

function scanScalar(bytes: Uint8Array, start: number): Structure {
  let mayHoldSurrogate = false;
  let at = start;
  if (bytes[start] === QUOTE) {
    for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) {
      if (bytes[at] === BACKSLASH && bytes[++at] === SMALL_U && (bytes[at + 1]! | 0x20) === 0x64) {
        mayHoldSurrogate = true;
      }
    }
    at++;
  } else {
    while (at < bytes.length && !endsScalar(bytes[at]!)) at++;
  }
  return { start, end: Math.min(at, bytes.length), members: 0, depth: 0, mayHoldSurrogate };
}

function endsScalar(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || isSpace(byte);
}

/**
 * Members of the object that a JSON text holds, found without parsing them. What lies inside a member is not looked at
 * beyond its brackets and strings: parse it, and nothing malformed gets by.
 *
 * @returns null when the text is no object with one member after another
 */
export function scanMembers(bytes: Uint8Array): readonly Member[] | null {
  let at = skipSpace(bytes, 0);
  if (bytes[at] !== OPEN_BRACE) return null;
  const members: Member[] = [];
  at = skipSpace(bytes, at + 1);
  if (bytes[at] === CLOSE_BRACE) return isLast(bytes, at) ? members : null;
  for (;;) {
    if (bytes[at] !== QUOTE) return null;
    const key = scanValue(bytes, at);
    at = skipSpace(bytes, key.end);
    if (bytes[at] !== COLON) return null;
    const value = scanValue(bytes, at + 1);
    if (value.end === value.start) return null;
    members.push({ key: bytes.subarray(key.start, key.end), ...value });
    at = skipSpace(bytes, value.end);
    if (bytes[at] === CLOSE_BRACE) return isLast(bytes, at) ? members : null;
    if (bytes[at] !== COMMA) return null;
    at = skipSpace(bytes, at + 1);
  }
}

function isLast(bytes: Uint8Array, at: number): boolean {
  return skipSpace(bytes, at + 1) === bytes.length;
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isSpace(bytes[at]!)) at++;
  return at;
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
