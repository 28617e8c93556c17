// SPDX-License-Identifier: Apache-2.0
import { type JournalEntry, publicKeyPem, type SealKey } from "../../evidence";
import type { BundleFiles } from "../../evidence/bundle-files";
import { JOURNAL_FILE, MANIFEST_FILE, OUTSIDE_MANIFEST, PUBLIC_KEY_FILE, SEAL_FILE } from "../../evidence/layout";
import { type Manifest, manifestBytes } from "../../evidence/manifest";
import { seal } from "../../evidence/seal";
import { canonicalJson, sha256Hex } from "../../json";

// biome-ignore lint/suspicious/noExplicitAny: a fault may stand anywhere in a journal
export type Line = any;

/** The files of a bundle, in memory, to be altered by somebody who may even hold the key that seals it. */
export class AlteredBundle {
  private readonly bytes = new Map<string, Buffer>();

  constructor(
    found: BundleFiles,
    private readonly key: SealKey,
  ) {
    for (const [name, file] of found.files) this.bytes.set(name, file.bytes);
  }

  text(name: string): string {
    return this.bytes.get(name)!.toString("utf8");
  }

  put(name: string, content: string | Uint8Array): this {
    this.bytes.set(name, Buffer.from(content as Uint8Array));
    return this;
  }

  drop(name: string): this {
    this.bytes.delete(name);
    return this;
  }

  /** @throws when there is nothing to replace: a fault that was not put in would prove nothing */
  replace(name: string, find: string, by: string): this {
    const before = this.text(name);
    if (!before.includes(find)) throw new Error(`${name} does not hold ${find}`);
    return this.put(
      name,
      before.replace(find, () => by),
    );
  }

  /** Writes other journal lines, as they are given. */
  journal(change: (lines: Line[]) => Line[]): this {
    const lines = this.text(JOURNAL_FILE).trimEnd().split("\n");
    const changed = change(lines.map((line) => JSON.parse(line)));
    return this.put(JOURNAL_FILE, changed.map((line) => `${canonicalJson(line)}\n`).join(""));
  }

  /** Writes other journal lines, numbered and hashed anew. */
  chained(change: (lines: Line[]) => Line[]): this {
    let prev = "0".repeat(64);
    return this.journal((lines) =>
      change(lines).map((line, seq) => {
        const { hash: _, ...entry } = { ...line, seq, prev };
        prev = sha256Hex(canonicalJson(entry));
        return { ...entry, hash: prev };
      }),
    );
  }

  /** Lists and seals what is there now. */
  sealed(key: SealKey = this.key, also: Partial<Manifest> = {}): this {
    const before = JSON.parse(this.text(MANIFEST_FILE)) as Manifest;
    const listed = [...this.bytes].filter(([name]) => !OUTSIDE_MANIFEST.includes(name));
    const files = listed.map(([name, bytes]) => ({ path: name, sha256: sha256Hex(bytes), size: bytes.length }));
    const last = this.text(JOURNAL_FILE).trimEnd().split("\n").at(-1)!;
    const journalHead = (JSON.parse(last) as JournalEntry).hash;
    const manifest = manifestBytes({ ...before, files, journalHead, ...also });
    this.put(MANIFEST_FILE, manifest).put(SEAL_FILE, seal(manifest, key));
    return this.put(PUBLIC_KEY_FILE, publicKeyPem(key.publicKey));
  }

  get found(): BundleFiles {
    const files = [...this.bytes].map(([name, bytes]) => [name, { bytes, sha256: sha256Hex(bytes) }] as const);
    return { files: new Map(files), problems: [] };
  }
}
