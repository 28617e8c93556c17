// SPDX-License-Identifier: Apache-2.0
import { crc32, deflateRawSync } from "node:zlib";

/** One file of an archive. What it is given besides name and data makes it say something else than it is. */
export interface Packed {
  /** Latin-1, one byte a character. */
  readonly name: string;
  readonly data: Buffer;
  /** 0 or 8 pack it so; another method is only claimed. @default 0 */
  readonly method?: number;
  readonly flags?: number;
  /** Bytes behind the end of what is packed, counted as packed. @default - none */
  readonly slack?: Buffer;
  /** System that the list says it was made by, of which the mode is. @default 3, Unix */
  readonly system?: number;
  /** Unix mode; 0 for none. @default 0o100644 */
  readonly mode?: number;
  /** Extra field of the list, as it stands there. @default - none */
  readonly extra?: Buffer;
  /** What the list says of the size. @default - the size */
  readonly claimedSize?: number;
  /** What its own header says. @default - what the list says */
  readonly own?: {
    readonly name?: string;
    readonly method?: number;
    /** Of the file; also where its sizes stand behind the data. */
    readonly size?: number;
    readonly extra?: Buffer;
  };
}

export interface Shape {
  readonly before?: Buffer;
  readonly between?: Buffer;
  readonly beforeEnd?: Buffer;
  readonly comment?: Buffer;
  readonly behind?: Buffer;
  /** Indexes of files that the list leaves out. */
  readonly unlisted?: readonly number[];
  /** Indexes of files whose data the list takes from the first one. */
  readonly quoting?: readonly number[];
  /** How many files the end says there are. */
  readonly count?: number;
  readonly disk?: number;
  /** Sizes stand behind the data. */
  readonly streamed?: boolean;
  /** What they say then. @default - the sizes */
  readonly streamedSize?: number;
}

/** A ZIP archive, byte by byte (PKWARE APPNOTE 4.3). */
export function zip(files: readonly Packed[], shape: Shape = {}): Buffer {
  const parts: Buffer[] = [shape.before ?? Buffer.alloc(0)];
  const starts: number[] = [];
  const length = () => parts.reduce((sum, { length: bytes }) => sum + bytes, 0);
  const offset = shape.before?.length ?? 0;
  for (const file of files) {
    starts.push(length());
    const data = stored(file);
    parts.push(ownHeader(file, data.length, shape), data);
    if (shape.streamed) parts.push(descriptor(file, data.length, shape));
    if (shape.between) parts.push(shape.between);
  }
  const list = length();
  const listed = files.flatMap((file, index) => {
    if (shape.unlisted?.includes(index)) return [];
    const start = shape.quoting?.includes(index) ? offset : starts[index]!;
    return [listing(file, stored(file).length, start, shape)];
  });
  const size = listed.reduce((sum, { length: bytes }) => sum + bytes, 0);
  parts.push(...listed, shape.beforeEnd ?? Buffer.alloc(0), end(shape, listed.length, size, list));
  return Buffer.concat([...parts, shape.behind ?? Buffer.alloc(0)]);
}

function stored({ data, method, slack = Buffer.alloc(0) }: Packed): Buffer {
  return Buffer.concat([method === 8 ? deflateRawSync(data) : data, slack]);
}

function flagsOf({ flags = 0 }: Packed, { streamed }: Shape): number {
  return flags | (streamed ? 8 : 0);
}

function ownHeader(file: Packed, bytes: number, shape: Shape): Buffer {
  const name = Buffer.from(file.own?.name ?? file.name, "latin1");
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flagsOf(file, shape), 6);
  header.writeUInt16LE(file.own?.method ?? file.method ?? 0, 8);
  if (!shape.streamed) {
    header.writeUInt32LE(crc32(file.data), 14);
    header.writeUInt32LE(bytes, 18);
    header.writeUInt32LE(file.claimedSize ?? file.data.length, 22);
  }
  if (file.own?.size !== undefined) header.writeUInt32LE(file.own.size, 22);
  const extra = file.own?.extra ?? Buffer.alloc(0);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, name, extra]);
}

function descriptor({ data }: Packed, bytes: number, { streamedSize }: Shape): Buffer {
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(0x08074b50, 0);
  sizes.writeUInt32LE(crc32(data), 4);
  sizes.writeUInt32LE(bytes, 8);
  sizes.writeUInt32LE(streamedSize ?? data.length, 12);
  return sizes;
}

function listing(file: Packed, bytes: number, start: number, shape: Shape): Buffer {
  const name = Buffer.from(file.name, "latin1");
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(((file.system ?? 3) << 8) | 20, 4);
  entry.writeUInt16LE(20, 6);
  entry.writeUInt16LE(flagsOf(file, shape), 8);
  entry.writeUInt16LE(file.method ?? 0, 10);
  entry.writeUInt32LE(crc32(file.data), 16);
  entry.writeUInt32LE(bytes, 20);
  entry.writeUInt32LE(file.claimedSize ?? file.data.length, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt16LE(file.extra?.length ?? 0, 30);
  entry.writeUInt32LE(((file.mode ?? 0o100644) << 16) >>> 0, 38);
  entry.writeUInt32LE(start, 42);
  return Buffer.concat([entry, name, file.extra ?? Buffer.alloc(0)]);
}

function end({ comment, count, disk = 0 }: Shape, listed: number, size: number, list: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(disk, 4);
  record.writeUInt16LE(count ?? listed, 8);
  record.writeUInt16LE(count ?? listed, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(list, 16);
  record.writeUInt16LE(comment?.length ?? 0, 20);
  return Buffer.concat([record, comment ?? Buffer.alloc(0)]);
}
