// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ephemeralSealKey, type SealKey } from "../evidence";
import { type BundleFiles, readBundleFiles } from "../evidence/bundle-files";
import { sampleRun } from "./samples/run";

/** Another run of the same system, an hour later. */
const LATER = Date.UTC(2026, 10, 21, 9);

/** What cases stand on: bundles on disk, made with the real code, below one folder that `remove` takes away. */
export interface Ground {
  readonly key: SealKey;
  readonly bundles: Readonly<Record<BundleName, string>>;
  /** Files of a bundle, read once. */
  files(name: BundleName): BundleFiles;
  /** A path that is not taken, on a disk. */
  freshPath(): string;
  remove(): void;
}

/** `elsewhere`: in another account. `failed`: its challenge was not refused. `earlier`: begun before the first had ended. */
export type BundleName = "whole" | "retest" | "elsewhere" | "failed" | "gap" | "earlier";

/** Lays the ground in the system's folder for temporary files. */
export function layGround(): Ground {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "part11-self-test-"));
  const key = ephemeralSealKey();
  const at = (name: BundleName) => path.join(root, name);
  sampleRun(at("whole"), { key });
  sampleRun(at("retest"), { key, run: "self-test-retest", from: LATER });
  sampleRun(at("elsewhere"), { key, run: "self-test-elsewhere", from: LATER, account: "444455556666" });
  sampleRun(at("earlier"), { key, run: "self-test-earlier", from: Date.UTC(2026, 10, 21, 7, 59, 59) });
  sampleRun(at("failed"), {
    key,
    result: (one) => (one.twin ? { ...one, result: "FAIL", reason: "not refused" } : one),
  });
  sampleRun(at("gap"), { key, result: (one) => (one.twin ? undefined : one) });
  const names: readonly BundleName[] = ["whole", "retest", "elsewhere", "failed", "gap", "earlier"];
  let taken = 0;
  return {
    key,
    bundles: Object.fromEntries(names.map((name) => [name, at(name)])) as Record<BundleName, string>,
    files: (name) => readBundleFiles(at(name)),
    freshPath: () => path.join(root, `path-${++taken}`),
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}
