// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";

/** Names that every bundle has at its root. */
export const MANIFEST_FILE = "manifest.json";
export const SEAL_FILE = "seal.json";
export const PUBLIC_KEY_FILE = "seal.pub.pem";
/** Answer of a time-stamp authority over the seal; put there later, if at all. */
export const TIME_STAMP_FILE = "seal.tsr";
export const JOURNAL_FILE = "journal.jsonl";
export const COMMITMENTS_FILE = "commitments.json";
export const SUMMARY_FILE = "summary.json";
export const REPORT_FILE = "report.html";
export const PROTOCOL_FOLDER = "protocols";

/** Files that the manifest cannot list: itself and what is made over it. */
export const OUTSIDE_MANIFEST: readonly string[] = [MANIFEST_FILE, SEAL_FILE, PUBLIC_KEY_FILE, TIME_STAMP_FILE];

/** Files that bundles have and no journal entry needs to name. */
export const OWN_FILES: readonly string[] = [JOURNAL_FILE, SUMMARY_FILE, REPORT_FILE, ...OUTSIDE_MANIFEST];

const PATH = /^[A-Za-z0-9_][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/;
const MAX_PATH = 512;
/** Device names of Windows, with or without an extension, and names that it would cut: learn.microsoft.com, Naming Files, Paths, and Namespaces. */
const WINDOWS_NAME = /(?:^|\/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.[^/]*)?(?:\/|$)|\.(?:\/|$)/i;

/** True for a path that names the same file on every system and never leaves the bundle. */
export function isBundlePath(path: string): boolean {
  return path.length <= MAX_PATH && PATH.test(path) && !WINDOWS_NAME.test(path);
}

/** Accepts a path fit for a bundle. @throws BUNDLE_PATH */
export function assertBundlePath(path: string): void {
  if (isBundlePath(path)) return;
  throw new Part11Error({
    code: "BUNDLE_PATH",
    what: "evidence path refused",
    where: JSON.stringify(path),
    expected: "parts of letters, digits, `.`, `_` and `-`, joined by `/`, none of them a device name",
    got: "something else",
    todo: "name the file by ids, never by a resource address",
  });
}
