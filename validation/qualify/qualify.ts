// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Part11Error } from "../error";
import { Bundle, type SealedBy, type SealKey, type Summary } from "../evidence";
import { loadPolicy, type Policy } from "../gate";
import type { IqInputs, IqProfile } from "../iq";
import { readJsonFile } from "../json";
import { packageRoot } from "../package-root";
import { makePlan, makePlans, type PlanArtifacts } from "../plan";
import { renderReport } from "../report";
import { createAdministrator, type Emulator, preflight, startEmulator, terraformEnvironment } from "../target/emulator";
import { EmulatorTarget } from "../target/emulator-target";
import { allEnded, ensureTerraform, ensureVenv, withInterrupt } from "../toolchain";
import { type Course, followCourse } from "./course";
import { type Home, homeOf } from "./home";
import { commitmentsOf, iqProfile, readProfile } from "./profile";
import { Stages } from "./stages";
import { measureTools } from "./tool-versions";

/** The stack that is qualified, and the disposable one beside it whose bucket refuses nothing by policy. */
const STACKS = { zone: "clinical-landing-zone", challenge: "oq-challenge" } as const;

const MAX_PLAN_BYTES = 512 * 1024 * 1024 - 1;

export interface QualifyOptions {
  /** The user's project: the folder of cdktf.json. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Folder of the bundle; must not exist. @default `evidence/<run id>` below cwd */
  readonly out?: string | undefined;
  /** Files that OQ-arrivals-bulk sends, 1–100,000. @default 500 */
  readonly arrivals?: number | undefined;
  /** Seals the bundle. @default - an ephemeral key, gone after the run */
  readonly key?: SealKey | undefined;
  readonly onProgress: (line: string) => void;
}

export interface Qualification {
  readonly folder: string;
  readonly summary: Summary;
  readonly sealedBy: SealedBy;
  /** What each part took, in the order of the run. */
  readonly seconds: Stages["seconds"];
}

/**
 * The main job on the embedded AWS: the production plan is judged; the qualification plans are judged, applied,
 * planned again, read back, challenged; everything is sealed. Whatever happens after the first journal entry leaves a
 * bundle that says so.
 *
 * @throws what keeps the job from starting: TERRAFORM_MISSING, PYTHON_MISSING, VENV_FAILED, EMULATOR_START,
 * CDKTF_JSON_MISSING, STACK_UNKNOWN, BUNDLE_EXISTS, INTERRUPTED
 */
export async function qualify(options: QualifyOptions): Promise<Qualification> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    return await withInterrupt((signal) => run(options, scratch, signal));
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function run(options: QualifyOptions, scratch: string, signal: AbortSignal): Promise<Qualification> {
  const stages = new Stages(options.onProgress);
  const { cwd, env } = options;
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
    return await qualifyOn(running, { options, scratch, signal, stages, terraform, measured, production, ...rest });
  } finally {
    await emulator?.stop();
  }
}

type Begun = Pick<Course, "options" | "scratch" | "signal" | "stages">;
type Planned = Begun &
  Pick<Course, "production" | "terraform" | "measured" | "zone" | "challenge" | "preflight" | "profile">;

/** The production plan in the making, and, long before it is done, the account and regions that it is for. */
function planProduction(
  options: QualifyOptions,
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
  const profile = readProfile("emulator");
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
  return { emulator, profile, zone: zone!, challenge: challenge!, preflight: tried };
}

async function qualifyOn(emulator: Emulator, planned: Planned): Promise<Qualification> {
  const { options, stages, profile, zone } = planned;
  const target = new EmulatorTarget(emulator);
  const policy = loadPolicy();
  const iq = iqInputs(zone, policy, iqProfile(profile, target.name));
  const id = runId(new Date());
  const folder = path.resolve(options.cwd, options.out ?? path.join("evidence", id));
  const bundle = Bundle.create(folder, commitmentsOf(profile, { name: target.name, kind: target.kind }, iq));
  const outcome = await followCourse({ ...planned, id, bundle, emulator, target, policy, iq });
  const summary = await stages.run("conclusion, report, seal", () =>
    bundle.close({ outcome, render: renderReport, ...(options.key ? { key: options.key } : {}) }),
  );
  return { folder, summary, sealedBy: bundle.sealedBy!, seconds: stages.seconds };
}

function iqInputs(zone: PlanArtifacts, { sidecar }: Policy, profile: IqProfile): IqInputs {
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

/** `20261120T101500Z-1a2b3c`: sorts by time, differs for runs of the same second. */
function runId(now: Date): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  return `${stamp}-${randomBytes(3).toString("hex")}`;
}

/** Why a run cannot go on, as an error with a code. */
export function asPart11Error(error: unknown, during: string): Part11Error {
  if (error instanceof Part11Error) return error;
  const got = error instanceof Error ? error.message : String(error);
  const parts = {
    what: "run stopped",
    where: during,
    expected: "to go on",
    got,
    todo: "see the journal of the bundle",
  };
  return new Part11Error({ code: "INTERNAL", ...parts }, { cause: error });
}
