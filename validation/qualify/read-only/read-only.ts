// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Bundle, type EntryBodies, type RunTarget, type SealKey } from "../../evidence";
import { loadPolicy } from "../../gate";
import { renderReport } from "../../report";
import type { SaidTarget } from "../../target/aws";
import { withInterrupt } from "../../toolchain";
import { type Approved, assertApproved, executedProtocols, notApproved } from "../approved";
import { attemptAfter, type Before, FIRST_ATTEMPT } from "../earlier-attempt";
import { loginOf } from "../executor";
import { commitmentsOf } from "../profile";
import { SUBJECT } from "../protocols";
import type { Qualification } from "../qualify";
import { runId } from "../run-started";
import { Stages } from "../stages";
import { type Caller, confirmCaller } from "./confirmed-caller";
import { confirmPlan, confirmState, type ToldTarget } from "./confirmed-inputs";
import { followReadOnly } from "./course";
import type { Observation } from "./observation";
import { OBSERVATIONS } from "./observations";
import { readOnlyInputs, readOnlyProfile, readOnlyProtocols } from "./protocols";

export interface ReadOnlyOptions extends ToldTarget, Caller {
  readonly cwd: string;
  /** `terraform show -json` of the installed stack. */
  readonly state: string;
  /** Settings of the gate, as `part11 gate --settings` takes them. @default - none */
  readonly gateSettings?: string | undefined;
  /** Folder of the bundle; must not exist. @default `evidence/<run id>` below cwd */
  readonly out?: string | undefined;
  /** Seals the bundle. @default - an ephemeral key, gone after the run */
  readonly key?: SealKey | undefined;
  readonly approved?: Approved | undefined;
  readonly provisional: boolean;
  readonly repeats?: { readonly before: Before; readonly reason: string } | undefined;
  readonly after?: EntryBodies["run-started"]["after"] | undefined;
  readonly onProgress: (line: string) => void;
  /** @default - every one; a test adds one that tries to write */
  readonly observations?: readonly Observation[];
}

/**
 * What is installed on AWS, read and held against its plan: IQ, and the steps of OQ that only read. Nothing that writes can
 * leave the process, and every other step is NOT RUN, by name. Terraform is not run.
 *
 * @throws before a bundle is begun: TARGET_REFUSED, APPROVALS_MISSING, PROTOCOL_DIFFERS, ATTEMPT_REFUSED, PLAN_CHANGED,
 * PLAN_FORMAT, FILE_NOT_FOUND, TRANSPORT, BUNDLE_EXISTS, INTERRUPTED
 */
export async function qualifyReadOnly(options: ReadOnlyOptions): Promise<Qualification> {
  const { provisional, approved, env, said, observations = OBSERVATIONS } = options;
  if (!provisional && !approved) throw notApproved("neither protocols nor approvals");
  const { plan, settingsSha256 } = confirmPlan(options);
  const installed = confirmState(options.state, said);
  return withInterrupt(async (signal) => {
    const stages = new Stages(options.onProgress);
    const startedAt = new Date();
    const { executor, guard, config, transcript } = await confirmCaller(options);
    const policy = loadPolicy();
    const target = readOnlyTarget(said);
    const iq = readOnlyInputs(plan, policy, target.name);
    const protocols = executedProtocols(readOnlyProtocols(iq, observations), approved);
    if (!provisional) assertApproved(protocols, approved, loginOf(env), new Date());
    const here = { system: SUBJECT.system, environment: said.environment, account: said.accountId };
    const { repeats } = options;
    const attempt = repeats ? attemptAfter(repeats.before, repeats.reason, here) : FIRST_ATTEMPT;
    const id = runId(new Date());
    const folder = path.resolve(options.cwd, options.out ?? path.join("evidence", id));
    const bundle = Bundle.create(folder, commitmentsOf(readOnlyProfile(), target, iq));
    const given = { "plan.json": plan.digests["plan.json"]!, settings: settingsSha256, state: installed.sha256 };
    const confirmed = { said, executor, startedAt, finishedAt: new Date(), transcript, given };
    const course = { id, options, bundle, stages, signal, guard, config, policy, plan, iq, protocols, attempt, target };
    const outcome = await followReadOnly({ ...course, state: installed.state, confirmed, observations });
    const summary = await stages.run("conclusion, report, seal", () =>
      bundle.closeBy(options.key, { outcome, render: renderReport }),
    );
    return { folder, summary, sealedBy: bundle.sealedBy!, seconds: stages.seconds };
  });
}

/** Where a read-only run is; its name says so wherever nothing else of the run stands. */
export function readOnlyTarget({ accountId, region }: SaidTarget): RunTarget {
  return { name: `aws ${accountId} ${region}, read-only`, kind: "aws", access: "read-only" };
}
