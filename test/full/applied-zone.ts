// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadSidecar } from "../../validation/gate";
import type { IqInputs, LiveConnection } from "../../validation/iq";
import { readJsonFile } from "../../validation/json";
import { packageRoot } from "../../validation/package-root";
import { applyPlan, makePlan, writeState } from "../../validation/plan";
import { readProfile } from "../../validation/qualify/profile";
import {
  type Credentials,
  createAdministrator,
  type Emulator,
  s3ControlClientConfig,
  startEmulator,
  terraformEnvironment,
} from "../../validation/target/emulator";
import { EmulatorTarget } from "../../validation/target/emulator-target";
import { outsideCode } from "../../validation/target/outside-code";
import { ensureVenv } from "../../validation/toolchain";

const ACCOUNT = "111122223333";
const REGION = "eu-central-1";
const DEPLOYER = `arn:aws:iam::${ACCOUNT}:role/part11-deployer`;
const QUALIFIER = `arn:aws:iam::${ACCOUNT}:role/part11-qualifier`;
const STACK = "clinical-landing-zone";
const MAX_BYTES = 64 * 1024 * 1024;

/** The landing zone of environment qualification, applied to an emulator of its own. */
export interface AppliedZone {
  readonly inputs: IqInputs;
  /** `terraform show -json` after the apply. */
  readonly state: unknown;
  readonly emulator: Emulator;
  /** The deploy role, as which IQ reads. */
  readonly deployer: LiveConnection;
  /** The emulator's root, which may change everything. */
  readonly root: LiveConnection;
  /** Ends the emulator and removes the folder of the run. May be called twice. */
  stop(): Promise<void>;
}

/** Starts an emulator, plans the landing zone for it and applies it: about 90 s, most of it the provider's own waits. */
export async function appliedZone(): Promise<AppliedZone> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  const cwd = packageRoot();
  const { TF_CLI_CONFIG_FILE, ...env } = process.env;
  let emulator: Emulator | undefined;
  const stop = async () => {
    await emulator?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    const requirements = path.join(cwd, "validation", "target", "emulator", "requirements.txt");
    const { python } = await ensureVenv(requirements, { cwd, env });
    emulator = await startEmulator({ python, runDir: folder, accountId: ACCOUNT, region: REGION });
    const artifacts = await makePlan({
      stack: STACK,
      environment: "qualification",
      target: "emulator",
      emulatorEndpoint: emulator.endpoint,
      leaveOut: readProfile("emulator").leaveOut.map(({ type }) => type),
      targetEnv: terraformEnvironment(emulator, await createAdministrator(emulator)),
      out: path.join(folder, "plan"),
      keepWorkDir: path.join(folder, "work"),
      cwd,
      env,
    });
    const target = new EmulatorTarget(emulator);
    await target.prepare({ administrators: [DEPLOYER], others: [QUALIFIER] });
    await target.putCode(outsideCode(readJsonFile(path.join(artifacts.out, "plan.json"), { maxBytes: MAX_BYTES })));
    const deployer = await target.outsideRole(DEPLOYER);
    const applyEnv = { ...artifacts.env, ...terraformEnvironment(emulator, deployer) };
    const applied = await applyPlan(artifacts, { env: applyEnv, parallelism: 40 });
    if (!applied.complete) throw new Error(`apply failed: ${JSON.stringify(applied.failed)}`);
    const stateFile = path.join(folder, "state.json");
    await writeState(artifacts, stateFile);
    const file = (name: string) => path.join(artifacts.out, name);
    return {
      inputs: {
        stack: STACK,
        plan: readJsonFile(file("plan.json"), { maxBytes: MAX_BYTES }),
        synth: readJsonFile(file("cdk.tf.json"), { maxBytes: MAX_BYTES }),
        lock: fs.readFileSync(file(".terraform.lock.hcl"), "utf8"),
        controls: loadSidecar().sidecar.controls,
        profile: { target: target.name, leftOut: [], notAvailable: [] },
      },
      state: readJsonFile(stateFile, { maxBytes: MAX_BYTES }),
      emulator,
      deployer: connectionTo(emulator, target, DEPLOYER, deployer),
      root: connectionTo(emulator, target, `arn:aws:iam::${ACCOUNT}:root`, emulator.rootCredentials),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function connectionTo(
  emulator: Emulator,
  target: EmulatorTarget,
  principal: string,
  credentials: Credentials,
): LiveConnection {
  return {
    principal,
    clientConfig: (region) => target.clientConfig(credentials, { region }),
    s3ControlConfig: (region) => ({ ...s3ControlClientConfig(emulator, credentials), region }),
  };
}
