// SPDX-License-Identifier: Apache-2.0
export type {
  Attestation,
  BucketRole,
  Facts,
  GateSettings,
  PlanMeta,
  PolicyFacts,
  PolicyUse,
  ProviderFacts,
  Reference,
  ResourceFacts,
  Segment,
  Statement,
  Waiver,
  WaiverFacts,
} from "./facts";
export { attributesOf, type FactsFiles, type FactsOptions, loadFacts } from "./load-facts";
export { readLock } from "./lock";
export { openPlan } from "./open-plan";
export type { PlanDocument, ResourceChange } from "./plan-document";
export { parsePolicy, type RawStatement } from "./policy-document";
export { type FactsInput, readFacts } from "./read-facts";
export { ENVIRONMENTS, type LoadedSettings, loadSettings, MAX_SETTINGS_BYTES, parseSettings } from "./settings";
