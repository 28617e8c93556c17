// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Bundle, type EntryBodies, type RemoteSealKey, type SealedBy, type SealKey, type Summary } from "../evidence";
import { loadPolicy } from "../gate";
import { renderReport } from "../report";
import { clientConfig, type Emulator } from "../target/emulator";
import { EmulatorTarget } from "../target/emulator-target";
import { withInterrupt } from "../toolchain";
import { type Approved, assertApproved, executedProtocols, notApproved } from "./approved";
import { type Course, followCourse } from "./course";
import { attemptAfter, type Before, FIRST_ATTEMPT } from "./earlier-attempt";
import { executorOf, loginOf } from "./executor";
import { iqInputs, type Planned, type PlanningOptions, withPlans } from "./plans";
import { commitmentsOf, iqProfile } from "./profile";
import { protocolsOf, SUBJECT } from "./protocols";
import { runId } from "./run-started";
import type { Stages } from "./stages";

export interface QualifyOptions extends PlanningOptions {
  /** Folder of the bundle; must not exist. @default `evidence/<run id>` below cwd */
  readonly out?: string | undefined;
  /** Files that OQ-arrivals-bulk sends, 1–100,000. @default 500 */
  readonly arrivals?: number | undefined;
  /** Seals the bundle. @default - an ephemeral key, gone after the run */
  readonly key?: SealKey | RemoteSealKey | undefined;
  /** Protocols that were issued, with their approvals. @default - none */
  readonly approved?: Approved | undefined;
  /** Executes without the required approvals, and marks everything that comes of it. */
  readonly provisional: boolean;
  /** The execution that this one repeats, and why. @default - this is the first */
  readonly repeats?: { readonly before: Before; readonly reason: string } | undefined;
  /** The bundle of the system's chain that this run follows. @default - it begins a chain, or stands outside of any */
  readonly after?: EntryBodies["run-started"]["after"] | undefined;
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
 * CDKTF_JSON_MISSING, STACK_UNKNOWN, BUNDLE_EXISTS, INTERRUPTED; APPROVALS_MISSING, PROTOCOL_DIFFERS, ATTEMPT_REFUSED: nothing
 * is applied then; SEAL_NOT_MADE at the end: the folder is no bundle then
 */
export async function qualify(options: QualifyOptions): Promise<Qualification> {
  const { provisional, approved, env } = options;
  if (!provisional && !approved) throw notApproved("neither protocols nor approvals");
  // Minutes before the plans say whether these are the protocols that would be executed.
  if (!provisional) assertApproved(approved!.protocols, approved, loginOf(env), new Date());
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    return await withInterrupt((signal) =>
      withPlans(options, scratch, signal, (emulator, planned) => qualifyOn(emulator, { ...planned, options })),
    );
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function qualifyOn(emulator: Emulator, planned: Planned & Pick<Course, "options">): Promise<Qualification> {
  const { options, stages, profile, zone } = planned;
  const target = new EmulatorTarget(emulator);
  const policy = loadPolicy();
  const iq = iqInputs(zone, policy, iqProfile(profile, target.name));
  const protocols = executedProtocols(protocolsOf(iq, target.name, options.arrivals), options.approved);
  const executor = await executorOf(clientConfig(emulator, planned.administrator), target.kind, options.env);
  if (!options.provisional) assertApproved(protocols, options.approved, executor.login, new Date());
  const { repeats } = options;
  const here = { ...SUBJECT, account: target.accountId };
  const attempt = repeats ? attemptAfter(repeats.before, repeats.reason, here) : FIRST_ATTEMPT;
  const id = runId(new Date());
  const folder = path.resolve(options.cwd, options.out ?? path.join("evidence", id));
  const bundle = Bundle.create(folder, commitmentsOf(profile, { name: target.name, kind: target.kind }, iq));
  const outcome = await followCourse({
    ...planned,
    id,
    bundle,
    emulator,
    target,
    policy,
    iq,
    protocols,
    executor,
    attempt,
  });
  const summary = await stages.run("conclusion, report, seal", () =>
    bundle.closeBy(options.key, { outcome, render: renderReport }),
  );
  return { folder, summary, sealedBy: bundle.sealedBy!, seconds: stages.seconds };
}
