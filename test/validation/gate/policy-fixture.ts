// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { buildPolicy } from "../../../validation/gate/build-policy";
import type { Policy, Sidecar } from "../../../validation/gate/policy";
import { sha256Hex } from "../../../validation/json";
import { packageRoot } from "../../../validation/package-root";
import { ensureOpa } from "../../../validation/toolchain";

const FIXTURE = path.join(__dirname, "fixture", "policies");

/** Three small controls, compiled as the real ones are. `extra` adds Rego files by path under `policies/`. */
export async function fixturePolicy(extra: Readonly<Record<string, string>> = {}): Promise<Policy> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    const folder = path.join(root, "policies");
    fs.cpSync(FIXTURE, folder, { recursive: true });
    fs.copyFileSync(path.join(packageRoot(), "policies", "capabilities.json"), path.join(folder, "capabilities.json"));
    for (const [name, text] of Object.entries(extra)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    const { path: opa } = await ensureOpa({ cwd: packageRoot(), env: process.env });
    const { wasm, sidecar } = await buildPolicy({ root, opa, env: process.env });
    return { wasm, sidecar: JSON.parse(sidecar) as Sidecar, digest: sha256Hex(sidecar) };
  } finally {
    fs.rmSync(root, { recursive: true });
  }
}

/** Writes a policy as `loadPolicy` reads it. */
export function writePolicyFolder(folder: string, policy: Policy): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "part11.wasm"), policy.wasm);
  fs.writeFileSync(path.join(folder, "part11.json"), `${JSON.stringify(policy.sidecar, null, 2)}\n`);
}
