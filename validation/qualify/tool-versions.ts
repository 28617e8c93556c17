// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { EntryBodies } from "../evidence";
import { readLock } from "../facts";
import type { Policy } from "../gate";
import { readJsonFile } from "../json";
import { packageRoot } from "../package-root";
import { type PlanArtifacts, sha256File } from "../plan";
import type { Emulator } from "../target/emulator";
import { pythonVersion, type Terraform, type ToolContext, type Venv } from "../toolchain";
import { codeDigest } from "./code-digest";

/** What must be measured to name a tool; takes a moment, so it is done beside other work. */
export interface MeasuredTools {
  /** SHA-256 of the Terraform binary. */
  readonly terraformSha256: string;
  /** Of the interpreter that the emulator runs on. */
  readonly pythonVersion: string;
  /** SHA-256 of the hash-locked requirements file. */
  readonly requirementsSha256: string;
  /** `codeDigest` of this package. */
  readonly codeSha256: string;
}

export async function measureTools(terraform: Terraform, venv: Venv, context: ToolContext): Promise<MeasuredTools> {
  const [terraformSha256, version] = await Promise.all([
    sha256File(terraform.path),
    pythonVersion(venv.python, context),
  ]);
  const { requirementsSha256 } = venv;
  return { terraformSha256, pythonVersion: version ?? "unknown", requirementsSha256, codeSha256: codeDigest() };
}

/** Name and version of everything that has a part in the evidence. */
export function toolVersions(
  terraform: Terraform,
  measured: MeasuredTools,
  policy: Policy,
  emulator: Emulator,
  plan: PlanArtifacts,
): EntryBodies["tool-versions"] {
  const version = ownVersion();
  return {
    tools: [
      { name: "cdktf-part11 (digest of its code)", version, sha256: measured.codeSha256 },
      { name: "node", version: process.versions.node },
      { name: "terraform", version: terraform.version, sha256: measured.terraformSha256 },
      ...providersOf(plan),
      { name: "opa (compiled the policies)", version: policy.sidecar.opaVersion },
      { name: "part11.wasm", version, sha256: policy.sidecar.wasmDigest },
      { name: "python (runs the emulator)", version: measured.pythonVersion },
      { name: "requirements.txt (python packages, locked by hash)", version, sha256: measured.requirementsSha256 },
      { name: "ministack", version: emulator.ministackVersion },
      { name: "emulator patches", version, sha256: emulator.patchesDigest },
      { name: `${os.type()} ${os.arch()}`, version: os.release() },
    ],
  };
}

/** As `toolVersions`, of a run without emulator that takes a plan which somebody made before. */
export function readingToolVersions(
  policy: Policy,
  plan: Pick<PlanArtifacts, "out"> & { readonly terraformVersion: string },
): EntryBodies["tool-versions"] {
  const version = ownVersion();
  return {
    tools: [
      { name: "cdktf-part11 (digest of its code)", version, sha256: codeDigest() },
      { name: "node", version: process.versions.node },
      { name: "terraform", version: plan.terraformVersion },
      ...providersOf(plan),
      { name: "opa (compiled the policies)", version: policy.sidecar.opaVersion },
      { name: "part11.wasm", version, sha256: policy.sidecar.wasmDigest },
      { name: `${os.type()} ${os.arch()}`, version: os.release() },
    ],
  };
}

function ownVersion(): string {
  const file = path.join(packageRoot(), "package.json");
  return (readJsonFile(file, { maxBytes: 1_000_000 }) as { version: string }).version;
}

/** Providers as the plan's lock file pins them. */
function providersOf({ out }: Pick<PlanArtifacts, "out">): EntryBodies["tool-versions"]["tools"] {
  const lock = path.join(out, ".terraform.lock.hcl");
  const pinned = Object.entries(readLock(fs.readFileSync(lock, "utf8"), lock));
  return pinned.map(([name, { version }]) => ({ name, version }));
}

/** Revision of the user's project, null where it is not under git. */
export function sourceRevision(cwd: string): EntryBodies["run-started"]["source"] {
  try {
    const git = (...args: string[]) =>
      execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    return { commit: git("rev-parse", "HEAD"), dirty: git("status", "--porcelain") !== "" };
  } catch {
    return { commit: null, dirty: null };
  }
}
