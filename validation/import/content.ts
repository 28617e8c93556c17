// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { lstat, open } from "node:fs/promises";
import { Readable } from "node:stream";

/** Bytes that are sent in one request. */
export interface Part {
  readonly start: number;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What is sent: its hashes first, its bytes as often as they are asked for. */
export interface Content {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** One part for what goes in one request. */
  readonly parts: readonly Part[];
  open(part: Part): Readable;
}

/** A file changed while it was read. */
export class ChangedWhileRead extends Error {}

/** How content is cut. */
export interface PartSizes {
  /** Largest object of one request; S3 takes 5 GB. */
  readonly singleBytes: number;
  /** Smallest part of a larger one; S3 takes 5 MiB and more. */
  readonly partBytes: number;
}

/** S3 user guide, "Multipart upload limits": 5 GB for one request, 10,000 parts of 5 MiB to 5 GB. */
export const S3_SIZES: PartSizes = { singleBytes: 5_000_000_000, partBytes: 128 * 1024 * 1024 };
const MOST_PARTS = 10_000;
const CHUNK_BYTES = 1024 * 1024;

/**
 * Reads a file once for its hashes, in memory of constant size, and lets `use` read it again through the same handle.
 * Whoever replaces or edits it in between is noticed: before and after, the file must be the same by number, size and times.
 *
 * @throws ChangedWhileRead; Node's own errors
 */
export async function withContent<T>(
  file: string,
  sizes: PartSizes,
  use: (content: Content) => Promise<T>,
): Promise<T> {
  // Neither a link that came in the meantime nor a pipe, which would wait for ever.
  const flags = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags);
  try {
    const before = await stateOf(handle);
    const content = await hashed(handle, Number(before.size), sizes);
    const after = [await stateOf(handle), await lstat(file, { bigint: true })];
    if (!after.every((state) => isSame(state, before))) throw new ChangedWhileRead(file);
    return await use(content);
  } finally {
    await handle.close();
  }
}

/** Bytes in memory, sent in one request. */
export function contentOf(bytes: Buffer): Content {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const parts = [{ start: 0, bytes: bytes.length, sha256 }];
  return { bytes: bytes.length, sha256, parts, open: () => Readable.from([bytes], { objectMode: false }) };
}

function stateOf(handle: FileHandle): Promise<fs.BigIntStats> {
  return handle.stat({ bigint: true });
}

function isSame(one: fs.BigIntStats, other: fs.BigIntStats): boolean {
  const { dev, ino, size, mtimeNs, ctimeNs } = other;
  return one.dev === dev && one.ino === ino && one.size === size && one.mtimeNs === mtimeNs && one.ctimeNs === ctimeNs;
}

async function hashed(handle: FileHandle, bytes: number, { singleBytes, partBytes }: PartSizes): Promise<Content> {
  const step = bytes <= singleBytes ? Math.max(bytes, 1) : Math.max(partBytes, Math.ceil(bytes / MOST_PARTS));
  const whole = createHash("sha256");
  const parts: Part[] = [];
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let start = 0; start < bytes; start += step) {
    const end = Math.min(start + step, bytes);
    const part = createHash("sha256");
    for (let at = start; at < end; ) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(CHUNK_BYTES, end - at), at);
      if (bytesRead === 0) throw new ChangedWhileRead("shorter than at first");
      const chunk = buffer.subarray(0, bytesRead);
      whole.update(chunk);
      // One part is the whole: hashing it twice would double the time of most imports.
      if (step < bytes) part.update(chunk);
      at += bytesRead;
    }
    parts.push({ start, bytes: end - start, sha256: part.digest("hex") });
  }
  const sha256 = whole.digest("hex");
  return {
    bytes,
    sha256,
    parts: parts.length === 1 ? [{ start: 0, bytes, sha256 }] : parts,
    open: (part) => Readable.from(chunks(handle, part.start, part.bytes), { objectMode: false }),
  };
}

async function* chunks(handle: FileHandle, start: number, bytes: number): AsyncGenerator<Buffer> {
  for (let at = start; at < start + bytes; ) {
    const { bytesRead, buffer } = await handle.read({
      buffer: Buffer.allocUnsafe(Math.min(CHUNK_BYTES, start + bytes - at)),
      position: at,
    });
    if (bytesRead === 0) throw new ChangedWhileRead("shorter than at first");
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}
