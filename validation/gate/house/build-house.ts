// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../package-root";
import { ensureOpa } from "../../toolchain";
import { buildPolicy } from "../build-policy";
import { assertHouse, HOUSE_FILES } from "./load-house";

/** What house rules may use of this package: its shared rules with their data, and what asks them. */
const SHARED = ["lib", "house_main", "data.json", "capabilities.json"] as const;

/**
 * Compiles a folder of house rules, each a folder `<id>/<id>.rego` of package `house.<id>` with the METADATA of a
 * control, into `house.wasm` and its sidecar.
 *
 * @param out folder for both files, made when missing
 * @param ours ids of the controls of this package, which no house rule may have
 * @returns one sentence about what was written
 * @throws POLICY_BUILD, SCHEMA_MISMATCH, BUNDLE_REFUSED
 */
export async function buildHouse(
  folder: string,
  out: string,
  ours: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    for (const name of SHARED) {
      fs.cpSync(path.join(packageRoot(), "policies", name), path.join(root, "policies", name), { recursive: true });
    }
    fs.cpSync(folder, path.join(root, "policies", "house"), { recursive: true });
    const { path: opa } = await ensureOpa({ cwd: packageRoot(), env });
    const { wasm, sidecar } = await buildPolicy({ root, opa, env, family: "house" });
    const { controls } = JSON.parse(sidecar);
    assertHouse(controls, ours, folder);
    fs.mkdirSync(out, { recursive: true });
    fs.writeFileSync(path.join(out, HOUSE_FILES.wasm), wasm);
    fs.writeFileSync(path.join(out, HOUSE_FILES.sidecar), sidecar);
    return `${controls.length} house rules in ${path.join(out, HOUSE_FILES.wasm)} (${wasm.length} bytes)`;
  } finally {
    fs.rmSync(root, { recursive: true });
  }
}
