// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { readBundleArchive } from "./bundle-archive";
import { readBundleFiles } from "./bundle-files";
import { MANIFEST_FILE } from "./layout";
import { type Verification, verifyFiles } from "./verify-files";
import { problem } from "./verify-problem";

/**
 * Holds a bundle against its manifest, seal, journal, protocols, conclusion and report, with no network and nothing
 * but the folder and the auditor's key.
 *
 * @param signer public key that the auditor got by another way than the bundle
 */
export function verifyBundle(folder: string, signer?: KeyObject): Verification {
  if (!holdsManifest(folder)) {
    return { exit: 2, problems: [problem("NO_BUNDLE", folder, `no such folder, or no ${MANIFEST_FILE} in it`)] };
  }
  return verifyFiles(readBundleFiles(folder), signer);
}

/**
 * The same of a ZIP archive of a bundle, which is read in memory and never unpacked.
 *
 * @param signer public key that the auditor got by another way than the bundle
 */
export async function verifyArchive(file: string, signer?: KeyObject): Promise<Verification> {
  if (!fs.existsSync(file)) return { exit: 2, problems: [problem("NO_BUNDLE", file, "no such archive")] };
  const found = await readBundleArchive(file);
  if (found.problems.length > 0) return { exit: 1, problems: found.problems };
  if (found.files.has(MANIFEST_FILE)) return verifyFiles(found, signer);
  return { exit: 2, problems: [problem("NO_BUNDLE", file, `no ${MANIFEST_FILE} in it`)] };
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
