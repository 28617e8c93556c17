// SPDX-License-Identifier: Apache-2.0

const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const SMALL_U = 0x75;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

export interface Structure {
  /** Colons outside strings: in valid JSON, the members of all objects, repeated names included. */
  readonly members: number;
  /** Deepest nesting of objects and arrays; a bare scalar has 0. */
  readonly depth: number;
  /** True when a `\ud...` escape occurs, so that strings need a look at their surrogates. */
  readonly mayHoldSurrogate: boolean;
}

/** One pass over the bytes of a JSON text. Meaningful for valid JSON only; never throws, so it may run before the parser. */
export function scanStructure(bytes: Uint8Array): Structure {
  const end = bytes.length;
  let members = 0;
  let depth = 0;
  let deepest = 0;
  let mayHoldSurrogate = false;
  for (let i = 0; i < end; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      for (i++; i < end; i++) {
        const inner = bytes[i];
        if (inner === QUOTE) break;
        if (inner === BACKSLASH) {
          i++;
          if (bytes[i] === SMALL_U && (bytes[i + 1]! | 0x20) === 0x64) mayHoldSurrogate = true;
        }
      }
    } else if (byte === COLON) {
      members++;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth--;
    }
  }
  return { members, depth: deepest, mayHoldSurrogate };
}
