// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { readJsonFile } from "../json";
import { ensureTerraform, type Terraform, withInterrupt } from "../toolchain";
import { interrupted } from "../toolchain/interrupt";
import { PLAN_FILES, type PlanArtifacts, type PlanFile, sha256File } from "./artifacts";
import { childEnvironment, offlineEnvironment } from "./child-environment";
import { type CheckedOptions, checkOptions, type PlanOptions } from "./options";
import { accountOf } from "./provider-block";
import { startStsStub } from "./sts-stub";
import { synthStack } from "./synth";
import { initialise, LOCK_FILE, MAX_SYNTH_BYTES, runTerraform, type TerraformFolder } from "./terraform-folder";

/**
 * Synthesizes one stack, plans it with Terraform and writes `plan.bin`, `plan.json`, `cdk.tf.json`, `.terraform.lock.hcl` and
 * `digests.json` into `out`. After a failure or Ctrl-C nothing of it is left.
 *
 * @throws USAGE, FILE_NOT_FOUND, OUT_NOT_EMPTY, CDKTF_JSON_MISSING, SYNTH_FAILED, STACK_UNKNOWN, TERRAFORM_MISSING, DOWNLOAD_FAILED,
 * CHECKSUM_MISMATCH, PROVIDER_MISSING, TERRAFORM_FAILED, INTERRUPTED
 */
export async function makePlan(options: PlanOptions): Promise<PlanArtifacts> {
  const checked = checkOptions(options);
  return withInterrupt((signal) => planIntoOut({ ...checked, signal }), options.signal);
}

async function planIntoOut(options: CheckedOptions): Promise<PlanArtifacts> {
  const { out, keepWorkDir } = options;
  const wasThere = fs.existsSync(out);
  const scratch = path.join(out, `.part11-${randomBytes(6).toString("hex")}`);
  fs.mkdirSync(scratch, { recursive: true });
  let done = false;
  try {
    const artifacts = await planIn(scratch, options);
    done = true;
    return artifacts;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
    if (!done) {
      for (const file of [...PLAN_FILES, "digests.json"]) fs.rmSync(path.join(out, file), { force: true });
      if (!wasThere) fs.rmSync(out, { recursive: true, force: true });
      if (keepWorkDir) fs.rmSync(keepWorkDir, { recursive: true, force: true });
    }
  }
}

async function planIn(scratch: string, options: CheckedOptions): Promise<PlanArtifacts> {
  const terraform = await ensureTerraform(options);
  const env = childEnvironment(options.env, options.target, options.targetEnv);
  const appEnv = { ...env, TERRAFORM_BINARY_NAME: terraform.path };
  const stackFolder = await synthStack(options, path.join(scratch, "cdktf.out"), appEnv);
  const workDir = options.keepWorkDir ?? path.join(scratch, "terraform");
  fs.mkdirSync(path.dirname(workDir), { recursive: true });
  fs.cpSync(stackFolder, workDir, { recursive: true });
  const folder: TerraformFolder = { workDir, terraform, env, signal: options.signal };
  await initialise(folder, options.target, options);
  await planAndShow(folder, options);
  const digests = await publish(workDir, options);
  return { ...identity(options, terraform), digests, workDir: options.keepWorkDir, env };
}

function identity({ stack, environment, target, out }: CheckedOptions, terraform: Terraform) {
  return { stack, environment, target, out, terraform };
}

async function planAndShow(folder: TerraformFolder, options: CheckedOptions): Promise<void> {
  options.onProgress?.("terraform plan");
  const args = ["plan", "-input=false", "-no-color", "-out=plan.bin"];
  if (options.target === "offline") await offlinePlan(folder, args);
  else await runTerraform(folder, args);
  const show = ["show", "-json", "-no-color", "plan.bin"];
  await runTerraform(folder, show, { stdoutFile: path.join(folder.workDir, "plan.json") });
}

async function offlinePlan(folder: TerraformFolder, args: readonly string[]): Promise<void> {
  const synth = readJsonFile(path.join(folder.workDir, "cdk.tf.json"), { maxBytes: MAX_SYNTH_BYTES });
  const stub = await startStsStub(accountOf(synth));
  try {
    await runTerraform({ ...folder, env: offlineEnvironment(folder.env, stub.url) }, args);
  } finally {
    await stub.close();
  }
}

/** Copies the artifacts into `out`, digests last, so that a folder with `digests.json` is whole. */
async function publish(workDir: string, { out, signal }: CheckedOptions): Promise<PlanArtifacts["digests"]> {
  const digests: Partial<Record<PlanFile, string>> = {};
  for (const file of PLAN_FILES) {
    const from = path.join(workDir, file);
    // Terraform writes no lock file for a stack of built-in providers only.
    if (file === LOCK_FILE && !fs.existsSync(from)) continue;
    fs.copyFileSync(from, path.join(out, file));
    // Plans hold sensitive values in clear text.
    if (file.startsWith("plan.")) fs.chmodSync(path.join(out, file), 0o600);
    digests[file] = await sha256File(path.join(out, file));
  }
  if (signal?.aborted) throw interrupted("part11 plan");
  fs.writeFileSync(path.join(out, "digests.json"), `${JSON.stringify(digests, null, 2)}\n`);
  return digests;
}
