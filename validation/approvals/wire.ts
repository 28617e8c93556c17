// SPDX-License-Identifier: Apache-2.0

/** Reads the strings of SSH's wire format, RFC 4251 section 5, to the last byte and not beyond. Throws where it ends early. */
export class WireReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** So many bytes as they are. */
  raw(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw new Error("cut short");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  uint32(): number {
    return this.raw(4).readUInt32BE(0);
  }

  string(): Buffer {
    return this.raw(this.uint32());
  }

  text(): string {
    return this.string().toString("latin1");
  }

  end(): void {
    if (this.at !== this.bytes.length) throw new Error("bytes beyond the end");
  }
}

/** A string of the wire format. */
export function wireString(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content as Uint8Array);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length, 0);
  return Buffer.concat([length, bytes]);
}
