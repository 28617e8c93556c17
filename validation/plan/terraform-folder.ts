// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { readJsonFile } from "../json";
import { runCommand, type Terraform, type ToolContext } from "../toolchain";
import { cliConfig, userInstallation } from "../toolchain/cli-config";
import type { ProviderVersion } from "../toolchain/mirror-layout";
import { keepDownloadedProviders, locateProvider, type ProviderMirror } from "../toolchain/provider-mirror";
import type { PlanTarget } from "./options";
import { terraformFailed } from "./terraform-error";

/** Largest synthesized stack that is read, in bytes. */
export const MAX_SYNTH_BYTES = 256 * 1024 * 1024;

const CLI_CONFIG = "part11.tfrc";
export const LOCK_FILE = ".terraform.lock.hcl";

/** One folder in which Terraform runs, and how it is run there. */
export interface TerraformFolder {
  readonly workDir: string;
  readonly terraform: Terraform;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Initialises a folder that holds cdk.tf.json: providers from a mirror where this machine has one, else from the registry.
 *
 * @throws TERRAFORM_FAILED, PROVIDER_MISSING
 */
export async function initialise(folder: TerraformFolder, target: PlanTarget, context: ToolContext): Promise<void> {
  const committedLock = path.join(context.cwd, LOCK_FILE);
  if (fs.existsSync(committedLock)) fs.copyFileSync(committedLock, path.join(folder.workDir, LOCK_FILE));
  if (target !== "aws") keepStateHere(folder.workDir);
  await installProviders(folder, pinnedProviders(path.join(folder.workDir, "cdk.tf.json")), context);
}

/**
 * Runs `terraform init`: the given providers from a mirror where this machine has one, else from the registry.
 *
 * @throws TERRAFORM_FAILED, PROVIDER_MISSING
 */
export async function installProviders(
  folder: TerraformFolder,
  providers: readonly ProviderVersion[],
  context: ToolContext,
  flags: readonly string[] = [],
): Promise<void> {
  const env = await installationEnvironment(folder, providers, context);
  context.onProgress?.("terraform init");
  await runTerraform({ ...folder, env }, ["init", "-input=false", "-no-color", ...flags]);
  for (const provider of providers) await keepDownloadedProviders(folder.workDir, provider, context.cwd);
}

/**
 * Runs one Terraform command in the folder; `allowed` are the exit codes that are no error.
 *
 * @throws TERRAFORM_FAILED, INTERRUPTED
 */
export async function runTerraform(
  folder: TerraformFolder,
  args: readonly string[],
  { allowed = [0], stdoutFile }: { allowed?: readonly number[]; stdoutFile?: string } = {},
): Promise<number> {
  const { workDir, terraform, env, signal } = folder;
  const { code, stderr } = await runCommand(terraform.path, args, { cwd: workDir, env, signal, stdoutFile });
  if (!allowed.includes(code)) throw terraformFailed(args[0] ?? "", code, stderr);
  return code;
}

async function installationEnvironment(
  folder: TerraformFolder,
  providers: readonly ProviderVersion[],
  context: ToolContext,
): Promise<NodeJS.ProcessEnv> {
  const ownConfig = context.env.TF_PLUGIN_MIRROR ? undefined : userInstallation(context.env);
  if (ownConfig) return { ...folder.env, TF_CLI_CONFIG_FILE: ownConfig };
  const mirrors: ProviderMirror[] = [];
  for (const provider of providers) {
    const mirror = await locateProvider(provider, context);
    if (mirror) mirrors.push(mirror);
    context.onProgress?.(
      `${provider.namespace}/${provider.type} ${provider.version}: ${mirror ? `mirror ${mirror.root}` : "registry"}`,
    );
  }
  const file = path.join(folder.workDir, CLI_CONFIG);
  fs.writeFileSync(file, cliConfig(mirrors));
  return { ...folder.env, TF_CLI_CONFIG_FILE: file };
}

/** Providers that the stack pins to one exact version without a registry of their own. */
function pinnedProviders(synthFile: string): ProviderVersion[] {
  const synth = readJsonFile(synthFile, { maxBytes: MAX_SYNTH_BYTES }) as {
    terraform?: { required_providers?: Record<string, { source?: unknown; version?: unknown }> };
  };
  return Object.values(synth.terraform?.required_providers ?? {}).flatMap(({ source, version }) => {
    const [type, namespace = "hashicorp", ...host] = String(source).split("/").reverse();
    const exact = /^=?\s*(\d+\.\d+\.\d+)$/.exec(String(version))?.[1];
    return type && exact && host.length === 0 ? [{ namespace, type, version: exact }] : [];
  });
}

/** Puts the state into the work folder: cdktf's default backend writes it into the user's project, another might be remote. */
function keepStateHere(workDir: string): void {
  const backend = { terraform: { backend: { local: { path: "terraform.tfstate" } } } };
  fs.writeFileSync(path.join(workDir, "part11_override.tf.json"), JSON.stringify(backend));
}
