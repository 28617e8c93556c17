// SPDX-License-Identifier: Apache-2.0
import { type Packed, type Shape, zip } from "./zip";

/** An archive of an intact bundle with one lie in it, by what the lie is. */
export function hostileArchives(bundle: readonly Packed[]): Readonly<Record<string, Buffer>> {
  const with_ = (more: readonly Packed[], shape?: Shape) => zip([...bundle, ...more], shape);
  const changed = (of: Partial<Packed>, shape?: Shape) => zip([{ ...bundle[0]!, ...of }, ...bundle.slice(1)], shape);
  const last = bundle.length;
  const evil = file("evil.json");
  const intact = zip(bundle);
  return {
    ...Object.fromEntries(
      NAMES.map((name) => [`a file called ${JSON.stringify(name).slice(0, 40)}`, with_([file(name)])]),
    ),
    "a name of 600 characters": with_([file("a".repeat(600))]),
    "a name twice": with_([bundle[0]!]),
    "a name twice but for its case": with_([file(bundle[0]!.name.toUpperCase())]),
    "a folder twice but for its case": with_([file("more/a.json"), file("More/b.json")]),
    "a file that is a folder too but for its case": with_([file("More"), file("more/b.json")]),
    "a file that is a folder too": with_([file(`${bundle[0]!.name}/evil.json`)]),
    "an empty folder": with_([folder("empty/")]),
    "a folder with content": with_([{ ...file("full/"), mode: 0o040755 }]),
    "a symbolic link": with_([{ ...file("link"), mode: 0o120777, data: Buffer.from("/etc/passwd") }]),
    "a symbolic link that is a file of the bundle": changed({ mode: 0o120777 }),
    "a symbolic link called a folder": with_([{ ...folder("link/"), mode: 0o120777 }, file("link/evil.json")]),
    "a symbolic link by a system that knows them too": with_([{ ...file("link"), mode: 0o120777, system: 16 }]),
    "a character device": with_([{ ...file("device"), mode: 0o020666 }]),
    "a block device": with_([{ ...file("device"), mode: 0o060666 }]),
    "a named pipe": with_([{ ...file("pipe"), mode: 0o010666 }]),
    "a socket": with_([{ ...file("socket"), mode: 0o140666 }]),
    "a folder's mode on a file": changed({ mode: 0o040755 }),
    "an encrypted file": changed({ flags: 1 }),
    "a file packed by bzip2": changed({ method: 12 }),
    "a file packed by LZMA": changed({ method: 14 }),
    "a file packed by AES": changed({ method: 99 }),
    "a second name in UTF-8": changed({ extra: secondName("../evil.json") }),
    "a second name in UTF-8 in front of the file": changed({ own: { extra: secondName("../evil.json") } }),
    "an extra field that is cut": changed({ extra: Buffer.from([0x75, 0x70, 0xff, 0x00]) }),
    "a bomb of zeros": with_([{ ...file("bomb"), method: 8, data: Buffer.alloc(20_000_000) }]),
    "a file that is more than it says": changed({ method: 8, claimedSize: 10 }),
    "a file that is less than it says": changed({ method: 8, claimedSize: 4_000_000_000 }),
    "a stored file that is more than it says": changed({ claimedSize: 10 }),
    "a thousand files that are one": zip(
      [file("one.bin", Buffer.alloc(500_000)), ...Array.from({ length: 1000 }, (_, at) => file(`copy${at}`))],
      { quoting: Array.from({ length: 1000 }, (_, at) => at + 1) },
    ),
    "another name in front of the file": changed({ own: { name: `${bundle[0]!.name.slice(0, -1)}x` } }),
    "a longer name in front of the file": changed({ own: { name: `../${bundle[0]!.name}` } }),
    "another method in front of the file": changed({ own: { method: 8 } }),
    "another size in front of the file": changed({ own: { size: 1 } }),
    "a file that the list leaves out": with_([evil], { unlisted: [last] }),
    "a file that the list leaves out, in front": zip([evil, ...bundle], { unlisted: [0] }),
    "two names of the same data": with_([evil], { quoting: [last] }),
    "something before": zip(bundle, { before: Buffer.from("#!/bin/sh\n") }),
    "an archive before": zip(bundle, { before: zip([evil]) }),
    "something between the files": zip(bundle, { between: Buffer.from("evil") }),
    "something between list and end": zip(bundle, { beforeEnd: Buffer.from("evil") }),
    "something behind": zip(bundle, { behind: Buffer.from("evil") }),
    "an archive behind": zip(bundle, { behind: zip([evil]) }),
    "a comment": zip(bundle, { comment: Buffer.from("evil") }),
    "a comment that is the end of an archive": zip(bundle, { comment: zip([]) }),
    "fewer files than the list": zip(bundle, { count: last - 1 }),
    "more files than the list": zip(bundle, { count: last + 1 }),
    "as many files as need a larger format": zip(bundle, { count: 0xffff }),
    "the second disk of two": zip(bundle, { disk: 1 }),
    "something behind the end of packed data": changed({ method: 8, slack: zip([evil]) }),
    "a file behind the end of packed data, where its sizes stand behind": changed(
      { method: 8, slack: zip([evil]) },
      { streamed: true },
    ),
    "a size in front of the file as well as behind": changed({ method: 8, own: { size: 1 } }, { streamed: true }),
    "files of which nobody reading on sees the end": zip(bundle, { streamed: true }),
    "other sizes behind the data": zip(bundle, { streamed: true, streamedSize: 1 }),
    "a cut end": intact.subarray(0, -1),
    "a cut half": intact.subarray(0, intact.length / 2),
    "no byte": Buffer.alloc(0),
    "a text": Buffer.from("manifest.json"),
  };
}

/** Names that a system would put elsewhere, take for another, or show as another. */
const NAMES: readonly string[] = [
  "../evil.json",
  "../../../../tmp/evil.json",
  "a/../../evil.json",
  "a/../manifest.json",
  "./evil.json",
  "a/./evil.json",
  "a//evil.json",
  "..",
  ".",
  "...",
  "/etc/evil",
  "//server/share/evil",
  "..\\evil.json",
  "a\\..\\..\\evil.json",
  "\\\\server\\share\\evil",
  "\\\\?\\C:\\evil",
  "C:\\evil.json",
  "C:evil.json",
  "file:stream",
  "~/evil",
  ".git/config",
  ".hidden",
  "-rf",
  "con",
  "NUL.json",
  "aux/evil.json",
  "a/com1.txt",
  "lpt9",
  "evil.json.",
  "evil./a.json",
  "evil.json ",
  " evil.json",
  "evil\u0000.json",
  "evil\n.json",
  "evil\t.json",
  "\u001b[2Jevil",
  "\u009b2Jevil",
  "\u00e9vil.json",
  "\u00e2\u0080\u00aenosj.live",
  "%2e%2e/evil.json",
  "$(id)",
  "a|b",
  "a*b",
  "a?b",
  '<script>"',
  "",
];

function file(name: string, data = Buffer.from("evil")): Packed {
  return { name, data };
}

function folder(name: string): Packed {
  return { name, data: Buffer.alloc(0), mode: 0o040755 };
}

/** A file, put into a folder. */
export function within(name: string): (of: Packed) => Packed {
  return (of) => ({ ...of, name: `${name}/${of.name}` });
}

/** Info-ZIP Unicode Path Extra Field: version, checksum of the first name, second name. */
function secondName(name: string): Buffer {
  const field = Buffer.alloc(9 + name.length);
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(5 + name.length, 2);
  field.writeUInt8(1, 4);
  field.write(name, 9, "latin1");
  return field;
}
