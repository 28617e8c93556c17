// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Bundle, type Commitments, type EntryBodies, type RemoteSealKey, type SealKey } from "../../evidence";
import { loadPolicy } from "../../gate";
import { today } from "../../gate/waivers";
import { type IqInputs, iqProtocol } from "../../iq";
import { readJsonFile } from "../../json";
import { chosenChallenges, chosenProtocol, subjectsOf } from "../../oq";
import { packageRoot } from "../../package-root";
import { type FolderPlan, makeFolderPlan } from "../../plan";
import { renderReport } from "../../report";
import {
  clientConfig,
  createAdministrator,
  type Emulator,
  preflight,
  startEmulator,
  terraformEnvironment,
} from "../../target/emulator";
import { EmulatorTarget } from "../../target/emulator-target";
import { allEnded, ensureTerraform, ensureVenv, withInterrupt } from "../../toolchain";
import { attemptAfter, type Before, FIRST_ATTEMPT } from "../earlier-attempt";
import { executorOf } from "../executor";
import { judgementOf } from "../judged-plan";
import { commitmentsOf, iqProfile, readProfile } from "../profile";
import type { Qualification } from "../qualify";
import { runId } from "../run-started";
import { Stages } from "../stages";
import { measureTools } from "../tool-versions";
import { assertAccepted, committedDrift, committedPlan, recordBearing } from "./accepted";
import { followFolder, PLAN } from "./course";
import { type FolderHome, readFolder, type ToldFolder } from "./given";
import { withSources } from "./sources-step";

export interface FolderOptions extends ToldFolder {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Folder of the bundle; must not exist. @default `evidence/<run id>` below cwd */
  readonly out?: string | undefined;
  /** Seals the bundle. @default - an ephemeral key, gone after the run */
  readonly key?: SealKey | RemoteSealKey | undefined;
  readonly repeats?: { readonly before: Before; readonly reason: string } | undefined;
  readonly after?: EntryBodies["run-started"]["after"] | undefined;
  readonly onProgress: (line: string) => void;
}

const MAX_PLAN_BYTES = 512 * 1024 * 1024 - 1;

/**
 * The main job of a stack that these modules did not make, on the embedded AWS: a copy of the folder is planned, judged with the
 * user's own settings, applied, planned again, read back and challenged; everything is sealed. The run is provisional: no protocol of a
 * folder can be issued and approved yet.
 *
 * @throws before a bundle is begun: DIR_REFUSED, SETTINGS_INVALID, LOCK_FORMAT, TERRAFORM_FAILED, and the codes of `qualify`
 */
