// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Part11Error } from "../error";
import type { Bundle, EntryBodies, Executor, Protocol } from "../evidence";
import type { Policy } from "../gate";
import { type IqInputs, runIq } from "../iq";
import { ARRIVALS, challengesWith, Range, runOq, StackState } from "../oq";
import { type Emulator, terraformEnvironment } from "../target/emulator";
import type { EmulatorTarget } from "../target/emulator-target";
import { outsideCode } from "../target/outside-code";
import { outsidePrincipals } from "../target/outside-principals";
import { outsideScanner } from "../target/outside-scanner";
import { allEnded } from "../toolchain";
import { apply, readBack } from "./applied";
import { homeOf } from "./home";
import { departures, type JudgedPlan, judge } from "./judged-plan";
import { lookAtClocks, openRun } from "./opening";
import type { Planned } from "./plans";
import { SUBJECT } from "./protocols";
import type { QualifyOptions } from "./qualify";
import { managedResources } from "./state";
import { type RunStage, toTheEnd } from "./to-the-end";

/** Everything that one run of the main job is made of. */
export interface Course extends Planned {
  readonly id: string;
  readonly options: QualifyOptions;
  readonly bundle: Bundle;
  readonly emulator: Emulator;
  readonly target: EmulatorTarget;
  readonly policy: Policy;
  readonly iq: IqInputs;
  /** Those that are executed, byte for byte. */
  readonly protocols: readonly Protocol[];
  readonly executor: Executor;
  readonly attempt: NonNullable<EntryBodies["run-started"]["attempt"]>;
}

/** Follows the whole course. What stops it goes into the journal, and the run is `stopped`. */
export async function followCourse(course: Course): Promise<"finished" | "stopped"> {
  return toTheEnd(course, async (stage, enter) => {
    const { regions } = homeOf(path.join(course.production.out, "cdk.tf.json"));
    openRun({ ...course, ...course.options, system: SUBJECT.system, environment: SUBJECT.environment, regions });
    await lookAtClocks(course, "start");
    await wholeCourse(course, stage);
    enter("clock");
    await lookAtClocks(course, "end");
  });
}

async function wholeCourse(course: Course, stage: RunStage): Promise<void> {
  const { bundle, emulator, target, policy, iq } = course;
  const planned = challengesWith(course.options.arrivals ?? ARRIVALS);
  const [zone, challenge] = await stage("gate", () => {
    const production = judge(bundle, "landing-zone-production", course.production, "production", policy);
    const landingZone = judge(bundle, "landing-zone", course.zone, "qualification", policy);
    const oqChallenge = judge(bundle, "oq-challenge", course.challenge, "qualification", policy);
    for (const plan of [production, landingZone, oqChallenge]) refuseDepartures(course, plan);
    return [landingZone, oqChallenge] as const;
  });
  const outside = outsidePrincipals([zone.facts, challenge.facts]);
  await target.prepare(outside);
  await target.putCode(outsideCode(iq.plan));
  const scanner = outsideScanner(zone.facts);
  if (scanner !== undefined) await target.putScanner(scanner);
  const [deployer] = outside.administrators;
  if (!deployer) throw nobodyDeploys();
  const credentials = await target.outsideRole(deployer);
  const env = { ...course.zone.env, ...terraformEnvironment(emulator, credentials) };
  await stage("protocols", () => {
    for (const protocol of course.protocols) bundle.fixProtocol(protocol);
  });
  const challengeState = await stage("apply", async () => {
    const [{ state }] = await allEnded([
      // The smaller stack is done long before the other one, and nothing that reads it back waits for that.
      apply(course, challenge, env).then(() => readBack(course, challenge, env)),
      apply(course, zone, env),
    ]);
    return state;
  });
  const { state: zoneState } = await stage("state, second plan", () => readBack(course, zone, env));
  await stage("installation qualification", () =>
    runIq({
      ...iq,
      state: zoneState,
      connection: {
        principal: deployer,
        clientConfig: (region) => target.clientConfig(credentials, { region }),
        s3ControlConfig: () => target.s3ControlConfig(credentials),
      },
      evidence: (file, content) => bundle.addFile(file, content),
      onStarted: (step) => bundle.journal.append("step-started", { protocol: "IQ", step }),
      onFinished: (finished) => {
        bundle.journal.append("step-finished", finished);
        if (finished.result !== "PASS")
          course.stages.say(`${finished.result}  ${finished.step}  ${finished.reason ?? ""}`);
      },
    }),
  );
  await stage("operational qualification", () => {
    const states = [
      new StackState(managedResources(zoneState), course.zone.stack),
      new StackState(managedResources(challengeState), course.challenge.stack),
    ] as const;
    return runOq({
      bundle,
      range: new Range(target, ...states, deployer),
      planned,
      notRun: course.profile.notRun,
      onProgress: (line) => course.stages.say(line),
      signal: course.signal,
    });
  });
}

function refuseDepartures({ profile }: Course, plan: JudgedPlan): void {
  const committed = profile.plans.find((planned) => planned.plan === plan.name)?.findings ?? [];
  const found = departures(plan, committed);
  if (plan.decisions.verdict !== "error" && found.length === 0) return;
  throw new Part11Error({
    code: "GATE_REFUSED",
    what: "plan refused by the gate",
    where: `plan ${plan.name}`,
    expected: committed.length === 0 ? "no finding" : `exactly the ${committed.length} committed findings`,
    got: `verdict ${plan.decisions.verdict}, ${found.slice(0, 3).join("; ") || "no departure"}`,
    todo: `see decisions/${plan.name}.json in the bundle`,
  });
}

function nobodyDeploys(): Part11Error {
  return new Part11Error({
    code: "SUBJECT_NOT_FOUND",
    what: "nobody to deploy as",
    where: "key policies of the plans",
    expected: "at least one role outside the stack that administers keys",
    got: "none",
    todo: "name the deploy role in the stack's settings",
  });
}
