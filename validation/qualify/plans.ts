// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import type { Policy } from "../gate";
import type { IqInputs, IqProfile } from "../iq";
import { readJsonFile } from "../json";
import { packageRoot } from "../package-root";
import { makePlan, makePlans, type PlanArtifacts, readCdktfJson } from "../plan";
import {
  type Credentials,
  createAdministrator,
  type Emulator,
  type PreflightReport,
  preflight,
  startEmulator,
  terraformEnvironment,
} from "../target/emulator";
import { allEnded, ensureTerraform, ensureVenv, type Terraform, withoutAwsCli } from "../toolchain";
import { type Home, homeOf } from "./home";
import { onMachine, readProfile, type TargetProfile } from "./profile";
import { Stages } from "./stages";
import { type MeasuredTools, measureTools } from "./tool-versions";

/** The stack that is qualified, and the disposable one beside it whose bucket refuses nothing by policy. */
const STACKS = { zone: "clinical-landing-zone", challenge: "oq-challenge" } as const;

const MAX_PLAN_BYTES = 512 * 1024 * 1024 - 1;

export interface PlanningOptions {
  /** The user's project: the folder of cdktf.json. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: (line: string) => void;
}

/** Everything that is known before a protocol is written. */
export interface Planned {
  readonly scratch: string;
  readonly signal: AbortSignal;
  readonly stages: Stages;
  readonly terraform: Terraform;
  readonly measured: MeasuredTools;
  readonly profile: TargetProfile;
  /** Who plans, and whose identity the target tells. */
  readonly administrator: Credentials;
  /** What the emulator did when it was tried, before anything of the stack was there. */
  readonly preflight: PreflightReport;
  readonly production: PlanArtifacts;
  readonly zone: PlanArtifacts;
  readonly challenge: PlanArtifacts;
}

/** What there is before anything is applied: the plans, on an embedded AWS that was tried and ends with `use`. */
export async function withPlans<T>(
  options: PlanningOptions,
  scratch: string,
  signal: AbortSignal,
  use: (emulator: Emulator, planned: Planned) => Promise<T>,
): Promise<T> {
  const stages = new Stages(options.onProgress);
  const { cwd, env } = options;
  // Before anything is downloaded or made in a folder that has no project.
  readCdktfJson(cwd);
  const context = { env, cwd, signal, onProgress: (line: string) => stages.say(line) };
  const requirements = path.join(packageRoot(), "validation", "target", "emulator", "requirements.txt");
  const [terraform, venv] = await stages.run("set-up", async () => [
    await ensureTerraform(context),
    await ensureVenv(requirements, context),
  ]);
  let emulator: Emulator | undefined;
  try {
    const planned = await stages.run("plans; start and preflight of the embedded AWS", async () => {
      const [home, production] = planProduction(options, path.join(scratch, "production"), signal);
      const started = home.then(async ({ accountId, region }) => {
        const runDir = path.join(scratch, "emulator");
        fs.mkdirSync(runDir);
        emulator = await startEmulator({ python: venv.python, runDir, accountId, region });
        return planOn(emulator, { options, scratch, signal, stages });
      });
      return allEnded([production, started, measureTools(terraform, venv, context)]);
    });
    const [production, { emulator: running, ...rest }, measured] = planned;
    return await use(running, { scratch, signal, stages, terraform, measured, production, ...rest });
  } finally {
    await emulator?.stop();
  }
}

interface Begun {
  readonly options: PlanningOptions;
  readonly scratch: string;
  readonly signal: AbortSignal;
  readonly stages: Stages;
}

/** The production plan in the making, and, long before it is done, the account and regions that it is for. */
function planProduction(
  options: PlanningOptions,
  out: string,
  signal: AbortSignal,
): [Promise<Home>, Promise<PlanArtifacts>] {
  let production: Promise<PlanArtifacts>;
  const home = new Promise<Home>((resolve, reject) => {
    const onSynthesized = (file: string) => resolve(homeOf(file));
    const { cwd, env } = options;
    production = makePlan({ stack: STACKS.zone, environment: "production", out, cwd, env, signal, onSynthesized });
    production.catch(reject);
  });
  return [home, production!];
}

/** Plans the stacks that are applied, while the embedded AWS is tried. */
async function planOn(emulator: Emulator, { options, scratch, signal, stages }: Begun) {
  const administrator = await createAdministrator(emulator);
  const profile = onMachine(readProfile("emulator"), await withoutAwsCli({ ...options, signal }));
  const common = {
    environment: "qualification",
    target: "emulator",
    emulatorEndpoint: emulator.endpoint,
    leaveOut: profile.leaveOut.map(({ type }) => type),
    targetEnv: terraformEnvironment(emulator, administrator),
    cwd: options.cwd,
    env: options.env,
    signal,
    onProgress: (line: string) => stages.say(`  ${line}`),
  } as const;
  const stack = (name: string) => ({
    stack: name,
    out: path.join(scratch, name),
    keepWorkDir: path.join(scratch, `${name}-work`),
  });
  const [[zone, challenge], tried] = await allEnded([
    makePlans(common, [stack(STACKS.zone), stack(STACKS.challenge)]),
    preflight(emulator, administrator),
  ]);
  return { emulator, administrator, profile, zone: zone!, challenge: challenge!, preflight: tried };
}

/** What the installation qualification of a planned stack is made from. */
export function iqInputs(zone: PlanArtifacts, { sidecar }: Policy, profile: IqProfile): IqInputs {
  const read = (name: string) => readJsonFile(path.join(zone.out, name), { maxBytes: MAX_PLAN_BYTES });
  const lock = fs.readFileSync(path.join(zone.out, ".terraform.lock.hcl"), "utf8");
  return {
    stack: zone.stack,
    plan: read("plan.json"),
    synth: read("cdk.tf.json"),
    lock,
    controls: sidecar.controls,
    profile,
  };
}
