// SPDX-License-Identifier: Apache-2.0
import type { Bundle } from "../evidence";
import type { Policy } from "../gate";
import type { PlanArtifacts } from "../plan";
import { type Credentials, clientConfig, type Emulator, type PreflightReport } from "../target/emulator";
import type { EmulatorTarget } from "../target/emulator-target";
import type { Terraform } from "../toolchain";
import { journalStart, type Started } from "./run-started";
import { dateOfSts, readClocks } from "./second-clock";
import { type MeasuredTools, toolVersions } from "./tool-versions";

/** What a run on the embedded AWS says before anything is judged. */
export interface Opening extends Started {
  readonly bundle: Bundle;
  readonly emulator: Emulator;
  readonly target: EmulatorTarget;
  readonly administrator: Credentials;
  readonly terraform: Terraform;
  readonly measured: MeasuredTools;
  readonly policy: Policy;
  readonly preflight: PreflightReport;
  /** The plan whose lock file names the providers. */
  readonly production: PlanArtifacts;
  readonly regions: readonly string[];
}

/** Writes the first entries of a run on the embedded AWS: who, with what, where, and what the preflight saw. */
export function openRun(run: Opening): void {
  const { production, bundle, target, emulator, terraform, measured, policy, preflight, regions } = run;
  const { journal } = bundle;
  journalStart(bundle, run);
  journal.append("tool-versions", toolVersions(terraform, measured, policy, emulator, production));
  journal.append("target", {
    name: target.name,
    kind: target.kind,
    account: target.accountId,
    regions,
    commitments: bundle.commitmentsRef,
    patches: emulator.patches.map(({ name, source }) => ({ id: name, source })),
  });
  const number = (i: number) => `PF-${String(i + 1).padStart(2, "0")}`;
  const calls = preflight.checks.map(({ name, exchanges }, i) => ({ id: number(i), title: name, exchanges }));
  journal.append("preflight", {
    startedAt: preflight.startedAt.toISOString(),
    finishedAt: preflight.finishedAt.toISOString(),
    evidence: [bundle.addJson("transcripts/preflight.json", calls)],
    checks: preflight.checks.map(({ name, behaves, expected, observed }, i) => ({
      id: number(i),
      title: name,
      result: behaves ? "PASS" : "FAIL",
      ...(expected === "" ? {} : { expected }),
      actual: observed,
    })),
  });
}

/** The machine's clock is held against the target's, whoever of the two is wrong; the conclusion judges what comes of it. */
export async function lookAtClocks(
  { bundle, emulator, administrator, target }: Pick<Opening, "bundle" | "emulator" | "administrator" | "target">,
  when: "start" | "end",
): Promise<void> {
  const ask = dateOfSts(clientConfig(emulator, administrator));
  bundle.journal.append("clock", { when, ...(await readClocks(ask, target.kind)) });
}
