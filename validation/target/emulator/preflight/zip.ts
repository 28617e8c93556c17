// SPDX-License-Identifier: Apache-2.0

/** CRC-32 of PKZIP (APPNOTE 4.4.7). */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const u16 = (...values: number[]) => Buffer.from(new Uint16Array(values).buffer);
const u32 = (...values: number[]) => Buffer.from(new Uint32Array(values).buffer);

/** A ZIP archive of one stored file, readable by everybody (PKZIP APPNOTE 4.3). */
export function zipOf(name: string, text: string): Buffer {
  const [file, label] = [Buffer.from(text), Buffer.from(name)];
  const common = Buffer.concat([u16(20, 0, 0, 0, 0x21), u32(crc32(file), file.length, file.length)]);
  const local = Buffer.concat([u32(0x04034b50), common, u16(label.length, 0), label, file]);
  const attributes = u32((0o100644 << 16) >>> 0, 0);
  const entry = [u32(0x02014b50), u16(0x0314), common, u16(label.length, 0, 0, 0, 0), attributes, label];
  const directory = Buffer.concat(entry);
  const end = [u32(0x06054b50), u16(0, 0, 1, 1), u32(directory.length, local.length), u16(0)];
  return Buffer.concat([local, directory, ...end]);
}
