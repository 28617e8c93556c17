// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import { Part11Error } from "../error";
import { type BundleFiles, readIntactFiles, verifyFiles } from "../evidence";
import { sha256Hex } from "../json";
import type { Archive, KeptVersion } from "./archive";
import { assertFits, type Standing, standingOf } from "./fit";
import { endOf, type Period } from "./period";

export interface DepositRequest {
  /** Folder of the bundle. */
  readonly folder: string;
  readonly bucket: string;
  /** Least time that every version must be locked for: the longest of the records that the evidence supports. */
  readonly keep: Period;
  /** Public key that came from the signer by another way than the bundle. @default - the signer is not pinned */
  readonly signer?: KeyObject;
}

/** One file of the bundle, as it lies in the bucket. */
export interface DepositedFile {
  readonly path: string;
  readonly versionId: string;
  readonly sha256: string;
  readonly mode: string | null;
  readonly retainUntil: string | null;
}

/** What was put where, read back and found to be the bundle. */
export interface Deposit {
  readonly schemaVersion: 1;
  readonly bundle: string;
  readonly standing: Standing;
  readonly bucket: string;
  /** Begins every key; behind it stands the path below the bundle. */
  readonly prefix: string;
  readonly depositedBy: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** SHA-256 of the public key of the seal. */
  readonly keyId: string;
  readonly isPinned: boolean;
  readonly files: readonly DepositedFile[];
}

/** Files at once: each is a request of its own. */
const AT_ONCE = 8;

/**
 * Puts an intact bundle into a bucket, reads every version back, and verifies what was read as `part11 verify` does. The
 * manifest and what is made over it come last, so that a deposit that broke off is no bundle.
 *
 * @throws BUNDLE_ALTERED, FILE_NOT_FOUND; DEPOSIT_REFUSED where the bucket does not fit or holds this bundle already;
 * DEPOSIT_DIFFERS where what was read back is not what was put, or not locked for as long as asked
 */
export async function deposit(request: DepositRequest, archive: Archive, now: () => Date): Promise<Deposit> {
  const { folder, bucket, keep, signer } = request;
  const { found, summary, keyId } = readIntactFiles(folder, signer);
  const started = now();
  const standing = standingOf(summary);
  assertFits(bucket, await archive.facts(bucket), standing, keep, started);
  const prefix = `bundles/${summary.bundle}/`;
  const depositedBy = await archive.caller();
  const put = await putAll(found, bucket, prefix, archive);
  const kept = new Map<string, KeptVersion>();
  await inTurns(put, async ([path, versionId]) => {
    kept.set(path, await archive.read(bucket, prefix + path, versionId));
  });
  assertSame(found, kept, request, prefix);
  if (standing === "qualification") assertLocked(kept, endOf(started, keep), bucket, prefix);
  const files = put.map(([path, versionId]) => fileOf(path, versionId, kept.get(path)!));
  return {
    schemaVersion: 1,
    bundle: summary.bundle,
    standing,
    bucket,
    prefix,
    depositedBy,
    startedAt: started.toISOString(),
    finishedAt: now().toISOString(),
    keyId,
    isPinned: signer !== undefined,
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

type Put = readonly [path: string, versionId: string];

async function putAll({ files }: BundleFiles, bucket: string, prefix: string, archive: Archive): Promise<Put[]> {
  const put: Put[] = [];
  const one = async (path: string) => {
    const versionId = await archive.put(bucket, prefix + path, files.get(path)!.bytes);
    if (versionId === undefined) throw taken(bucket, prefix + path);
    put.push([path, versionId]);
  };
  const paths = [...files.keys()];
  const [below, root] = [paths.filter((path) => path.includes("/")), paths.filter((path) => !path.includes("/"))];
  await inTurns(below, one);
  for (const path of root.sort((a, b) => last(a) - last(b))) await one(path);
  return put;
}

/** The journal first among the files at the root, the manifest last. */
function last(path: string): number {
  return path === "manifest.json" ? 1 : 0;
}

async function inTurns<T>(all: readonly T[], one: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) await Promise.all(all.slice(at, at + AT_ONCE).map(one));
}

function assertSame(
  found: BundleFiles,
  kept: ReadonlyMap<string, KeptVersion>,
  { bucket, signer }: DepositRequest,
  prefix: string,
): void {
  for (const [path, { sha256 }] of found.files) {
    const got = sha256Hex(kept.get(path)?.bytes ?? Buffer.alloc(0));
    if (got !== sha256) throw differs(`${bucket}/${prefix}${path}`, `SHA-256 ${sha256}`, got);
  }
  const files = new Map([...kept].map(([path, { bytes }]) => [path, { bytes, sha256: sha256Hex(bytes) }]));
  const [first] = verifyFiles({ files, problems: [] }, signer).problems;
  if (first) throw differs(`${bucket}/${prefix}${first.path}`, "an intact bundle", `${first.code}: ${first.what}`);
}

function assertLocked(kept: ReadonlyMap<string, KeptVersion>, until: Date, bucket: string, prefix: string): void {
  for (const [path, { mode, retainUntil }] of kept) {
    if (mode === "COMPLIANCE" && retainUntil !== undefined && retainUntil >= until) continue;
    const got = mode ? `${mode} until ${retainUntil?.toISOString() ?? "no date"}` : "no lock";
    throw differs(`${bucket}/${prefix}${path}`, `COMPLIANCE until ${until.toISOString()} at least`, got);
  }
}

function fileOf(path: string, versionId: string, { bytes, mode, retainUntil }: KeptVersion): DepositedFile {
  const until = retainUntil?.toISOString() ?? null;
  return { path, versionId, sha256: sha256Hex(bytes), mode: mode ?? null, retainUntil: until };
}

function taken(bucket: string, key: string): Part11Error {
  return new Part11Error({
    code: "DEPOSIT_REFUSED",
    what: "deposit broken off",
    where: `${bucket}/${key}`,
    expected: "no object of this bundle",
    got: "one that is there already",
    todo: "prove the bundle that lies there; a bundle is deposited once",
  });
}

function differs(where: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "DEPOSIT_DIFFERS",
    what: "what was read back is not what was deposited",
    where,
    expected,
    got,
    todo: "keep the bundle where it is and find out who else writes to the bucket",
  });
}
