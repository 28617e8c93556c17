// SPDX-License-Identifier: Apache-2.0
import { isAscii, isUtf8 } from "node:buffer";
import * as fs from "node:fs";
import { Part11Error } from "../error";
import { firstDuplicateKey } from "./duplicate-key";
import { type Structure, scanMembers, scanValue } from "./structure-scan";

/** Nesting that no plan, state or record reaches; deeper input is refused. */
export const MAX_DEPTH = 64;

/** Keys that change an object's prototype when it is copied carelessly. */
const FORBIDDEN_KEYS = ["__proto__", "constructor", "prototype"] as const;

export interface ReadLimits {
  /** Largest file accepted, in bytes. */
  readonly maxBytes: number;
}

/**
 * Parsed content of a JSON file, refused unless it means one thing to every reader.
 *
 * @throws FILE_NOT_FOUND, FILE_TOO_LARGE and every code of `parseStrict`
 */
export function readJsonFile(file: string, limits: ReadLimits): unknown {
  return parseStrict(readCapped(file, limits), file);
}

/**
 * Bytes of a regular file of at most `maxBytes`.
 *
 * @throws FILE_NOT_FOUND when it is absent, unreadable or not a regular file; FILE_TOO_LARGE above the cap
 */
export function readCapped(file: string, { maxBytes }: ReadLimits): Buffer {
  let fd: number;
  try {
    fd = fs.openSync(file, "r");
  } catch (cause) {
    throw notReadable(file, (cause as NodeJS.ErrnoException).code ?? "an unknown error", cause);
  }
  try {
    const stat = fs.fstatSync(fd);
    if (!stat.isFile()) throw notReadable(file, "something that is not a regular file");
    if (stat.size > maxBytes) throw tooLarge(file, maxBytes, stat.size);
    const bytes = fs.readFileSync(fd);
    // The file may have grown between the two calls.
    if (bytes.length > maxBytes) throw tooLarge(file, maxBytes, bytes.length);
    return bytes;
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * Value of a JSON text that has one reading: valid UTF-8 without BOM, no duplicate and no prototype-changing key,
 * no lone surrogate, at most `MAX_DEPTH` levels.
 *
 * Valid JSON has one colon outside strings for each member, and an object keeps one key of each name; so the number
 * of colons differs from the number of keys of the parsed value exactly when a key stands twice. That costs one scan
 * and one walk, where a parser of our own would cost several times `JSON.parse`.
 *
 * @throws NOT_UTF8, NOT_JSON, TOO_DEEP, DUPLICATE_KEY, FORBIDDEN_KEY
 */
export function parseStrict(bytes: Uint8Array, where: string): unknown {
  assertUtf8(bytes, where);
  return parseScanned(bytes, scanValue(bytes, 0), where);
}

/**
 * Value of a JSON text that is in memory already, as strictly as `parseStrict` reads its UTF-8 bytes.
 *
 * @throws the codes of `parseStrict`
 */
export function parseStrictText(text: string, where: string): unknown {
  const bytes = Buffer.from(text);
  assertUtf8(bytes, where);
  const isAscii = bytes.length === text.length;
  return parseScanned(bytes, scanValue(bytes, 0), where, isAscii ? text : undefined);
}

/** A member of the top-level object of a JSON text: parsed, as strictly as `parseStrict` does, when it is asked for. */
export interface LazyMember {
  parse(): unknown;
}

/**
 * Members of the object in a JSON text. Those that nobody parses are only bracketed.
 *
 * @throws the codes of `parseStrict`: for the keys here, for a value when it is parsed
 * @returns null when the text is JSON of something else
 */
export function openStrictObject(bytes: Uint8Array, where: string): ReadonlyMap<string, LazyMember> | null {
  assertUtf8(bytes, where);
  const scanned = scanMembers(bytes);
  if (!scanned) {
    parseScanned(bytes, scanValue(bytes, 0), where);
    return null;
  }
  const members = new Map<string, LazyMember>();
  for (const member of scanned) {
    const key = parseStrict(member.key, where) as string;
    assertAllowed(key, where);
    if (members.has(key)) throw refused("DUPLICATE_KEY", "object", where, "every key once", `key "${key}" twice`);
    const value = bytes.subarray(member.start, member.end);
    members.set(key, { parse: () => parseScanned(value, member, `${where} ${key}`) });
  }
  return members;
}

function assertUtf8(bytes: Uint8Array, where: string): void {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw refused("NOT_UTF8", "byte order mark", where, "UTF-8 without a byte order mark", "EF BB BF at the start");
  }
  if (!isUtf8(bytes)) throw refused("NOT_UTF8", "encoding", where, "valid UTF-8", "an invalid byte sequence");
}

function parseScanned(
  bytes: Uint8Array,
  { members, depth, mayHoldSurrogate }: Structure,
  where: string,
  known?: string,
): unknown {
  if (depth > MAX_DEPTH) throw refused("TOO_DEEP", "nesting", where, `at most ${MAX_DEPTH} levels`, `${depth} levels`);
  const text = known ?? textOf(bytes);
  const value = parse(text, where);
  if (countKeys(value, where, mayHoldSurrogate) !== members) {
    throw refused("DUPLICATE_KEY", "object", where, "every key once", `key ${firstDuplicateKey(text)} twice`);
  }
  return value;
}

function textOf(bytes: Uint8Array): string {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.toString(isAscii(view) ? "latin1" : "utf8");
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const got = text.trim() === "" ? "an empty text" : (cause as Error).message;
    throw refused("NOT_JSON", "content", where, "one JSON value", got, cause);
  }
}

