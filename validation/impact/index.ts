// SPDX-License-Identifier: Apache-2.0
export { type Impact, type ImpactInputs, impactOf, isSame } from "./impact";
export { impactText } from "./impact-text";
export type { StepImpact } from "./step-impacts";
