// SPDX-License-Identifier: Apache-2.0
import type { Entry } from "yauzl";

const LOCAL_HEADER = 0x04034b50;
const LOCAL_BYTES = 30;
const END_RECORD = 0x06054b50;
const END_BYTES = 22;
/** The sizes stand behind the data, with a signature or without. PKWARE APPNOTE 4.3.9 */
const STREAMED = 0x8;
const DESCRIPTOR_BYTES: readonly number[] = [12, 16];
const STORED = 0;
/** Extra fields that give sizes or name another time. PKWARE APPNOTE 4.5.3, 4.6.9 */
const SECOND_SIZES = 0x0001;
export const SECOND_NAME = 0x7075;

/**
 * Accepts a ZIP archive whose files and whose list of them say the same, with nothing before, between or behind: a program
 * that reads from the front meets what one meets that reads the list. PKWARE APPNOTE 4.3
 *
 * @throws Error that names the first place where they differ
 */
export function assertOneReading(archive: Buffer, entries: readonly Entry[]): void {
  const list = startOfList(archive, entries.length);
  const inOrder = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const [index, entry] of inOrder.entries()) {
    if (entry.relativeOffsetOfLocalHeader !== end)
      throw new Error(`something that its list does not name, at byte ${end}`);
    const data = dataOf(archive, entry);
    const next = inOrder[index + 1]?.relativeOffsetOfLocalHeader ?? list;
    if (!closes(archive, data + entry.compressedSize, next, entry)) {
      throw new Error(`something that its list does not name, at byte ${data + entry.compressedSize}`);
    }
    end = next;
  }
  if (end !== list) throw new Error(`something that its list does not name, at byte ${end}`);
}

function startOfList(archive: Buffer, count: number): number {
  const end = archive.length - END_BYTES;
  if (end < 0 || archive.readUInt32LE(end) !== END_RECORD) throw new Error("no list of its files at its very end");
  const disks = archive.readUInt32LE(end + 4);
  const counts = [archive.readUInt16LE(end + 8), archive.readUInt16LE(end + 10)];
  const [bytes, offset] = [archive.readUInt32LE(end + 12), archive.readUInt32LE(end + 16)];
  if (disks !== 0 || counts.some((one) => one !== count)) throw new Error("its list is not whole");
  if (offset + bytes !== end) throw new Error("something between its list and its end");
  return offset;
}

/** Where the data of a file begin, whose own header says what the list says. */
function dataOf(archive: Buffer, entry: Entry): number {
  const at = entry.relativeOffsetOfLocalHeader;
  if (at + LOCAL_BYTES > archive.length || archive.readUInt32LE(at) !== LOCAL_HEADER)
    throw new Error(`no file at byte ${at}`);
  const nameEnd = at + LOCAL_BYTES + archive.readUInt16LE(at + 26);
  const sizes = [archive.readUInt32LE(at + 18), archive.readUInt32LE(at + 22)];
  const same =
    archive.readUInt16LE(at + 6) === entry.generalPurposeBitFlag &&
    archive.readUInt16LE(at + 8) === entry.compressionMethod &&
    archive.subarray(at + LOCAL_BYTES, nameEnd).equals(entry.fileNameRaw) &&
    ((isStreamed(entry) && sizes.every((size) => size === 0)) ||
      (sizes[0] === entry.compressedSize && sizes[1] === entry.uncompressedSize));
  if (!same) throw new Error(`the file at byte ${at} says something else of itself than the list`);
  // Packed data show their end themselves, and what is stored does not.
  if (isStreamed(entry) && entry.compressionMethod === STORED && entry.compressedSize > 0)
    throw new Error(`the file at byte ${at} has no end for whoever reads on`);
  const data = nameEnd + archive.readUInt16LE(at + 28);
  const again = extraFields(archive.subarray(nameEnd, data)).some((id) => id === SECOND_NAME || id === SECOND_SIZES);
  if (again) throw new Error(`the file at byte ${at} gives its name or sizes a second time`);
  return data;
}

/** Ids of extra fields: id, length, that many bytes. PKWARE APPNOTE 4.5.1 */
function extraFields(extra: Buffer): readonly number[] {
  if (extra.length === 0) return [];
  const next = extra.length < 4 ? 4 : 4 + extra.readUInt16LE(2);
  if (next > extra.length) throw new Error("an extra field that is cut");
  return [extra.readUInt16LE(0), ...extraFields(extra.subarray(next))];
}

/** Whether a file ends where the next thing begins, but for its sizes. */
function closes(archive: Buffer, end: number, next: number, entry: Entry): boolean {
  if (!isStreamed(entry)) return end === next;
  return (
    DESCRIPTOR_BYTES.includes(next - end) &&
    archive.readUInt32LE(next - 8) === entry.compressedSize &&
    archive.readUInt32LE(next - 4) === entry.uncompressedSize
  );
}

function isStreamed({ generalPurposeBitFlag }: Entry): boolean {
  return (generalPurposeBitFlag & STREAMED) !== 0;
}
