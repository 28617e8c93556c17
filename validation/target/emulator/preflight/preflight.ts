// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../../../error";
import type { Exchange } from "../../transcript";
import type { Credentials, Emulator } from "../emulator";
import { accessScenarios } from "./access";
import { alarmScenarios } from "./alarms";
import { deadLetterScenarios } from "./dead-letters";
import { encryptionScenarios } from "./encryption";
import { eventScenarios } from "./events";
import { functionScenarios } from "./functions";
import { ledgerTableScenarios } from "./ledger-table";
import { objectLockScenarios } from "./object-lock";
import { replicationScenarios } from "./replication";
import type { Probe, Scenario } from "./scenario";
import { sftpScenarios } from "./sftp";
import { sftpUploadScenarios } from "./sftp-uploads";
import { Stage } from "./stage";
import { trailScenarios } from "./trail";

/** One behaviour of AWS that OQ challenges rely on, tried on the emulator. */
export interface PreflightCheck {
  readonly name: string;
  /** Ids of the controls whose challenge may only run when this check behaves. */
  readonly controls: readonly string[];
  /** True when every probe, positive twin and mutant did what AWS does. */
  readonly behaves: boolean;
  /** What AWS does: each probe with the answer it must get. Empty when the check could not be made. */
  readonly expected: string;
  /** What was seen: each probe with its answer, and what was expected where it differs. */
  readonly observed: string;
  /** The calls behind it, as they went over the wire. */
  readonly exchanges: readonly Exchange[];
}

export interface PreflightReport {
  readonly ministackVersion: string;
  readonly patchesDigest: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly checks: readonly PreflightCheck[];
  /** Whether the control is covered by at least one check and all of its checks behave. Uncovered is false. */
  behaves(control: string): boolean;
}

const SCENARIOS: readonly Scenario[] = [
  ...accessScenarios,
  ...objectLockScenarios,
  ...encryptionScenarios,
  ...replicationScenarios,
  ...alarmScenarios,
  ...eventScenarios,
  ...trailScenarios,
  ...functionScenarios,
  ...deadLetterScenarios,
  ...ledgerTableScenarios,
  ...sftpScenarios,
  ...sftpUploadScenarios,
];

const REPLICA_REGIONS = ["eu-central-1", "eu-west-1"] as const;

export interface PreflightOptions {
  /** Names of the checks to run. @default all */
  readonly only?: readonly string[];
  /** Seconds to wait for a message or file that must come. @default 90: what comes, comes within one on an idle machine */
  readonly patienceSeconds?: number;
}

/**
 * Tries every behaviour that OQ challenges rely on, on throwaway resources that stay in the disposable emulator.
 * A check that throws does not behave. Run it before the stack is applied: it changes the account's public access block.
 */
export async function preflight(
  emulator: Emulator,
  administrator: Credentials,
  options: PreflightOptions = {},
): Promise<PreflightReport> {
  const replicaRegion = REPLICA_REGIONS.find((region) => region !== emulator.region) ?? REPLICA_REGIONS[0];
  const stage = new Stage(emulator, administrator, replicaRegion, options.patienceSeconds ?? 90);
  const startedAt = new Date();
  const checks: PreflightCheck[] = [];
  const chosen = SCENARIOS.filter(({ name }) => options.only?.includes(name) ?? true);
  for (const scenario of chosen) checks.push(await check(scenario, stage));
  return {
    ministackVersion: emulator.ministackVersion,
    patchesDigest: emulator.patchesDigest,
    startedAt,
    finishedAt: new Date(),
    checks,
    behaves: (control) => {
      const covering = checks.filter((entry) => entry.controls.includes(control));
      return covering.length > 0 && covering.every((entry) => entry.behaves);
    },
  };
}

async function check(scenario: Scenario, stage: Stage): Promise<PreflightCheck> {
  const { name, controls } = scenario;
  const from = stage.transcript.exchanges.length;
  const seen = (behaves: boolean, observed: string, expected = "") => {
    return { name, controls, behaves, expected, observed, exchanges: stage.transcript.exchanges.slice(from) };
  };
  try {
    const probes = await scenario.run(stage);
    const behaves = probes.length > 0 && probes.every((probe) => probe.got === probe.expected);
    const expected = probes.map((probe) => `${probe.what}: ${probe.expected}`).join("; ");
    return seen(behaves, probes.map(describe).join("; "), expected);
  } catch (error) {
    const text = error instanceof Part11Error ? error.message : `${(error as Error).name}: ${(error as Error).message}`;
    return seen(false, `stopped by ${text}`);
  }
}

function describe({ what, expected, got }: Probe): string {
  return got === expected ? `${what}: ${got}` : `${what}: ${got}, expected ${expected}`;
}
