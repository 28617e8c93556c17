// SPDX-License-Identifier: Apache-2.0
import type { Facts } from "../facts";
import type { Policy } from "../gate";
import { sha256File } from "../plan";
import { codeDigest } from "../qualify/code-digest";
import { locateTerraform, type ToolContext } from "../toolchain";
import type { Tool } from "./tools";

/**
 * What is installed, by the names that a run gives its tools: this package, Node, Terraform where one is found, the policies, and the
 * providers that the plan's lock file pins. Downloads nothing.
 *
 * @throws TERRAFORM_MISSING when `TERRAFORM_BINARY_NAME` names something that is not a supported Terraform
 */
export async function installedTools(
  { sidecar }: Policy,
  { meta }: Facts,
  context: ToolContext,
): Promise<readonly Tool[]> {
  const terraform = await locateTerraform(context);
  const version = meta.tools.part11!;
  return [
    { name: "cdktf-part11 (digest of its code)", version, sha256: codeDigest() },
    { name: "node", version: process.versions.node },
    ...(terraform ? [{ name: "terraform", version: terraform.version, sha256: await sha256File(terraform.path) }] : []),
    ...Object.entries(meta.lock ?? {}).map(([name, pinned]) => ({ name, version: pinned.version })),
    { name: "opa (compiled the policies)", version: sidecar.opaVersion },
    { name: "part11.wasm", version, sha256: sidecar.wasmDigest },
  ];
}
