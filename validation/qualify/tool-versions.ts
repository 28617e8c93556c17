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
import type { PlanArtifacts } from "../plan";
import type { Emulator } from "../target/emulator";
import type { Terraform } from "../toolchain";

/** Name and version of everything that has a part in the evidence. */
export function toolVersions(
  terraform: Terraform,
  policy: Policy,
  emulator: Emulator,
  plan: PlanArtifacts,
): EntryBodies["tool-versions"] {
  const { version } = readJsonFile(path.join(packageRoot(), "package.json"), { maxBytes: 1_000_000 }) as {
    version: string;
  };
  const lock = path.join(plan.out, ".terraform.lock.hcl");
  const providers = Object.entries(readLock(fs.readFileSync(lock, "utf8"), lock));
  return {
    tools: [
      { name: "cdktf-part11", version },
      { name: "node", version: process.versions.node },
      { name: "terraform", version: terraform.version },
      ...providers.map(([name, { version: pinned }]) => ({ name, version: pinned })),
      { name: "opa (compiled the policies)", version: policy.sidecar.opaVersion },
      { name: "part11.wasm", version, sha256: policy.sidecar.wasmDigest },
      { name: "ministack", version: emulator.ministackVersion },
      { name: "emulator patches", version, sha256: emulator.patchesDigest },
      { name: `${os.type()} ${os.arch()}`, version: os.release() },
    ],
  };
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
