// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { type ApplyOptions, keptWorkDir } from "./apply-plan";
import type { PlanArtifacts } from "./artifacts";
import { type PlanChanges, readPlanChanges } from "./plan-changes";
import { readPlanLog } from "./plan-log";
import { terraformFailed } from "./terraform-error";
import { runTerraform } from "./terraform-folder";

export type FollowUpOptions = Pick<ApplyOptions, "env" | "signal">;

export interface SecondPlan extends PlanChanges {
  /** Terraform itself says that nothing is left to change. */
  readonly empty: boolean;
}

/**
 * Plans again after an apply; on a target that behaves as AWS nothing is left to change.
 *
 * @throws TERRAFORM_FAILED, PLAN_CHANGED when the work folder was not kept, INTERRUPTED
 */
export async function secondPlan(artifacts: PlanArtifacts, options: FollowUpOptions = {}): Promise<SecondPlan> {
  const folder = terraformFolder(artifacts, options);
  const base = path.join(folder.workDir, `second-${randomBytes(6).toString("hex")}`);
  const [planFile, jsonFile, logFile] = [`${base}.bin`, `${base}.json`, `${base}.log`];
  try {
    const args = ["plan", "-json", "-input=false", "-detailed-exitcode", `-out=${path.basename(planFile)}`];
    const code = await runTerraform(folder, args, { allowed: [0, 1, 2], stdoutFile: logFile });
    const log = readPlanLog(fs.readFileSync(logFile, "utf8"));
    if (code === 1) throw terraformFailed("plan", code, log.errors.join("\n"));
    // Printing the plan costs a start of every provider, and says no more when nothing at all differs.
    if (code === 0 && log.nothingDiffers) {
      return { empty: true, changes: [], drift: [], outputs: [], unchanged: log.refreshed };
    }
    await runTerraform(folder, ["show", "-json", path.basename(planFile)], { stdoutFile: jsonFile });
    return { empty: code === 0, ...readPlanChanges(jsonFile) };
  } finally {
    for (const file of [planFile, jsonFile, logFile]) fs.rmSync(file, { force: true });
  }
}

/**
 * Writes the state after an apply as Terraform's JSON (`terraform show -json`) into `file`, mode 0600: it holds sensitive values.
 *
 * @throws TERRAFORM_FAILED, PLAN_CHANGED when the work folder was not kept, INTERRUPTED
 */
export async function writeState(artifacts: PlanArtifacts, file: string, options: FollowUpOptions = {}): Promise<void> {
  await runTerraform(terraformFolder(artifacts, options), ["show", "-json", "-no-color"], { stdoutFile: file });
}

function terraformFolder(artifacts: PlanArtifacts, { env, signal }: FollowUpOptions) {
  return { workDir: keptWorkDir(artifacts), terraform: artifacts.terraform, env: env ?? artifacts.env, signal };
}
