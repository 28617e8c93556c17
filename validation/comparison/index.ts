// SPDX-License-Identifier: Apache-2.0
export { compareFacts } from "./compare-facts";
export { unreadDifferences } from "./compare-synth";
export type { Aspect, AttributeChange, FactsComparison, OtherDifference, ResourceChange } from "./comparison";
export { differingPaths, isWithin } from "./differing-paths";
export { type QualifiedPlan, type QualifiedRun, qualifiedPlan, qualifiedRun } from "./qualified-plan";
