// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import type { Commitments, PlannedPlan } from "../evidence";
import { assertSchema, readJsonFile } from "../json";
import { packageRoot } from "../package-root";

/** What a target cannot do, committed before any run; `validation/target/<target>/profile.json`. */
export interface TargetProfile {
  readonly schemaVersion: 1;
  /** Resource types that the target cannot apply. */
  readonly leaveOut: ReadonlyArray<{ readonly type: string; readonly reason: string }>;
  readonly plans: readonly PlannedPlan[];
  readonly notRun: Commitments["notRun"];
  readonly notAvailable: Commitments["notAvailable"];
}

const MAX_PROFILE_BYTES = 4 * 1024 * 1024;

/** @throws FILE_NOT_FOUND, SCHEMA_MISMATCH */
export function readProfile(target: "emulator"): TargetProfile {
  const file = path.join(packageRoot(), "validation", "target", target, "profile.json");
  const profile: unknown = readJsonFile(file, { maxBytes: MAX_PROFILE_BYTES });
  assertSchema("profile", profile, file);
  return profile as TargetProfile;
}

export function commitmentsOf(profile: TargetProfile, target: Commitments["target"]): Commitments {
  const { plans, notRun, notAvailable } = profile;
  return { schemaVersion: 1, target, plans, notRun, notApplicable: [], notAvailable };
}
