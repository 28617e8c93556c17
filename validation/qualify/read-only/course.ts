// SPDX-License-Identifier: Apache-2.0
import type { STSClientConfig } from "@aws-sdk/client-sts";
import type { Bundle, EntryBodies, Protocol, RunTarget } from "../../evidence";
import type { Policy } from "../../gate";
import { type IqInputs, type LiveClientConfig, type LiveConnection, runIq } from "../../iq";
import { StackState } from "../../oq";
import { regionsOf } from "../../plan/provider-block";
import type { ReadOnlyGuard } from "../../target/aws";
import { judge } from "../judged-plan";
import { SUBJECT } from "../protocols";
import { journalStart } from "../run-started";
import { dateOfSts, readClocks } from "../second-clock";
import type { Stages } from "../stages";
import { managedResources } from "../state";
import { type RunStage, toTheEnd } from "../to-the-end";
import { readingToolVersions } from "../tool-versions";
import type { GivenPlan } from "./given";
import type { Observation } from "./observation";
import { type Confirmed, journalPreflight } from "./preflight";
import type { ReadOnlyOptions } from "./read-only";
import { runObservations } from "./run-observations";

/** Name of the plan in journal and commitments. */
const PLAN = "landing-zone";

/** Everything that a read-only run is made of. */
export interface ReadOnlyCourse {
  readonly id: string;
  readonly options: ReadOnlyOptions;
  readonly bundle: Bundle;
  readonly stages: Stages;
  readonly signal: AbortSignal;
  readonly guard: ReadOnlyGuard;
  readonly config: (region: string) => LiveClientConfig;
  readonly policy: Policy;
  readonly plan: GivenPlan;
  readonly state: unknown;
  readonly iq: IqInputs;
  readonly protocols: readonly Protocol[];
  readonly attempt: NonNullable<EntryBodies["run-started"]["attempt"]>;
  readonly target: RunTarget;
  readonly confirmed: Confirmed;
  readonly observations: readonly Observation[];
}

/** Follows the whole course. What stops it, and every call that the guard refused, goes into the journal. */
export async function followReadOnly(course: ReadOnlyCourse): Promise<"finished" | "stopped"> {
  const { bundle, guard } = course;
  const outcome = await toTheEnd(course, async (stage, enter) => {
    await open(course);
    await lookAtClocks(course, "start");
    await wholeCourse(course, stage);
    enter("clock");
    await lookAtClocks(course, "end");
  });
  if (guard.refused.length > 0) {
    const message = `read-only run: ${guard.refused.length} calls were refused and not sent: ${guard.refused.slice(0, 5).join("; ")}`;
    bundle.journal.append("run-error", { during: "guard of read-only runs", code: "WRITE_REFUSED", message });
  }
  return outcome;
}

async function open(course: ReadOnlyCourse): Promise<void> {
  const { id, options, bundle, policy, plan, protocols, attempt, target, confirmed } = course;
  const { said, executor } = confirmed;
  const { system } = SUBJECT;
  journalStart(bundle, { ...options, id, system, environment: said.environment, executor, attempt, protocols });
  bundle.journal.append("tool-versions", readingToolVersions(policy, plan));
  const { name, kind } = target;
  const regions = regionsOf(plan.synth);
  const { commitmentsRef: commitments } = bundle;
  bundle.journal.append("target", { name, kind, account: said.accountId, regions, commitments, patches: [] });
  await journalPreflight(bundle, confirmed);
}

async function wholeCourse(course: ReadOnlyCourse, stage: RunStage): Promise<void> {
  const { bundle, plan, policy, options, iq, state, guard, config, confirmed, stages, signal } = course;
  const { region, environment } = confirmed.said;
  await stage("gate", () => judge(bundle, PLAN, plan, environment, policy, { settings: options.gateSettings }));
  await stage("protocols", () => {
    for (const protocol of course.protocols) bundle.fixProtocol(protocol);
  });
  const connection: LiveConnection = {
    principal: confirmed.executor.identity.arn,
    clientConfig: config,
    attach: guard.attach,
  };
  await stage("installation qualification", () =>
    runIq({
      ...iq,
      state,
      connection,
      signal,
      evidence: (file, content) => bundle.addFile(file, content),
      onStarted: (step) => bundle.journal.append("step-started", { protocol: "IQ", step }),
      onFinished: (finished) => {
        bundle.journal.append("step-finished", finished);
        if (finished.result !== "PASS") stages.say(`${finished.result}  ${finished.step}  ${finished.reason ?? ""}`);
      },
    }),
  );
  await stage("what operation left to be read", () =>
    runObservations({
      bundle,
      connection,
      region,
      zone: new StackState(managedResources(state), SUBJECT.system),
      observations: course.observations,
      onProgress: (line) => stages.say(line),
    }),
  );
}

async function lookAtClocks(
  { bundle, config, guard, confirmed }: ReadOnlyCourse,
  when: "start" | "end",
): Promise<void> {
  const ask = dateOfSts(config(confirmed.said.region) as STSClientConfig, guard.attach);
  bundle.journal.append("clock", { when, ...(await readClocks(ask, "aws")) });
}
