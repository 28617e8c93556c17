// SPDX-License-Identifier: Apache-2.0
import type { Protocol } from "../../evidence";
import { type IqInputs, runIq } from "../../iq";
import { runOq, Site, StackState } from "../../oq";
import type { Challenge } from "../../oq/challenge";
import type { FolderPlan } from "../../plan";
import { terraformEnvironment } from "../../target/emulator";
import { outsidePrincipals } from "../../target/outside-principals";
import { apply, readBack } from "../applied";
import { type Judgement, journalJudgement, journalPlan } from "../judged-plan";
import { lookAtClocks, type Opening, openRun } from "../opening";
import type { Stages } from "../stages";
import { managedResources } from "../state";
import { type RunStage, toTheEnd } from "../to-the-end";
import { executeSources } from "./sources-step";

/** Name of the plan in journal and commitments. */
export const PLAN = "folder";

/** Everything that a run of a folder is made of. */
export interface FolderCourse extends Opening {
  readonly dir: string;
  /** Files that decide beside the plan: settings and waivers, by name. */
  readonly given: Readonly<Record<string, Buffer>>;
  readonly production: FolderPlan;
  readonly stages: Stages;
  readonly signal: AbortSignal;
  readonly judgement: Judgement;
  readonly deployerArn: string;
  readonly iq: IqInputs;
  readonly iqProtocol: Protocol;
  readonly planned: ReadonlyArray<Challenge<Site>>;
}

/** Follows the whole course. What stops it goes into the journal, and the run is `stopped`. */
export async function followFolder(course: FolderCourse): Promise<"finished" | "stopped"> {
  return toTheEnd(course, async (stage, enter) => {
    openRun(course);
    await lookAtClocks(course, "start");
    await wholeCourse(course, stage);
    enter("clock");
    await lookAtClocks(course, "end");
  });
}

async function wholeCourse(course: FolderCourse, stage: RunStage): Promise<void> {
  const { bundle, production, judgement, deployerArn, target, emulator, iq, stages } = course;
  const plan = await stage("gate", () => {
    const sources = bundle.addJson(`plans/${PLAN}/sources.json`, production.sources);
    const given = Object.entries(course.given).map(([name, bytes]) => bundle.addFile(`plans/${PLAN}/${name}`, bytes));
    journalPlan(bundle, PLAN, production, [sources, ...given]);
    return journalJudgement(bundle, PLAN, production, judgement);
  });
  if (judgement.decisions.verdict !== "pass") {
    stages.say(`the gate refuses the plan: it is applied on the embedded AWS all the same, and the run is FAILED`);
  }
  const { administrators, others } = outsidePrincipals([judgement.facts]);
  const outside = others.filter((arn) => arn !== deployerArn);
  await target.prepare({ administrators: [...new Set([deployerArn, ...administrators])].sort(), others: outside });
  const credentials = await target.outsideRole(deployerArn);
  const env = { ...production.env, ...terraformEnvironment(emulator, credentials) };
  await stage("protocols", () => {
    for (const protocol of course.protocols) bundle.fixProtocol(protocol);
  });
  await stage("apply", () => apply(course, plan, env));
  const { state, changes } = await stage("state, second plan", () => readBack(course, plan, env));
  await stage("installation qualification", () => {
    executeSources(bundle, course.iqProtocol.id, course.dir, production.sources);
    return runIq({
      ...iq,
      state,
      changedAgain: changes,
      signal: course.signal,
      connection: {
        principal: deployerArn,
        clientConfig: (region) => target.clientConfig(credentials, { region }),
        s3ControlConfig: () => target.s3ControlConfig(credentials),
      },
      evidence: (file, content) => bundle.addFile(file, content),
      onStarted: (step) => bundle.journal.append("step-started", { protocol: course.iqProtocol.id, step }),
      onFinished: (finished) => {
        bundle.journal.append("step-finished", finished);
        if (finished.result !== "PASS") stages.say(`${finished.result}  ${finished.step}  ${finished.reason ?? ""}`);
      },
    });
  });
  await stage("operational qualification", () =>
    runOq({
      bundle,
      range: new Site(target, new StackState(managedResources(state), course.system), deployerArn),
      planned: course.planned,
      notRun: [],
      onProgress: (line) => stages.say(line),
      signal: course.signal,
    }),
  );
}
