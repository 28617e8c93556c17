// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { ensureTerraform, withInterrupt } from "../../toolchain";
import { type PlanArtifacts, type PlanFile, sha256File } from "../artifacts";
import { childEnvironment } from "../child-environment";
import type { Environment } from "../options";
import { installProviders, LOCK_FILE, runTerraform, type TerraformFolder } from "../terraform-folder";
import { lockedProviders, readConfiguration } from "./configuration";
import { OVERRIDE_FILE, overrideText } from "./override";
import { copySources, type SourceFile, sourcesOf } from "./sources";

export interface FolderPlanOptions {
  /** The root module; nothing is ever written into it. Absolute. */
  readonly dir: string;
  /** Name of the stack in every record. */
  readonly stack: string;
  readonly environment: Environment;
  /** Folder that takes the artifacts; not there yet. */
  readonly out: string;
  /** Folder that takes the copy and is kept for the apply; not there yet. */
  readonly workDir: string;
  /** Where downloaded tools are kept. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** AWS settings of the embedded AWS. */
  readonly targetEnv: NodeJS.ProcessEnv;
  /** `https://127.0.0.1:<port>` */
  readonly endpoint: string;
  readonly onProgress?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A plan of a folder that no app synthesized. */
export interface FolderPlan extends PlanArtifacts {
  /** The folder's files when they were copied. */
  readonly sources: readonly SourceFile[];
}

const FILES = ["plan.bin", "plan.json", LOCK_FILE] as const satisfies readonly PlanFile[];

/**
 * Refuses, before any tool is asked for, what cannot be planned of a folder.
 *
 * @throws DIR_REFUSED, FILE_NOT_FOUND, LOCK_FORMAT
 */
export function checkFolder(dir: string): void {
  readConfiguration(dir, sourcesOf(dir));
  lockedProviders(dir);
}

/**
 * Plans a copy of a folder with Terraform for the embedded AWS. The copy's providers are pointed there by an override file, its
 * state lies beside it; the folder itself is only read. The lock file must pin what is used.
 *
 * @throws DIR_REFUSED, LOCK_FORMAT, TERRAFORM_MISSING, PROVIDER_MISSING, TERRAFORM_FAILED, INTERRUPTED
 */
export function makeFolderPlan(options: FolderPlanOptions): Promise<FolderPlan> {
  return withInterrupt((signal) => plan({ ...options, signal }), options.signal);
}

async function plan(options: FolderPlanOptions): Promise<FolderPlan> {
  const { dir, out, workDir, env, targetEnv, endpoint, signal, stack, environment } = options;
  const startedAt = new Date();
  const terraform = await ensureTerraform(options);
  const sources = sourcesOf(dir);
  const providers = readConfiguration(dir, sources);
  const locked = lockedProviders(dir);
  fs.mkdirSync(workDir, { recursive: true });
  copySources(dir, sources, workDir);
  fs.writeFileSync(path.join(workDir, OVERRIDE_FILE), overrideText(providers, endpoint));
  const planEnv = childEnvironment(env, "emulator", targetEnv);
  const folder: TerraformFolder = { workDir, terraform, env: planEnv, signal };
  // Without the proxy of the embedded AWS: a provider that no mirror holds comes from the registry.
  const installing = { ...folder, env: childEnvironment(env, "emulator") };
  await installProviders(installing, locked, options, ["-lockfile=readonly"]);
  options.onProgress?.("terraform plan");
  await runTerraform(folder, ["plan", "-input=false", "-no-color", "-out=plan.bin"]);
  await runTerraform(folder, ["show", "-json", "-no-color", "plan.bin"], {
    stdoutFile: path.join(workDir, "plan.json"),
  });
  const digests = await publish(workDir, out);
  const times = { startedAt, finishedAt: new Date() };
  return { stack, environment, target: "emulator", out, terraform, workDir, env: planEnv, digests, ...times, sources };
}

async function publish(workDir: string, out: string): Promise<PlanArtifacts["digests"]> {
  const digests: Partial<Record<PlanFile, string>> = {};
  fs.mkdirSync(out, { recursive: true });
  for (const file of FILES) {
    fs.copyFileSync(path.join(workDir, file), path.join(out, file));
    if (file.startsWith("plan.")) fs.chmodSync(path.join(out, file), 0o600);
    digests[file] = await sha256File(path.join(out, file));
  }
  return digests;
}
