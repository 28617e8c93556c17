// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Part11Error } from "../error";
import {
  assertProtocol,
  type Commitments,
  type EvidenceRef,
  entriesOf,
  type Protocol,
  type RunRecord,
  readJournal,
  summarize,
  verifyBundle,
} from "../evidence";
import { MANIFEST_FILE } from "../evidence/layout";
import { parseManifest } from "../evidence/manifest";
import { assertSchema, canonicalJson, parseStrict, readCapped, sha256Hex } from "../json";

/** A sealed run as documents are made from it. */
export interface BundleRecord {
  readonly record: RunRecord;
  /** SHA-256 of the public key that the bundle is sealed with. */
  readonly keyId: string;
  /** Bytes of `manifest.json`. */
  readonly manifest: Buffer;
  /** Contents of a JSON file that the journal refers to. @throws BUNDLE_ALTERED */
  readonly read: (ref: EvidenceRef) => unknown;
}

const MAX_BYTES = 256_000_000;

/**
 * Reads an intact bundle. Nothing is written about one that is not: a document must not say in fair print what the
 * evidence no longer shows.
 *
 * @throws BUNDLE_ALTERED when `part11 verify` finds anything, or when a file changes between that and its reading
 */
export function readBundle(folder: string): BundleRecord {
  const { exit, problems, summary, keyId } = verifyBundle(folder);
  if (exit === 2 || !summary || !keyId) {
    const first = problems[0];
    throw altered(folder, `${problems.length} problems, first: ${first?.code} ${first?.path}: ${first?.what}`);
  }
  const read = (ref: EvidenceRef) => parseStrict(bytesOf(folder, ref), ref.path);
  const entries = readJournal(path.join(folder, "journal.jsonl"));
  const commitments = entriesOf(entries, "target").map(({ body }) => read(body.commitments))[0];
  assertSchema("commitments", commitments, "commitments.json");
  const protocols = entriesOf(entries, "protocol-fixed").map(({ body }): Protocol => {
    const protocol = read(body.file);
    assertProtocol(protocol, body.file.path);
    return protocol;
  });
  const record: RunRecord = { summary, protocols, entries, commitments: commitments as Commitments };
  const again = summarize(protocols, entries, record.commitments);
  if (canonicalJson(again) !== canonicalJson(summary)) throw altered(folder, "a file that changed while it was read");
  const manifest = readCapped(path.join(folder, MANIFEST_FILE), { maxBytes: MAX_BYTES });
  if (parseManifest(manifest, MANIFEST_FILE).journalHead !== summary.journalHead)
    throw altered(folder, "a manifest that changed while it was read");
  return { record, keyId, manifest, read };
}

function bytesOf(folder: string, { path: at, sha256 }: EvidenceRef): Buffer {
  const bytes = readCapped(path.join(folder, ...at.split("/")), { maxBytes: MAX_BYTES });
  if (sha256Hex(bytes) !== sha256) throw altered(at, "a file that changed while it was read");
  return bytes;
}

function altered(where: string, got: string): Part11Error {
  return new Part11Error({
    code: "BUNDLE_ALTERED",
    what: "no documents made",
    where,
    expected: "an intact evidence bundle",
    got,
    todo: "see part11 verify, and take the bundle as the run sealed it",
  });
}
