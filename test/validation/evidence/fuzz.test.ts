// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { ephemeralSealKey, verifyBundle } from "../../../validation/evidence";
import { sampleRun } from "./sample-run";
import { temporaryFolder } from "./temporary-folder";

const RUNS = Number(process.env.PART11_FUZZ ?? 250);
const SEED = 20261121;

const temporary = temporaryFolder();
const folder = path.join(temporary.path, "bundle");
const key = ephemeralSealKey();
sampleRun(folder, { key });
afterAll(() => temporary.remove());

const files = (fs.readdirSync(folder, { recursive: true }) as string[])
  .filter((name) => fs.statSync(path.join(folder, name)).isFile())
  .sort();
const original = new Map(files.map((name) => [name, fs.readFileSync(path.join(folder, name))]));
const at = (name: string) => path.join(folder, name);

/** A change of one file's bytes; `where` is a position from 0 to 1. */
type Edit = (bytes: Buffer, where: number, byte: number) => Buffer;

const position = (bytes: Buffer, where: number) => Math.floor(where * bytes.length);
const EDITS: Readonly<Record<string, Edit>> = {
  "flip a bit": (bytes, where, byte) => {
    const copy = Buffer.from(bytes);
    copy[position(bytes, where)]! ^= 1 << (byte % 8);
    return copy;
  },
  "insert a byte": (bytes, where, byte) => {
    const i = position(bytes, where);
    return Buffer.concat([bytes.subarray(0, i), Buffer.from([byte]), bytes.subarray(i)]);
  },
  "delete a byte": (bytes, where) => {
    const i = position(bytes, where);
    return Buffer.concat([bytes.subarray(0, i), bytes.subarray(i + 1)]);
  },
  "change a digit": (bytes, where, byte) => {
    const digits = [...bytes.keys()].filter((i) => bytes[i]! >= 0x30 && bytes[i]! <= 0x39);
    const copy = Buffer.from(bytes);
    if (digits.length > 0) copy[digits[Math.floor(where * digits.length)]!] = 0x30 + (byte % 10);
    return copy;
  },
  "swap PASS and FAIL": (bytes) => Buffer.from(bytes.toString("latin1").replace("PASS", "FAIL"), "latin1"),
  "insert white space": (bytes, where, byte) => {
    const i = position(bytes, where);
    return Buffer.concat([bytes.subarray(0, i), Buffer.from([[0x20, 0x09, 0x0a, 0x0d][byte % 4]!]), bytes.subarray(i)]);
  },
  truncate: (bytes, where) => bytes.subarray(0, position(bytes, where)),
  append: (bytes, _where, byte) => Buffer.concat([bytes, Buffer.from([byte])]),
  "double a line": (bytes, where) => {
    const lines = bytes.toString("latin1").split("\n");
    const i = Math.floor(where * lines.length);
    return Buffer.from([...lines.slice(0, i + 1), ...lines.slice(i)].join("\n"), "latin1");
  },
};

interface Tampering {
  readonly kind: string;
  readonly file: string;
  readonly other: string;
  readonly where: number;
  readonly byte: number;
  readonly name: string;
}

/** Does one tampering; returns how to undo it, or undefined when it would change nothing. */
function doTampering({ kind, file, other, where, byte, name }: Tampering): (() => void) | undefined {
  const bytes = original.get(file)!;
  const restore = () => fs.writeFileSync(at(file), bytes);
  const edit = EDITS[kind];
  if (edit) {
    const edited = edit(bytes, where, byte);
    if (edited.equals(bytes)) return undefined;
    fs.writeFileSync(at(file), edited);
    return restore;
  }
  if (kind === "drop") {
    fs.rmSync(at(file));
    return restore;
  }
  if (kind === "add") {
    if (original.has(name)) return undefined;
    fs.writeFileSync(at(name), bytes);
    return () => fs.rmSync(at(name));
  }
  if (kind === "rename") {
    if (original.has(name)) return undefined;
    fs.renameSync(at(file), at(name));
    return () => fs.renameSync(at(name), at(file));
  }
  if (kind === "link") {
    fs.rmSync(at(file));
    fs.symlinkSync(path.join(temporary.path, "copy"), at(file));
    return () => {
      fs.rmSync(at(file));
      restore();
    };
  }
  const others = original.get(other)!;
  if (others.equals(bytes)) return undefined;
  fs.writeFileSync(at(file), others);
  if (kind === "swap") fs.writeFileSync(at(other), bytes);
  return () => {
    restore();
    fs.writeFileSync(at(other), others);
  };
}

describe("verifyBundle", () => {
  it(`finds each of ${RUNS} random edits, drops, swaps and additions`, () => {
    const kinds = [...Object.keys(EDITS), "drop", "add", "rename", "link", "swap", "overwrite with another file"];
    const tampering = fc.record({
      kind: fc.constantFrom(...kinds),
      file: fc.constantFrom(...files),
      other: fc.constantFrom(...files),
      where: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      byte: fc.nat(255),
      name: fc.stringMatching(/^[A-Za-z0-9._-]{1,12}$/).filter((name) => name !== "." && name !== ".."),
    });
    const counts = new Map<string, number>();
    const touched = new Set<string>();
    let done = 0;
    fc.assert(
      fc.property(tampering, (drawn) => {
        fs.writeFileSync(path.join(temporary.path, "copy"), original.get(drawn.file)!);
        const undo = doTampering(drawn);
        fc.pre(undo !== undefined);
        try {
          const gone = !fs.lstatSync(at("manifest.json"), { throwIfNoEntry: false });
          const want = gone ? 2 : 1;
          expect({ ...drawn, exit: verifyBundle(folder, key.publicKey).exit }).toEqual({ ...drawn, exit: want });
          expect({ ...drawn, exit: verifyBundle(folder).exit }).toEqual({ ...drawn, exit: want });
        } finally {
          undo!();
        }
        done++;
        counts.set(drawn.kind, (counts.get(drawn.kind) ?? 0) + 1);
        touched.add(drawn.file);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    process.stdout.write(
      `tampering: ${done} done, ${done} found, seed ${SEED}, ${JSON.stringify(Object.fromEntries(counts))}\n`,
    );
    expect(done).toBe(RUNS);
    expect([...touched].sort()).toEqual(files);
    expect(verifyBundle(folder, key.publicKey).exit).toBe(0);
  }, 3_600_000);
});
