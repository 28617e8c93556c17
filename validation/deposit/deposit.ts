// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import { Part11Error } from "../error";
import { type BundleFiles, readIntactFiles } from "../evidence";
import { sha256Hex } from "../json";
import type { Archive, KeptVersion } from "./archive";
import { assertFits, type Standing, standingOf } from "./fit";
import { endOf, type Period } from "./period";

export interface DepositRequest {
  /** Folder of the bundle. */
  readonly folder: string;
  readonly bucket: string;
  /** Least time, from the end of the run, that every version must be locked for: the longest of the records that the evidence supports. */
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

/** Put last, so that a deposit that broke off is no bundle; what it left is taken up again. */
const LAST = "manifest.json";

/**
 * Puts an intact bundle into a bucket and reads every version back: what lies there are the bytes that were verified.
 *
 * @throws BUNDLE_ALTERED, FILE_NOT_FOUND; DEPOSIT_REFUSED where the bucket does not fit or holds this bundle whole;
 * DEPOSIT_DIFFERS where what was read back is not what was put, or not locked for as long as asked
 */
export async function deposit(request: DepositRequest, archive: Archive, now: () => Date): Promise<Deposit> {
  const { folder, bucket, keep, signer } = request;
  const { found, summary, keyId } = readIntactFiles(folder, signer);
  const started = now();
  const standing = standingOf(summary);
  assertFits(bucket, await archive.facts(bucket), standing, keep, started);
  const prefix = `bundles/${summary.bundle}/`;
  if ((await archive.newest(bucket, prefix + LAST)) !== undefined) throw deposited(bucket, prefix + LAST);
  const depositedBy = await archive.caller();
  const put = await putAll(found, bucket, prefix, archive);
  const kept = new Map<string, KeptVersion>();
  await inTurns(put, async ([path, versionId]) => {
    kept.set(path, await archive.read(bucket, prefix + path, versionId));
  });
  assertSame(found, kept, `${bucket}/${prefix}`);
  if (standing === "qualification")
    assertLocked(kept, endOf(new Date(summary.finishedAt), keep), `${bucket}/${prefix}`);
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
    const key = prefix + path;
    const versionId = (await archive.put(bucket, key, files.get(path)!.bytes)) ?? (await archive.newest(bucket, key));
    if (versionId === undefined) throw differs(`${bucket}/${key}`, "the object that the put was refused for", "none");
    put.push([path, versionId]);
  };
  await inTurns(
    [...files.keys()].filter((path) => path !== LAST),
    one,
  );
  await one(LAST);
  return put;
}

async function inTurns<T>(all: readonly T[], one: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) await Promise.all(all.slice(at, at + AT_ONCE).map(one));
}

function assertSame({ files }: BundleFiles, kept: ReadonlyMap<string, KeptVersion>, where: string): void {
  for (const [path, { sha256 }] of files) {
    const got = sha256Hex(kept.get(path)!.bytes);
    if (got !== sha256) throw differs(where + path, `SHA-256 ${sha256}`, got);
  }
}

function assertLocked(kept: ReadonlyMap<string, KeptVersion>, until: Date, where: string): void {
  for (const [path, { mode, retainUntil }] of kept) {
    if (mode === "COMPLIANCE" && retainUntil !== undefined && retainUntil >= until) continue;
    const got = mode ? `${mode} until ${retainUntil?.toISOString() ?? "no date"}` : "no lock";
    throw differs(where + path, `COMPLIANCE until ${until.toISOString()} at least`, got);
  }
}

function fileOf(path: string, versionId: string, { bytes, mode, retainUntil }: KeptVersion): DepositedFile {
  const until = retainUntil?.toISOString() ?? null;
  return { path, versionId, sha256: sha256Hex(bytes), mode: mode ?? null, retainUntil: until };
}

function deposited(bucket: string, key: string): Part11Error {
  return new Part11Error({
    code: "DEPOSIT_REFUSED",
    what: "nothing deposited",
    where: `${bucket}/${key}`,
    expected: "no manifest of this bundle",
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
