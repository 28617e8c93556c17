// SPDX-License-Identifier: Apache-2.0
export type { ApplyFailure } from "./apply-events";
export { type ApplyOptions, type ApplyResult, applyPlan } from "./apply-plan";
export { PLAN_FILES, type PlanArtifacts, type PlanFile, sha256File } from "./artifacts";
export { checkFolder, type FolderPlan, type FolderPlanOptions, makeFolderPlan } from "./folder/make-folder-plan";
export { type SourceFile, sourcesOf } from "./folder/sources";
export { type CommonOptions, makePlan, makePlans, type StackPlan } from "./make-plan";
export { ENVIRONMENTS, type Environment, type PlanOptions, type PlanTarget, TARGETS } from "./options";
export type { PlanChanges, PlannedChange } from "./plan-changes";
export { type SecondPlan, secondPlan, writeState } from "./second-plan";
export { planSummary } from "./summary";
export { readCdktfJson } from "./synth";
