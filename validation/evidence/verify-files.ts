// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import { readTimeStamp } from "../time-stamp/time-stamp";
import type { BundleFiles } from "./bundle-files";
import type { JournalEntry } from "./entries";
import { isBundlePath, MANIFEST_FILE, OUTSIDE_MANIFEST, PUBLIC_KEY_FILE, SEAL_FILE, TIME_STAMP_FILE } from "./layout";
import { type Manifest, manifestBytes, parseManifest } from "./manifest";
import type { Protocol } from "./protocol";
import { sealProblems } from "./seal";
import { keyId, publicKeyFromPem, publicKeyPem } from "./seal-key";
import type { Summary } from "./summary";
import { checkApprovalFiles } from "./verify-approvals";
import { attempt, bytesOf, problem, type VerifyProblem } from "./verify-problem";
import {
  checkConclusion,
  checkEvidence,
  checkJournal,
  checkOrigin,
  checkProtocols,
  checkReport,
} from "./verify-record";

/** 0 intact and sealed by the given key; 1 not intact; 2 no bundle there; 3 intact, and nobody said whose key to expect. */
export type VerifyExit = 0 | 1 | 2 | 3;

export interface Verification {
  readonly exit: VerifyExit;
  readonly problems: readonly VerifyProblem[];
  /** Of an intact bundle only, as the three below. */
  readonly summary?: Summary;
  readonly entries?: readonly JournalEntry[];
  readonly protocols?: readonly Protocol[];
  /** SHA-256 of the public key. */
  readonly keyId?: string;
  /** Of an intact bundle that has one. */
  readonly timeStamp?: StampedTime;
}

/** When an authority says to have seen the seal. */
export interface StampedTime {
  /** ISO 8601 in UTC. */
  readonly time: string;
  /** Subject of the certificate that signed, below an authority that the auditor gave; null where nobody gave one: nothing was checked then but that it is over this seal. */
  readonly authority: string | null;
}

/** Holds the files of a bundle, as they were read, against manifest, seal, journal, protocols, conclusion and report. */
export function verifyFiles(found: BundleFiles, signer?: KeyObject): Verification {
  const problems = [...found.problems];
  const manifest = checkManifest(found, problems);
  if (!manifest) return { exit: 1, problems };
  const sealer = checkSeal(found, signer, problems);
  const time = checkTimeStamp(found, problems);
  checkFiles(found, manifest, problems);
  const entries = checkJournal(found, manifest, problems);
  const protocols = entries && checkProtocols(found, entries, problems);
  if (entries) checkEvidence(found, entries, problems);
  if (entries) checkApprovalFiles(found, entries, problems);
  if (entries) checkOrigin(found, entries, problems);
  const summary = entries && protocols && checkConclusion(found, manifest, entries, protocols, problems);
  if (summary) checkReport(found, summary, problems);
  if (problems.length > 0 || !summary || !sealer) return { exit: 1, problems };
  const timeStamp = time === undefined ? {} : { timeStamp: { time, authority: null } };
  return { exit: signer ? 0 : 3, problems, summary, entries, protocols, keyId: keyId(sealer), ...timeStamp };
}

function checkManifest(found: BundleFiles, problems: VerifyProblem[]): Manifest | undefined {
  return attempt(problems, "MANIFEST_BROKEN", MANIFEST_FILE, () => {
    const bytes = bytesOf(found, MANIFEST_FILE);
    const manifest = parseManifest(bytes, MANIFEST_FILE);
    if (!manifestBytes(manifest).equals(bytes)) throw new Error("not canonical, or files not sorted");
    const paths = manifest.files.map((file) => file.path);
    if (new Set(paths).size !== paths.length) throw new Error("a path stands twice");
    for (const listed of paths) {
      if (!isBundlePath(listed) || OUTSIDE_MANIFEST.includes(listed))
        throw new Error(`lists ${JSON.stringify(listed)}`);
    }
    return manifest;
  });
}

function checkSeal(
  found: BundleFiles,
  signer: KeyObject | undefined,
  problems: VerifyProblem[],
): KeyObject | undefined {
  const shipped = attempt(problems, "PUBLIC_KEY_BROKEN", PUBLIC_KEY_FILE, () => {
    const pem = bytesOf(found, PUBLIC_KEY_FILE);
    const key = publicKeyFromPem(pem, PUBLIC_KEY_FILE);
    if (!pem.equals(Buffer.from(publicKeyPem(key)))) throw new Error("not the plain PEM text of its key");
    return key;
  });
  const sealer = signer ?? shipped;
  if (!sealer) return undefined;
  if (signer && shipped && keyId(signer) !== keyId(shipped)) {
    problems.push(
      problem("SIGNER_DIFFERS", PUBLIC_KEY_FILE, `expected key ${keyId(signer)}, got key ${keyId(shipped)}`),
    );
  }
  attempt(problems, "SEAL_BROKEN", SEAL_FILE, () => {
    const faults = sealProblems(bytesOf(found, SEAL_FILE), bytesOf(found, MANIFEST_FILE), sealer);
    for (const what of faults) problems.push(problem("SEAL_BROKEN", SEAL_FILE, what));
  });
  return sealer;
}

/** The time that is told of this seal, by an answer that grants it. */
function checkTimeStamp(found: BundleFiles, problems: VerifyProblem[]): string | undefined {
  const answer = found.files.get(TIME_STAMP_FILE);
  if (!answer) return undefined;
  return attempt(
    problems,
    "TIME_STAMP_BROKEN",
    TIME_STAMP_FILE,
    () => readTimeStamp(answer.bytes, bytesOf(found, SEAL_FILE)).time,
  );
}

function checkFiles(found: BundleFiles, manifest: Manifest, problems: VerifyProblem[]): void {
  const listed = new Set(manifest.files.map((file) => file.path));
  for (const { path: at, sha256, size } of manifest.files) {
    const file = found.files.get(at);
    if (!file) problems.push(problem("FILE_MISSING", at, "listed and not there"));
    else if (file.sha256 !== sha256 || file.bytes.length !== size) {
      problems.push(problem("FILE_ALTERED", at, `expected SHA-256 ${sha256}, got ${file.sha256}`));
    }
  }
  for (const at of found.files.keys()) {
    if (!listed.has(at) && !OUTSIDE_MANIFEST.includes(at))
      problems.push(problem("FILE_EXTRA", at, "there and not listed"));
  }
}
