// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { readJsonFile } from "../json";
import { runCommand } from "../toolchain";
import { type ApplyEvents, applyEvents } from "./apply-events";
import type { PlanArtifacts } from "./artifacts";
import { readPlanChanges } from "./plan-changes";
import { isMarkedSynth, isOfflineSynth } from "./provider-block";
import { MAX_SYNTH_BYTES } from "./terraform-folder";

export interface ApplyOptions {
  /** Environment of Terraform. @default - the one in which the plan was made */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Called for every line that Terraform prints (its JSON log on stdout). */
  readonly onLine?: ((line: string) => void) | undefined;
  /** Resources that Terraform works on at a time. @default 10 (Terraform's own) */
  readonly parallelism?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What an apply did. It is whole only when `complete` is true. */
export interface ApplyResult extends ApplyEvents {
  /** Terraform's exit code. */
  readonly code: number;
  /** Planned addresses that were neither applied nor reported as failed. */
  readonly notReached: readonly string[];
  /** Exit code 0, nothing failed, every planned address applied. */
  readonly complete: boolean;
  /** Not complete, though something was applied. */
  readonly partial: boolean;
}

/**
 * Applies exactly the plan file that `makePlan` wrote: its bytes are hashed again, and those very bytes are applied.
 *
 * @throws PLAN_OFFLINE for a plan that was made offline; PLAN_CHANGED when a file of the plan is not the one written, or its work
 * folder was not kept; INTERRUPTED
 */
export async function applyPlan(artifacts: PlanArtifacts, options: ApplyOptions = {}): Promise<ApplyResult> {
  const workDir = keptWorkDir(artifacts);
  const planBytes = unchangedBytes(artifacts, "plan.bin");
  unchangedBytes(artifacts, "plan.json");
  if (isSynthesized(artifacts)) {
    unchangedBytes(artifacts, "cdk.tf.json");
    refuseOffline(artifacts);
  }
  const planned = readPlanChanges(path.join(artifacts.out, "plan.json")).changes;
  // A copy that only this run knows closes the gap between hashing the plan and Terraform's reading it.
  const file = path.join(workDir, `apply-${randomBytes(6).toString("hex")}.bin`);
  fs.writeFileSync(file, planBytes, { mode: 0o600, flag: "wx" });
  try {
    return await apply(
      artifacts,
      { ...options, workDir, file },
      planned.map(({ address }) => address),
    );
  } finally {
    fs.rmSync(file, { force: true });
    // Terraform leaves its lock behind when it had to be killed.
    fs.rmSync(path.join(workDir, ".terraform.tfstate.lock.info"), { force: true });
  }
}

async function apply(
  artifacts: PlanArtifacts,
  { workDir, file, parallelism, ...options }: ApplyOptions & { workDir: string; file: string },
  planned: readonly string[],
): Promise<ApplyResult> {
  const flags = parallelism === undefined ? [] : [`-parallelism=${parallelism}`];
  const { code, stdout } = await runCommand(
    artifacts.terraform.path,
    ["apply", "-json", "-input=false", ...flags, path.basename(file)],
    {
      cwd: workDir,
      env: options.env ?? artifacts.env,
      signal: options.signal,
      // Terraform saves its state first; an apply cut short would lose what it made.
      graceMs: 60_000,
      onLine: options.onLine && ((line) => options.onLine?.(line)),
    },
  );
  const events = applyEvents(stdout);
  const reached = new Set([...events.applied, ...events.failed.map(({ address }) => address)]);
  const notReached = planned.filter((address) => !reached.has(address));
  const complete = code === 0 && events.failed.length === 0 && notReached.length === 0;
  return { code, ...events, notReached, complete, partial: !complete && events.applied.length > 0 };
}

/** The initialised folder that `makePlan` was asked to keep. */
export function keptWorkDir({ workDir, out }: PlanArtifacts): string {
  if (workDir && fs.existsSync(workDir)) return workDir;
  throw new Part11Error({
    code: "PLAN_CHANGED",
    what: "plan cannot be applied",
    where: out,
    expected: "the Terraform folder in which it was made",
    got: workDir ? `${workDir}, which is gone` : "none, since it was not kept",
    todo: "make the plan again with keepWorkDir",
  });
}

function unchangedBytes({ out, digests }: PlanArtifacts, name: "plan.bin" | "plan.json" | "cdk.tf.json"): Buffer {
  const file = path.join(out, name);
  const bytes = fs.existsSync(file) ? fs.readFileSync(file) : undefined;
  const got = bytes && createHash("sha256").update(bytes).digest("hex");
  if (bytes && got === digests[name]) return bytes;
  throw new Part11Error({
    code: "PLAN_CHANGED",
    what: "plan is not the one that was made",
    where: file,
    expected: `sha256 ${digests[name]}`,
    got: got ? `sha256 ${got}` : "no file",
    todo: "make and judge the plan again",
  });
}

/** A folder's plan has no synth text: it is made for the embedded AWS alone, and its judge asks the plan itself where it leads. */
function isSynthesized(artifacts: PlanArtifacts): boolean {
  return !("sources" in artifacts && artifacts.target === "emulator");
}

function refuseOffline(artifacts: PlanArtifacts): void {
  const synth = readJsonFile(path.join(artifacts.out, "cdk.tf.json"), { maxBytes: MAX_SYNTH_BYTES });
  const isOffline = artifacts.target === "offline" || isOfflineSynth(synth);
  if (!isOffline && !(artifacts.target === "aws" && isMarkedSynth(synth))) return;
  throw new Part11Error({
    code: "PLAN_OFFLINE",
    what: "a plan is applied only where it says that it may be",
    where: artifacts.out,
    expected: isOffline ? "a plan for the target emulator or aws" : "provider blocks for AWS itself",
    got: isOffline ? "a plan made offline" : "a provider block with endpoints or skipped checks",
    todo: "plan again with --target",
  });
}