function countKeys(value: unknown, where: string, surrogates: boolean): number {
  if (typeof value === "string") {
    if (surrogates) assertWellFormed(value, where);
    return 0;
  }
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (surrogates || typeof item === "object") count += countKeys(item, where, surrogates);
    }
    return count;
  }
  // for-in costs a quarter of Object.keys here; a polluted Object.prototype only makes the counts differ, a refusal.
  for (const key in value) {
    count++;
    assertAllowed(key, where);
    if (surrogates) assertWellFormed(key, where);
    const member = (value as Record<string, unknown>)[key];
    if (surrogates || typeof member === "object") count += countKeys(member, where, surrogates);
  }
  return count;
}

function assertAllowed(key: string, where: string): void {
  if (key === FORBIDDEN_KEYS[0] || key === FORBIDDEN_KEYS[1] || key === FORBIDDEN_KEYS[2]) {
    throw refused("FORBIDDEN_KEY", "object", where, `no key named ${FORBIDDEN_KEYS.join(", ")}`, key);
  }
}

/** True when the text holds a UTF-16 surrogate without its other half, which no UTF-8 encoding can carry. */
export function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

function assertWellFormed(text: string, where: string): void {
  if (hasLoneSurrogate(text)) {
    throw refused("NOT_UTF8", "string", where, "well-formed Unicode", "an escape of a lone surrogate");
  }
}

type RefusalCode = "NOT_UTF8" | "NOT_JSON" | "DUPLICATE_KEY" | "FORBIDDEN_KEY" | "TOO_DEEP";

function refused(code: RefusalCode, what: string, where: string, expected: string, got: string, cause?: unknown) {
  const todo = "give the file as its producer wrote it";
  return new Part11Error({ code, what: `${what} refused`, where, expected, got, todo }, { cause });
}

function notReadable(file: string, got: string, cause?: unknown): Part11Error {
  return new Part11Error(
    {
      code: "FILE_NOT_FOUND",
      what: "file not read",
      where: file,
      expected: "a readable regular file",
      got,
      todo: "check the path",
    },
    { cause },
  );
}

function tooLarge(file: string, maxBytes: number, size: number): Part11Error {
  return new Part11Error({
    code: "FILE_TOO_LARGE",
    what: "file refused",
    where: file,
    expected: `at most ${maxBytes} bytes`,
    got: `${size} bytes`,
    todo: "check that it is the right file, or raise the limit",
  });
}
