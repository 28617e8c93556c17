// SPDX-License-Identifier: Apache-2.0

/** Names that clients give to what they have not finished; the same as ingest takes for unfinished. */
const UNFINISHED = /\.(filepart|part|partial|tmp|crdownload)$|~$/i;
/** Control characters, and those that turn the direction of text: a name must read as what it is. */
const UNREADABLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Longest key of S3 in bytes, less the day that promotion puts into it. */
const LONGEST_KEY_BYTES = 1024 - "YYYY-MM-DD/".length;

/** Why a file of this name is not imported; undefined when nothing speaks against it. */
export function nameRefusal(path: string, keyBelowInbox: string): string | undefined {
  if (UNREADABLE.test(path)) return "has control characters in its name";
  if (UNFINISHED.test(path)) return "has the name of an unfinished upload";
  if (Buffer.byteLength(keyBelowInbox) > LONGEST_KEY_BYTES) return "has too long a name for a key";
  return undefined;
}
