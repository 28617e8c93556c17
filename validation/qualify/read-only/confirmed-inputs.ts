// SPDX-License-Identifier: Apache-2.0
import {
  assertOwnEndpoints,
  assertPlanOf,
  assertRegionOf,
  assertStateOf,
  assertSynthOf,
  readSettingsOf,
  type SaidTarget,
} from "../../target/aws";
import { managedResources } from "../state";
import { type GivenPlan, readGivenPlan, readGivenState } from "./given";

/** What a run on AWS is told, before anything is asked of AWS. */
export interface ToldTarget {
  readonly env: NodeJS.ProcessEnv;
  readonly said: SaidTarget;
  /** Folder of `part11 plan`. */
  readonly plan: string;
  /** The stack's settings file that the plan was made from. */
  readonly settings: string;
}

/** What was read of it, all of one account, region and environment. */
export interface ConfirmedPlan {
  readonly plan: GivenPlan;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly settingsSha256: string;
}

/** @throws TARGET_REFUSED for what is of another target; FILE_NOT_FOUND, PLAN_CHANGED, PLAN_FORMAT */
export function confirmPlan({ env, said, plan: folder, settings: file }: ToldTarget): ConfirmedPlan {
  assertOwnEndpoints(env);
  assertRegionOf(env, said);
  const { settings, sha256: settingsSha256 } = readSettingsOf(file, said);
  const plan = readGivenPlan(folder);
  assertSynthOf(plan.synth, said);
  assertPlanOf(plan.plan, said);
  return { plan, settings, settingsSha256 };
}

/** State as `terraform show -json` writes it. @throws TARGET_REFUSED for that of another account, region or environment */
export function confirmState(file: string, said: SaidTarget): { readonly state: unknown; readonly sha256: string } {
  const given = readGivenState(file);
  assertStateOf(managedResources(given.state), said);
  return given;
}
