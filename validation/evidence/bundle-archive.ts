// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import { inflateRawSync } from "node:zlib";
import * as yauzl from "yauzl";
import { sha256Hex } from "../json";
import { assertOneReading, SECOND_NAME } from "./archive-layout";
import { type BundleFiles, type FoundFile, MAX_FILES, MAX_TOTAL_BYTES } from "./bundle-files";
import { BundleNames } from "./bundle-names";
import { MANIFEST_FILE } from "./layout";
import { problem, type VerifyProblem } from "./verify-problem";

/** No file of a bundle shrinks to less; what does is there to fill a memory. */
const MAX_RATIO = 100;
/** A file up to this may shrink as it likes, bytes. */
const SMALL_BYTES = 1_000_000;

const STORED = 0;
const DEFLATED = 8;
const AS_PACKED = { decodeFileData: false } as const;

interface Unpacked {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** Kinds of a Unix mode; zero is written by tools of other systems. */
const KIND = 0o170000;
const FILE_KINDS: readonly number[] = [0, 0o100000];
const FOLDER_KINDS: readonly number[] = [0, 0o040000];

/**
 * Reads a ZIP archive of a bundle into memory, and writes nothing. The bundle lies at its root or in one folder there.
 * What two programs might read in two ways is not read: with any problem there are no files.
 */
export async function readBundleArchive(file: string): Promise<BundleFiles> {
  try {
    const { size } = fs.statSync(file);
    if (size > MAX_TOTAL_BYTES) return refused([problem("TOO_LARGE", "archive", `more than ${MAX_TOTAL_BYTES} bytes`)]);
    const bytes = fs.readFileSync(file);
    const archive = await yauzl.fromBufferPromise(bytes, { decodeStrings: false });
    const entries: yauzl.Entry[] = [];
    for await (const entry of archive.eachEntry()) entries.push(entry);
    assertOneReading(bytes, entries);
    const problems = problemsOf(entries);
    return problems.length > 0 ? refused(problems) : { files: await unpacked(archive, entries), problems: [] };
  } catch (error) {
    return refused([problem("ARCHIVE_REFUSED", "archive", (error as Error).message)]);
  }
}

function refused(problems: readonly VerifyProblem[]): BundleFiles {
  return { files: new Map(), problems };
}

function problemsOf(entries: readonly yauzl.Entry[]): readonly VerifyProblem[] {
  const names = new BundleNames();
  const files = entries.filter((entry) => !isFolder(entry)).map(nameOf);
  const folders = new Set(files.flatMap(foldersAbove));
  const listed = new Set(entries.filter(isFolder).map((entry) => nameOf(entry).slice(0, -1)));
  return [
    ...entries.flatMap((entry) => {
      const name = nameOf(entry).replace(/\/$/, "");
      return [...names.problemsOf(name), ...kindProblems(entry, name), ...sizeProblems(entry, name)];
    }),
    ...[...folders].filter((name) => !listed.has(name)).flatMap((name) => names.problemsOf(name)),
    ...[...listed].filter((name) => !folders.has(name)).map((name) => problem("FILE_EXTRA", name, "empty folder")),
    ...countProblems(entries),
  ];
}

function kindProblems(entry: yauzl.Entry, name: string): readonly VerifyProblem[] {
  const wrong = (what: string) => [problem("NOT_A_FILE", name, what)];
  if (entry.isEncrypted()) return wrong("encrypted");
  if (![STORED, DEFLATED].includes(entry.compressionMethod))
    return wrong(`compressed by method ${entry.compressionMethod}`);
  if (entry.extraFields.some(({ id }) => id === SECOND_NAME)) return wrong("has a second name");
  if (isFolder(entry) && entry.uncompressedSize > 0) return wrong("a folder with content");
  // Whatever system it says: programs differ in which systems have links.
  const kind = (entry.externalFileAttributes >>> 16) & KIND;
  return (isFolder(entry) ? FOLDER_KINDS : FILE_KINDS).includes(kind) ? [] : wrong("link or special file");
}

function sizeProblems({ compressedSize, uncompressedSize }: yauzl.Entry, name: string): readonly VerifyProblem[] {
  if (uncompressedSize <= SMALL_BYTES || uncompressedSize <= compressedSize * MAX_RATIO) return [];
  return [problem("TOO_LARGE", name, `${uncompressedSize} bytes of ${compressedSize}, more than ${MAX_RATIO} times`)];
}

function countProblems(entries: readonly yauzl.Entry[]): readonly VerifyProblem[] {
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (entries.length <= MAX_FILES && total <= MAX_TOTAL_BYTES) return [];
  return [problem("TOO_LARGE", "archive", `more than ${MAX_FILES} files or ${MAX_TOTAL_BYTES} bytes`)];
}

async function unpacked(archive: yauzl.ZipFile, entries: readonly yauzl.Entry[]): Promise<Map<string, FoundFile>> {
  const files = new Map<string, FoundFile>();
  const top = topFolder(entries);
  for (const entry of entries.filter((one) => !isFolder(one))) {
    const chunks: Buffer[] = [];
    for await (const chunk of await archive.openReadStreamPromise(entry, AS_PACKED)) chunks.push(chunk as Buffer);
    const bytes = contentOf(entry, Buffer.concat(chunks));
    files.set(nameOf(entry).slice(top.length), { bytes, sha256: sha256Hex(bytes) });
  }
  return files;
}

/** Content of a file, whose packed data end where the list says: what stands behind their end another program takes for a file. */
function contentOf(entry: yauzl.Entry, packed: Buffer): Buffer {
  if (entry.compressionMethod === STORED) return packed;
  const maxOutputLength = entry.uncompressedSize + 1;
  // With `info` Node answers the content and the engine, which knows how many bytes it took: https://nodejs.org/api/zlib.html#class-options
  const unpacked = inflateRawSync(packed, { info: true, maxOutputLength }) as unknown as Unpacked;
  const [got, taken] = [unpacked.buffer.length, unpacked.engine.bytesWritten];
  if (got !== entry.uncompressedSize || taken !== packed.length) {
    const told = `${entry.uncompressedSize} bytes of ${packed.length}`;
    throw new Error(`${nameOf(entry)}: expected ${told}, got ${got} of ${taken}`);
  }
  return unpacked.buffer;
}

/** "20261122T081500Z-1a2b3c/" where everything lies in that folder, else "". */
function topFolder(entries: readonly yauzl.Entry[]): string {
  const names = entries.map(nameOf);
  if (names.includes(MANIFEST_FILE)) return "";
  const [first = ""] = names.map((name) => name.slice(0, name.indexOf("/") + 1));
  return names.every((name) => name.startsWith(first)) ? first : "";
}

/** One character a byte: what is not ASCII is no name of a bundle anyway. */
function nameOf({ fileNameRaw }: yauzl.Entry): string {
  return fileNameRaw.toString("latin1");
}

function isFolder(entry: yauzl.Entry): boolean {
  return nameOf(entry).endsWith("/");
}

function foldersAbove(name: string): readonly string[] {
  const parts = name.split("/");
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join("/"));
}
