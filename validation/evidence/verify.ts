// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { type BundleFiles, readBundleFiles } from "./bundle-files";
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
  return readAndVerify(folder, signer).result;
}

/** As `verifyBundle`, with the bytes that were looked at. */
export function readAndVerify(
  folder: string,
  signer?: KeyObject,
): { readonly result: Verification; readonly found?: BundleFiles } {
  if (!holdsManifest(folder)) {
    const what = `no such folder, or no ${MANIFEST_FILE} in it`;
    return { result: { exit: 2, problems: [problem("NO_BUNDLE", folder, what)] } };
  }
  const found = readBundleFiles(folder);
  return { result: verifyFiles(found, signer), found };
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
