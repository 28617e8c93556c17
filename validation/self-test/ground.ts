// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ephemeralSealKey, type SealKey } from "../evidence";
import { type BundleFiles, readBundleFiles } from "../evidence/bundle-files";
import { type SampleRun, sampleRun } from "./samples/run";

/** What cases stand on: bundles on disk, made with the real code when the first case asks, below one folder that `remove` takes away. */
export interface Ground {
  readonly key: SealKey;
  /** Folder of a bundle. */
  bundle(name: BundleName): string;
  /** Files of a bundle, as they are read. */
  files(name: BundleName): BundleFiles;
  /** A path that is not taken, on a disk. */
  freshPath(): string;
  remove(): void;
}

/** Another run of the same system, an hour later. */
const LATER = Date.UTC(2026, 10, 21, 9);

/** `elsewhere`: in another account. `failed`: its challenge was not refused. `earlier`: begun before the first had ended. */
const BUNDLES = {
  whole: {},
  retest: { run: "self-test-retest", from: LATER },
  elsewhere: { run: "self-test-elsewhere", from: LATER, account: "444455556666" },
  earlier: { run: "self-test-earlier", from: Date.UTC(2026, 10, 21, 7, 59, 59) },
  failed: { result: (one) => (one.twin ? { ...one, result: "FAIL", reason: "not refused" } : one) },
  "on-aws": { run: "self-test-on-aws", kind: "aws" },
  provisional: { run: "self-test-provisional", kind: "aws", approved: false },
  gap: { result: (one) => (one.twin ? undefined : one) },
} as const satisfies Readonly<Record<string, Omit<SampleRun, "key">>>;

export type BundleName = keyof typeof BUNDLES;

/** Lays the ground in the system's folder for temporary files. */
export function layGround(): Ground {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "part11-self-test-"));
  const key = ephemeralSealKey();
  const made = new Set<BundleName>();
  const bundle = (name: BundleName) => {
    const folder = path.join(root, name);
    if (!made.has(name)) sampleRun(folder, { key, ...BUNDLES[name] });
    made.add(name);
    return folder;
  };
  let taken = 0;
  return {
    key,
    bundle,
    files: (name) => readBundleFiles(bundle(name)),
    freshPath: () => path.join(root, `path-${++taken}`),
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}
