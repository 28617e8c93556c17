// SPDX-License-Identifier: Apache-2.0
import type { BundleFiles } from "./bundle-files";

export type VerifyCode =
  | "NO_BUNDLE"
  | "ARCHIVE_REFUSED"
  | "CHAIN_BROKEN"
  | "PATH_REFUSED"
  | "NOT_A_FILE"
  | "CASE_COLLISION"
  | "TOO_LARGE"
  | "MANIFEST_BROKEN"
  | "SEAL_BROKEN"
  | "PUBLIC_KEY_BROKEN"
  | "SIGNER_DIFFERS"
  | "TIME_STAMP_BROKEN"
  | "TIME_STAMP_MISSING"
  | "TIME_STAMP_REFUSED"
  | "FILE_MISSING"
  | "FILE_EXTRA"
  | "FILE_ALTERED"
  | "FILE_UNREFERENCED"
  | "JOURNAL_BROKEN"
  | "PROTOCOL_ALTERED"
  | "EVIDENCE_DIFFERS"
  | "DECISIONS_DIFFER"
  | "APPROVAL_DIFFERS"
  | "CONCLUSION_DIFFERS"
  | "REPORT_DIFFERS";

export interface VerifyProblem {
  readonly code: VerifyCode;
  /** File below the bundle. */
  readonly path: string;
  readonly what: string;
}

/** Bytes of a file of the bundle. Throws when it is not there. */
export function bytesOf(found: BundleFiles, at: string): Buffer {
  const file = found.files.get(at);
  if (!file) throw new Error("not there as a regular file");
  return file.bytes;
}

/** Result of a check, or undefined with its failure noted. */
export function attempt<T>(problems: VerifyProblem[], code: VerifyCode, at: string, check: () => T): T | undefined {
  try {
    return check();
  } catch (error) {
    problems.push(problem(code, at, (error as Error).message));
    return undefined;
  }
}

export function problem(code: VerifyCode, at: string, what: string): VerifyProblem {
  return { code, path: at, what };
}
