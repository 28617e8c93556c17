// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { readBundleArchive } from "./bundle-archive";
import { type BundleFiles, readBundleFiles } from "./bundle-files";
import { MANIFEST_FILE } from "./layout";
import { type Verification, verifyFiles } from "./verify-files";
import { problem } from "./verify-problem";

/** What a verification found, and the bytes that it looked at; none where there is no bundle. */
export interface VerifiedFiles {
  readonly result: Verification;
  readonly found?: BundleFiles;
}

/**
 * Holds a bundle against its manifest, seal, journal, protocols, conclusion and report, with no network and nothing
 * but the folder and the auditor's key.
 *
 * @param signer public key that the auditor got by another way than the bundle
 */
export function verifyBundle(folder: string, signer?: KeyObject): Verification {
  return readAndVerify(folder, signer).result;
}

/** As `verifyBundle`, with the bytes that were looked at. */
export function readAndVerify(folder: string, signer?: KeyObject): VerifiedFiles {
  if (!holdsManifest(folder)) {
    const what = `no such folder, or no ${MANIFEST_FILE} in it`;
    return { result: { exit: 2, problems: [problem("NO_BUNDLE", folder, what)] } };
  }
  const found = readBundleFiles(folder);
  return { result: verifyFiles(found, signer), found };
}

/**
 * The same of a ZIP archive of a bundle, which is read in memory and never unpacked.
 *
 * @param signer public key that the auditor got by another way than the bundle
 */
export async function readArchiveAndVerify(file: string, signer?: KeyObject): Promise<VerifiedFiles> {
  const none = (what: string) => ({ result: { exit: 2, problems: [problem("NO_BUNDLE", file, what)] } }) as const;
  if (!fs.existsSync(file)) return none("no such archive");
  const found = await readBundleArchive(file);
  if (found.problems.length > 0) return { result: { exit: 1, problems: found.problems } };
  return found.files.has(MANIFEST_FILE)
    ? { result: verifyFiles(found, signer), found }
    : none(`no ${MANIFEST_FILE} in it`);
}

/** Whether a folder claims to be a bundle. */
export function holdsManifest(folder: string): boolean {
  try {
    // lstat: a manifest that is a dangling link is there, and broken.
    return fs.statSync(folder).isDirectory() && fs.lstatSync(path.join(folder, MANIFEST_FILE)) !== undefined;
  } catch {
    return false;
  }
}
