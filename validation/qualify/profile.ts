// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import type { Commitments, PlannedPlan } from "../evidence";
import { type IqInputs, type IqProfile, iqCommitments } from "../iq";
import { assertSchema, readJsonFile } from "../json";
import { challenges } from "../oq";
import { packageRoot } from "../package-root";

/** What a target cannot do, committed before any run; `validation/target/<target>/profile.json`, that of AWS for read-only runs. */
export interface TargetProfile {
  readonly schemaVersion: 1;
  /** Resource types that the target cannot apply. */
  readonly leaveOut: ReadonlyArray<{ readonly type: string; readonly reason: string }>;
  readonly plans: readonly PlannedPlan[];
  readonly drift: Commitments["drift"];
  readonly cannotShow: Commitments["cannotShow"];
  readonly notRun: Commitments["notRun"];
  /** Attributes that cannot be read live on this target, beside those that no AWS API can show. */
  readonly notAvailable: IqProfile["notAvailable"];
}

const MAX_PROFILE_BYTES = 4 * 1024 * 1024;

/** @throws FILE_NOT_FOUND, SCHEMA_MISMATCH */
export function readProfile(target: "emulator" | "aws"): TargetProfile {
  const file = path.join(packageRoot(), "validation", "target", target, "profile.json");
  const profile: unknown = readJsonFile(file, { maxBytes: MAX_PROFILE_BYTES });
  assertSchema("profile", profile, file);
  return profile as TargetProfile;
}

/** The profile with what this machine lacks beside its target. @param withoutAwsCli why there is no AWS CLI */
export function onMachine(profile: TargetProfile, withoutAwsCli: string | undefined): TargetProfile {
  if (withoutAwsCli === undefined) return profile;
  const steps = challenges.filter(({ step }) => step.requires === "aws-cli");
  return {
    ...profile,
    notRun: [...profile.notRun, ...steps.map(({ step }) => ({ step: step.id, reason: withoutAwsCli }))],
  };
}

/** What the profile says about IQ. */
export function iqProfile(profile: TargetProfile, target: string): IqProfile {
  return { target, leftOut: profile.leaveOut, notAvailable: profile.notAvailable };
}

/** Everything that this run may not do, from the profile and from the IQ that will be executed. */
export function commitmentsOf(profile: TargetProfile, target: Commitments["target"], iq: IqInputs): Commitments {
  const installation = iqCommitments(iq);
  return {
    schemaVersion: 1,
    target,
    plans: profile.plans,
    drift: profile.drift,
    cannotShow: profile.cannotShow,
    notRun: [...profile.notRun, ...installation.notRun],
    notApplicable: [],
    notAvailable: installation.notAvailable,
  };
}
