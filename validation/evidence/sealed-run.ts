// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import { Part11Error } from "../error";
import { parseStrict } from "../json";
import { type BundleFiles, readBundleFiles } from "./bundle-files";
import type { Commitments } from "./commitments";
import type { EvidenceRef, JournalEntry } from "./entries";
import { COMMITMENTS_FILE, MANIFEST_FILE } from "./layout";
import type { Protocol } from "./protocol";
import type { RunRecord, Summary } from "./summary";
import { holdsManifest } from "./verify";
import { verifyFiles } from "./verify-files";
import { bytesOf } from "./verify-problem";

/** An intact bundle, as matrix and documents are made from it. */
export interface SealedRun {
  readonly record: RunRecord;
  /** SHA-256 of the public key of the seal. */
  readonly keyId: string;
  /** Whether that is the key that the auditor gave. */
  readonly isPinned: boolean;
  /** Bytes of `manifest.json`. */
  readonly manifest: Buffer;
  /** Contents of a JSON file that the journal refers to. */
  readonly read: (ref: EvidenceRef) => unknown;
}

/** The files of an intact bundle, with what their verification found. */
export interface IntactFiles {
  readonly found: BundleFiles;
  readonly summary: Summary;
  readonly entries: readonly JournalEntry[];
  readonly protocols: readonly Protocol[];
  /** SHA-256 of the public key of the seal. */
  readonly keyId: string;
}

/**
 * Reads a bundle once: what is given out are the bytes that were verified, whatever becomes of the folder meanwhile.
 *
 * @param signer public key that the auditor got by another way than the bundle
 * @throws FILE_NOT_FOUND where there is no bundle, BUNDLE_ALTERED when `part11 verify` finds anything
 */
export function readIntactFiles(folder: string, signer?: KeyObject): IntactFiles {
  if (!holdsManifest(folder))
    throw refused("FILE_NOT_FOUND", folder, "the folder of a bundle", `no folder with ${MANIFEST_FILE} in it`);
  const found = readBundleFiles(folder);
  const { problems, summary, entries, protocols, keyId } = verifyFiles(found, signer);
  if (summary && entries && protocols && keyId) return { found, summary, entries, protocols, keyId };
  const { code, path, what } = problems[0]!;
  const first = `${problems.length} problems, first: ${code} ${path}: ${what}`;
  throw refused("BUNDLE_ALTERED", folder, "an intact bundle", first);
}

/**
 * An intact bundle as a run. Nothing is given of one that is not: a document must not say in fair print what the evidence no
 * longer shows.
 *
 * @param signer public key that the auditor got by another way than the bundle
 * @throws FILE_NOT_FOUND where there is no bundle, BUNDLE_ALTERED when `part11 verify` finds anything
 */
export function readSealedRun(folder: string, signer?: KeyObject): SealedRun {
  const { found, summary, entries, protocols, keyId } = readIntactFiles(folder, signer);
  const parsed = (at: string) => parseStrict(bytesOf(found, at), at);
  return {
    record: { summary, entries, protocols, commitments: parsed(COMMITMENTS_FILE) as Commitments },
    keyId,
    isPinned: signer !== undefined,
    manifest: bytesOf(found, MANIFEST_FILE),
    read: (ref) => parsed(ref.path),
  };
}

function refused(code: "FILE_NOT_FOUND" | "BUNDLE_ALTERED", where: string, expected: string, got: string): Part11Error {
  const todo = "take the bundle as part11 qualify sealed it; part11 verify names every problem";
  return new Part11Error({ code, what: "bundle not read", where, expected, got, todo });
}
