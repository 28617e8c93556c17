// SPDX-License-Identifier: Apache-2.0

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
  /** Position after the value; the limit of the scan when it is cut short. */
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
export function scanValue(bytes: Uint8Array, from: number, limit: number): Structure {
  const start = skipSpace(bytes, from, limit);
  let members = 0;
  let depth = 0;
  let deepest = 0;
  let mayHoldSurrogate = false;
  let at = start;
  while (at < limit) {
    const byte = bytes[at++]!;
    if (byte === QUOTE) {
      while (at < limit) {
        const inner = bytes[at++];
        if (inner === QUOTE) break;
        if (inner === BACKSLASH) {
          if (bytes[at++] === SMALL_U && (bytes[at]! | 0x20) === 0x64) mayHoldSurrogate = true;
        }
      }
      if (depth === 0) break;
    } else if (byte === COLON) {
      members++;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth--;
      if (depth <= 0) {
        if (depth < 0) at--;
        break;
      }
    } else if (depth === 0 && (byte === COMMA || isSpace(byte))) {
      at--;
      break;
    }
  }
  return { start, end: Math.min(at, limit), members, depth: deepest, mayHoldSurrogate };
}

/**
 * Members of the object that a JSON text holds, found without parsing them. What lies inside a member is not looked at
 * beyond its brackets and strings: parse it, and nothing malformed gets by.
 *
 * @returns null when the text is no object with one member after another
 */
export function scanMembers(bytes: Uint8Array): readonly Member[] | null {
  const limit = bytes.length;
  let at = skipSpace(bytes, 0, limit);
  if (bytes[at] !== OPEN_BRACE) return null;
  const members: Member[] = [];
  at = skipSpace(bytes, at + 1, limit);
  if (bytes[at] === CLOSE_BRACE) return isLast(bytes, at) ? members : null;
  for (;;) {
    if (bytes[at] !== QUOTE) return null;
    const key = scanValue(bytes, at, limit);
    at = skipSpace(bytes, key.end, limit);
    if (bytes[at] !== COLON) return null;
    const value = scanValue(bytes, at + 1, limit);
    if (value.end === value.start) return null;
    members.push({ key: bytes.subarray(key.start, key.end), ...value });
    at = skipSpace(bytes, value.end, limit);
    if (bytes[at] === CLOSE_BRACE) return isLast(bytes, at) ? members : null;
    if (bytes[at] !== COMMA) return null;
    at = skipSpace(bytes, at + 1, limit);
  }
}

function isLast(bytes: Uint8Array, at: number): boolean {
  return skipSpace(bytes, at + 1, bytes.length) === bytes.length;
}

function skipSpace(bytes: Uint8Array, from: number, limit: number): number {
  let at = from;
  while (at < limit && isSpace(bytes[at]!)) at++;
  return at;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
