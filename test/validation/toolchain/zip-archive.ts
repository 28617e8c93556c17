// SPDX-License-Identifier: Apache-2.0
import { deflateRawSync } from "node:zlib";

export interface ArchiveFile {
  readonly name: string;
  readonly content: Buffer | string;
  /** @default true */
  readonly deflated?: boolean;
  /** Uncompressed bytes the archive claims. @default those of `content` */
  readonly claimedSize?: number;
}

/** A zip archive written by hand from APPNOTE.TXT §4.3; checksums are left zero since the reader is given pinned bytes. */
export function zipOf(...files: ArchiveFile[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, content, deflated = true, claimedSize } of files) {
    const bytes = Buffer.from(content);
    const packed = deflated ? deflateRawSync(bytes) : bytes;
    const header = (size: number, signature: number, shift: number) => {
      const fields = Buffer.alloc(size);
      fields.writeUInt32LE(signature, 0);
      fields.writeUInt16LE(deflated ? 8 : 0, 8 + shift);
      fields.writeUInt32LE(packed.length, 18 + shift);
      fields.writeUInt32LE(claimedSize ?? bytes.length, 22 + shift);
      fields.writeUInt16LE(Buffer.byteLength(name), 26 + shift);
      return fields;
    };
    const central = header(46, 0x02014b50, 2);
    central.writeUInt32LE(offset, 42);
    const local = Buffer.concat([header(30, 0x04034b50, 0), Buffer.from(name), packed]);
    offset += local.length;
    locals.push(local);
    centrals.push(Buffer.concat([central, Buffer.from(name)]));
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
