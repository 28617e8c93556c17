// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import type { Commitments, Protocol } from "../../evidence";
import type { Policy } from "../../gate";
import { type IqInputs, iqProtocol } from "../../iq";
import { challenges, oqProtocol } from "../../oq";
import { iqProfile, readProfile, type TargetProfile } from "../profile";
import { SUBJECT } from "../protocols";
import type { GivenPlan } from "./given";
import type { Observation } from "./observation";
import { OBSERVATIONS } from "./observations";

const WRITES =
  "read-only run: the step writes, or needs what another step writes, and nothing that writes leaves the process";

/** Challenges that would only read, and are not executed all the same. */
const READS: Readonly<Record<string, string>> = {
  "OQ-as-found":
    "read-only run: the step reads what the challenges change, the disposable stack oq-challenge included, which is applied in qualification only",
  "OQ-premise-challenged-bucket":
    "read-only run: the step reads the disposable stack oq-challenge, which is applied in qualification only",
};

/** The protocols of a read-only run: all that a qualification executes is named, so that what was left out is seen. */
export function readOnlyProtocols(
  iq: IqInputs,
  observations: readonly Observation[] = OBSERVATIONS,
): readonly Protocol[] {
  const { target } = iq.profile;
  const whole = oqProtocol(target, challenges);
  const title = `${whole.title}, as far as it can be read`;
  return [iqProtocol(iq), { ...whole, title, steps: [...observations.map(({ step }) => step), ...whole.steps] }];
}

/** Every step that a read-only run does not execute, with the reason. */
export function notRunReadOnly(): Commitments["notRun"] {
  return challenges.map(({ step: { id } }) => ({ step: id, reason: READS[id] ?? WRITES }));
}

/** What the installation qualification is made from. @param target its name */
export function readOnlyInputs({ out, plan, synth }: GivenPlan, { sidecar }: Policy, target: string): IqInputs {
  const lock = fs.readFileSync(path.join(out, ".terraform.lock.hcl"), "utf8");
  const profile = iqProfile(readProfile("aws"), target);
  return { stack: SUBJECT.system, plan, synth, lock, controls: sidecar.controls, profile };
}

/** What a read-only run cannot do, committed before it. */
export function readOnlyProfile(): TargetProfile {
  return { ...readProfile("aws"), notRun: notRunReadOnly() };
}
