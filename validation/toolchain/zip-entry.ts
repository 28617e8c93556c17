// SPDX-License-Identifier: Apache-2.0
import { inflateRawSync } from "node:zlib";

// APPNOTE.TXT 6.3.10 (PKWARE): §4.3.16 end of central directory, §4.3.12 central directory header, §4.3.7 local header.
const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
const CENTRAL_SIGNATURE = 0x02014b50;
const CENTRAL_SIZE = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;

export interface ZipEntry {
  readonly name: string;
  /** Uncompressed bytes, as the archive says. */
  readonly size: number;
  /** Uncompressed content; undefined when it is damaged, not of `size`, or packed otherwise than stored or deflated. */
  readonly content: () => Buffer | undefined;
}

/** Entries of a zip archive without zip64, in the order of its central directory; undefined when that cannot be read. */
export function zipEntries(zip: Buffer): ZipEntry[] | undefined {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + END_SIZE > zip.length || zip.readUInt32LE(end) !== END_SIGNATURE) return undefined;
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + CENTRAL_SIZE > zip.length || zip.readUInt32LE(at) !== CENTRAL_SIGNATURE) return undefined;
    const central = at;
    const nameEnd = at + CENTRAL_SIZE + zip.readUInt16LE(at + 28);
    const name = zip.toString("utf8", at + CENTRAL_SIZE, nameEnd);
    entries.push({ name, size: zip.readUInt32LE(at + 24), content: () => content(zip, central) });
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** Uncompressed bytes of the entry `name` of a zip archive without zip64; undefined when there is no such entry. */
export function zipEntry(zip: Buffer, name: string): Buffer | undefined {
  return zipEntries(zip)
    ?.find((entry) => entry.name === name)
    ?.content();
}

function content(zip: Buffer, central: number): Buffer | undefined {
  const method = zip.readUInt16LE(central + 10);
  const packedBytes = zip.readUInt32LE(central + 20);
  const size = zip.readUInt32LE(central + 24);
  const local = zip.readUInt32LE(central + 42);
  if (local + LOCAL_SIZE > zip.length || zip.readUInt32LE(local) !== LOCAL_SIGNATURE) return undefined;
  const start = local + LOCAL_SIZE + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + packedBytes);
  const bytes = method === STORED ? packed : method === DEFLATED ? inflated(packed, size) : undefined;
  return bytes?.length === size ? bytes : undefined;
}

function inflated(packed: Buffer, size: number): Buffer | undefined {
  try {
    // Without the limit a small archive could fill the memory.
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return undefined;
  }
}
