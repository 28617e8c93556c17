// SPDX-License-Identifier: Apache-2.0
import type { BundleFiles, FoundFile } from "../../evidence/bundle-files";
import { BundleNames } from "../../evidence/bundle-names";
import { isBundlePath, MANIFEST_FILE, PUBLIC_KEY_FILE } from "../../evidence/layout";
import { type Verification, verifyFiles } from "../../evidence/verify-files";
import { problem, type VerifyProblem } from "../../evidence/verify-problem";
import { sha256Hex } from "../../json";

/** A file of the folder that was chosen, its path below that folder, with `/` between its parts. */
export interface ChosenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * What `part11 verify` says of the same files, as far as a browser hands them over: it follows symbolic links and leaves
 * empty folders out.
 *
 * @param keyId SHA-256 of the signer's public key, 64 hexadecimal digits, got by another way than the bundle
 */
export function verdictOf(chosen: readonly ChosenFile[], keyId?: string): Verification {
  const found = foundOf(chosen);
  if (!found.files.has(MANIFEST_FILE)) {
    return { exit: 2, problems: [problem("NO_BUNDLE", MANIFEST_FILE, "not in the chosen folder")] };
  }
  const result = verifyFiles(found);
  if (result.exit !== 3 || keyId === undefined) return result;
  if (result.keyId === keyId) return { ...result, exit: 0 };
  const differs = problem("SIGNER_DIFFERS", PUBLIC_KEY_FILE, `expected key ${keyId}, got key ${result.keyId}`);
  return { exit: 1, problems: [differs] };
}

function foundOf(chosen: readonly ChosenFile[]): BundleFiles {
  const names = new BundleNames();
  const met = new Set<string>();
  const files = new Map<string, FoundFile>();
  const problems: VerifyProblem[] = [];
  for (const { path, bytes } of chosen) {
    for (const name of withFolders(path)) {
      if (met.has(name)) continue;
      met.add(name);
      problems.push(...names.problemsOf(name));
    }
    if (withFolders(path).every(isBundlePath)) files.set(path, { bytes: Buffer.from(bytes), sha256: sha256Hex(bytes) });
  }
  return { files, problems };
}

/** `a`, `a/b`, `a/b/c` of `a/b/c`. */
function withFolders(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}
