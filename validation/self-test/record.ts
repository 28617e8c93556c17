// SPDX-License-Identifier: Apache-2.0
import * as os from "node:os";
import * as path from "node:path";
import { loadSidecar } from "../gate";
import { readJsonFile, sha256Hex } from "../json";
import { packageRoot } from "../package-root";
import { codeDigest } from "../qualify/code-digest";
import type { CaseResult } from "./case";
import { policyFiles } from "./samples/judge";

/** What was tried: with the same digests the record speaks of the same tool. */
export interface TriedTool {
  readonly name: string;
  readonly version: string;
  /** `codeDigest` of the package that ran; null of a tool that is no version and no file. */
  readonly sha256: string | null;
}

/** `validation/schema/self-test.schema.json`. */
export interface SelfTestRecord {
  readonly schemaVersion: 1;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly tools: readonly TriedTool[];
  /** In the order in which they ran. */
  readonly cases: readonly CaseResult[];
  /** cases = good + faults; `notAsExpected` of both together. */
  readonly totals: {
    readonly cases: number;
    readonly good: number;
    readonly faults: number;
    readonly notAsExpected: number;
  };
  /** `pass`: every input in order was taken as such, and every fault was noticed for what it is. */
  readonly verdict: "pass" | "fail";
}

export function recordOf(cases: readonly CaseResult[], startedAt: Date, finishedAt: Date): SelfTestRecord {
  const notAsExpected = cases.filter(({ asExpected }) => !asExpected).length;
  const good = cases.filter(({ kind }) => kind === "good").length;
  return {
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    tools: triedTools(),
    cases,
    totals: { cases: cases.length, good, faults: cases.length - good, notAsExpected },
    // A self-test without cases has tried nothing.
    verdict: cases.length > 0 && notAsExpected === 0 ? "pass" : "fail",
  };
}

function triedTools(): readonly TriedTool[] {
  const manifest = readJsonFile(path.join(packageRoot(), "package.json"), { maxBytes: 1_000_000 });
  const { version } = manifest as { version: string };
  const { sidecar, digest } = loadSidecar();
  return [
    { name: "cdktf-part11 (digest of its code)", version, sha256: codeDigest() },
    { name: "part11.wasm", version, sha256: sha256Hex(policyFiles().wasm) },
    { name: "part11.json (list of the controls)", version, sha256: digest },
    { name: "opa (compiled the policies)", version: sidecar.opaVersion, sha256: null },
    { name: "node", version: process.versions.node, sha256: null },
    { name: `${os.type()} ${os.arch()}`, version: os.release(), sha256: null },
  ];
}