export async function qualifyFolder(options: FolderOptions): Promise<Qualification> {
  const home = readFolder(options);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    return await withInterrupt((signal) => inScratch(options, home, scratch, signal));
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function inScratch(
  options: FolderOptions,
  home: FolderHome,
  scratch: string,
  signal: AbortSignal,
): Promise<Qualification> {
  const stages = new Stages(options.onProgress);
  const { cwd, env } = options;
  const context = { env, cwd, signal, onProgress: (line: string) => stages.say(line) };
  const requirements = path.join(packageRoot(), "validation", "target", "emulator", "requirements.txt");
  const [terraform, venv] = await stages.run("set-up", async () => [
    await ensureTerraform(context),
    await ensureVenv(requirements, context),
  ]);
  const runDir = path.join(scratch, "emulator");
  fs.mkdirSync(runDir);
  const { accountId, region } = home;
  const emulator = await startEmulator({ python: venv.python, runDir, accountId, region });
  try {
    const administrator = await createAdministrator(emulator);
    const [plan, tried, measured] = await stages.run("plan; preflight of the embedded AWS", () =>
      allEnded([
        makeFolderPlan({
          ...context,
          dir: options.dir,
          stack: home.system,
          environment: options.environment,
          out: path.join(scratch, "plan"),
          workDir: path.join(scratch, "work"),
          targetEnv: terraformEnvironment(emulator, administrator),
          endpoint: emulator.endpoint,
        }),
        preflight(emulator, administrator),
        measureTools(terraform, venv, context),
      ]),
    );
    return await planned(options, home, { stages, signal, emulator, administrator, terraform, measured, plan, tried });
  } finally {
    await emulator.stop();
  }
}

interface Made {
  readonly stages: Stages;
  readonly signal: AbortSignal;
  readonly emulator: Emulator;
  readonly administrator: Awaited<ReturnType<typeof createAdministrator>>;
  readonly terraform: Awaited<ReturnType<typeof ensureTerraform>>;
  readonly measured: Awaited<ReturnType<typeof measureTools>>;
  readonly plan: FolderPlan;
  readonly tried: Awaited<ReturnType<typeof preflight>>;
}

async function planned(options: FolderOptions, home: FolderHome, made: Made): Promise<Qualification> {
  const { plan, emulator, administrator, stages } = made;
  const { settings, waivers, environment, repeats } = options;
  const policy = loadPolicy();
  const judgement = judgementOf(plan, environment, policy, {
    settings,
    waivers: waivers === undefined ? undefined : { file: waivers, asOf: today() },
  });
  const { facts, evaluation, decisions } = judgement;
  const bearing = recordBearing(facts, evaluation);
  const base = readProfile("emulator");
  assertAccepted(facts, bearing, base);
  const json = readJsonFile(path.join(plan.out, "plan.json"), { maxBytes: MAX_PLAN_BYTES });
  const committed = { notRun: [], plans: [committedPlan(PLAN, decisions)], drift: committedDrift(base, json) };
  const profile = { ...base, ...committed };
  const target = new EmulatorTarget(emulator);
  // What the target cannot make was refused above: nothing of this plan is left out.
  const iq = iqInputs(plan, json, policy.sidecar.controls, iqProfile({ ...profile, leaveOut: [] }, target.name));
  const challenges = chosenChallenges(subjectsOf(facts, bearing));
  const installation = withSources(iqProtocol(iq), plan.sources);
  const executor = await executorOf(clientConfig(emulator, administrator), target.kind, options.env);
  const attempt = repeats
    ? attemptAfter(repeats.before, repeats.reason, { system: home.system, environment, account: home.accountId })
    : FIRST_ATTEMPT;
  const id = runId(new Date());
  const folder = path.resolve(options.cwd, options.out ?? path.join("evidence", id));
  const commitments: Commitments = commitmentsOf(profile, { name: target.name, kind: target.kind }, iq);
  const bundle = Bundle.create(folder, commitments);
  const outcome = await followFolder({
    ...made,
    id,
    bundle,
    target,
    policy,
    executor,
    attempt,
    cwd: options.dir,
    dir: options.dir,
    system: home.system,
    environment,
    after: options.after,
    provisional: true,
    production: plan,
    preflight: made.tried,
    regions: [...new Set(Object.values(facts.providers).flatMap(({ region }) => region ?? []))].sort(),
    given: filesGiven(options),
    judgement,
    deployerArn: home.deployerArn,
    iq,
    iqProtocol: installation,
    planned: challenges,
    protocols: [installation, chosenProtocol(home.system, target.name, challenges)],
  });
  const summary = await stages.run("conclusion, report, seal", () =>
    bundle.closeBy(options.key, { outcome, render: renderReport }),
  );
  return { folder, summary, sealedBy: bundle.sealedBy!, seconds: stages.seconds };
}

function filesGiven({ settings, waivers }: ToldFolder): Readonly<Record<string, Buffer>> {
  return {
    "part11.yaml": fs.readFileSync(settings),
    ...(waivers === undefined ? {} : { "waivers.yaml": fs.readFileSync(waivers) }),
  };
}

function iqInputs(
  plan: FolderPlan,
  json: unknown,
  controls: IqInputs["controls"],
  profile: IqInputs["profile"],
): IqInputs {
  const lock = fs.readFileSync(path.join(plan.out, ".terraform.lock.hcl"), "utf8");
  return { stack: plan.stack, plan: json, synth: null, lock, controls, profile };
}
