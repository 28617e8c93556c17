// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { readJsonFile } from "../json";
import { allEnded, ensureTerraform, type Terraform, withInterrupt } from "../toolchain";
import { interrupted } from "../toolchain/interrupt";
import { PLAN_FILES, type PlanArtifacts, type PlanFile, sha256File } from "./artifacts";
import { childEnvironment, offlineEnvironment } from "./child-environment";
import { type CheckedOptions, checkOptions, type PlanOptions } from "./options";
import { accountOf } from "./provider-block";
import { startStsStub } from "./sts-stub";
import { type SynthesizedApp, synthApp } from "./synth";
import { initialise, LOCK_FILE, MAX_SYNTH_BYTES, runTerraform, type TerraformFolder } from "./terraform-folder";

/** One stack of the app, and where its plan goes. */
export type StackPlan = Pick<PlanOptions, "stack" | "out" | "keepWorkDir">;

/** What the plans of one synth have in common. */
export type CommonOptions = Omit<PlanOptions, keyof StackPlan>;

/**
 * Synthesizes one stack, plans it with Terraform and writes `plan.bin`, `plan.json`, `cdk.tf.json`, `.terraform.lock.hcl` and
 * `digests.json` into `out`. After a failure or Ctrl-C nothing of it is left.
 *
 * @throws USAGE, FILE_NOT_FOUND, OUT_NOT_EMPTY, CDKTF_JSON_MISSING, SYNTH_FAILED, STACK_UNKNOWN, TERRAFORM_MISSING, DOWNLOAD_FAILED,
 * CHECKSUM_MISMATCH, PROVIDER_MISSING, TERRAFORM_FAILED, INTERRUPTED
 */
export async function makePlan(options: PlanOptions): Promise<PlanArtifacts> {
  const [artifacts] = await makePlans(options, [options]);
  return artifacts!;
}

/**
 * As `makePlan`, for several stacks of one app: one synth, then the plans side by side.
 *
 * @throws as `makePlan`; what the other plans wrote is gone too
 */
export async function makePlans(common: CommonOptions, plans: readonly StackPlan[]): Promise<PlanArtifacts[]> {
  const checked = plans.map((plan) => checkOptions({ ...common, ...plan }));
  return withInterrupt((signal) => plansIntoOut(checked.map((options) => ({ ...options, signal }))), common.signal);
}

async function plansIntoOut(plans: readonly CheckedOptions[]): Promise<PlanArtifacts[]> {
  const before = plans.map(({ out }) => fs.existsSync(out));
  const scratch = path.join(plans[0]!.out, `.part11-${randomBytes(6).toString("hex")}`);
  fs.mkdirSync(scratch, { recursive: true });
  let done = false;
  try {
    const artifacts = await plansIn(scratch, plans);
    done = true;
    return artifacts;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
    if (!done) for (const [i, options] of plans.entries()) removeOutput(options, before[i]!);
  }
}

function removeOutput({ out, keepWorkDir }: CheckedOptions, wasThere: boolean): void {
  for (const file of [...PLAN_FILES, "digests.json"]) fs.rmSync(path.join(out, file), { force: true });
  if (!wasThere) fs.rmSync(out, { recursive: true, force: true });
  if (keepWorkDir) fs.rmSync(keepWorkDir, { recursive: true, force: true });
}

async function plansIn(scratch: string, plans: readonly CheckedOptions[]): Promise<PlanArtifacts[]> {
  const startedAt = new Date();
  const common = plans[0]!;
  const terraform = await ensureTerraform(common);
  const env = childEnvironment(common.env, common.target, common.targetEnv);
  const app = await synthApp(common, path.join(scratch, "cdktf.out"), {
    ...env,
    TERRAFORM_BINARY_NAME: terraform.path,
  });
  return allEnded(plans.map((options) => planStack(options, app, { terraform, env, scratch, startedAt })));
}

interface PlanTools {
  readonly terraform: Terraform;
  readonly env: NodeJS.ProcessEnv;
  readonly scratch: string;
  readonly startedAt: Date;
}

async function planStack(
  options: CheckedOptions,
  app: SynthesizedApp,
  { terraform, env, scratch, startedAt }: PlanTools,
): Promise<PlanArtifacts> {
  const stackFolder = app.folderOf(options.stack);
  options.onSynthesized?.(path.join(stackFolder, "cdk.tf.json"));
  const workDir = options.keepWorkDir ?? path.join(scratch, "terraform", options.stack);
  fs.mkdirSync(path.dirname(workDir), { recursive: true });
  fs.cpSync(stackFolder, workDir, { recursive: true });
  fs.mkdirSync(options.out, { recursive: true });
  const folder: TerraformFolder = { workDir, terraform, env, signal: options.signal };
  const said = { ...options, onProgress: (line: string) => options.onProgress?.(`${options.stack}: ${line}`) };
  await initialise(folder, options.target, said);
  await planAndShow(folder, said);
  const digests = await publish(workDir, options);
  const times = { startedAt, finishedAt: new Date() };
  return { ...identity(options, terraform), ...times, digests, workDir: options.keepWorkDir, env };
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
