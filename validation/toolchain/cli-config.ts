// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { sourceOf } from "./mirror-layout";
import type { ProviderMirror } from "./provider-mirror";

/**
 * Text of a Terraform CLI configuration that installs the given providers from their mirrors and all others as Terraform does by itself.
 * Without mirrors it is empty of installation methods, since an explicit one would turn Terraform's implied mirror folders off.
 */
export function cliConfig(mirrors: readonly ProviderMirror[]): string {
  if (mirrors.length === 0) return "disable_checkpoint = true\n";
  const methods = mirrors.map(
    ({ root, provider }) =>
      `  filesystem_mirror {\n    path    = ${quote(root)}\n    include = [${quote(sourceOf(provider))}]\n  }\n`,
  );
  const excluded = mirrors.map(({ provider }) => quote(sourceOf(provider))).join(", ");
  return `disable_checkpoint = true\nprovider_installation {\n${methods.join("")}  direct {\n    exclude = [${excluded}]\n  }\n}\n`;
}

/** The user's own CLI configuration file when it says how providers are installed: that is then followed. */
export function userInstallation(env: NodeJS.ProcessEnv): string | undefined {
  const file = env.TF_CLI_CONFIG_FILE || path.join(env.HOME || os.homedir(), ".terraformrc");
  try {
    return /^\s*provider_installation\b/m.test(fs.readFileSync(file, "utf8")) ? file : undefined;
  } catch {
    return undefined;
  }
}

function quote(text: string): string {
  // HCL opens a template at ${ and %{; doubling the sign keeps it literal.
  return JSON.stringify(text).replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
