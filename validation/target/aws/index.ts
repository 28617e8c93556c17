// SPDX-License-Identifier: Apache-2.0
export {
  assertCallerOf,
  assertOwnEndpoints,
  assertPlanOf,
  assertRegionOf,
  assertStateOf,
  assertSynthOf,
  readSettingsOf,
  type SaidTarget,
} from "./confirm";
export { readOnlyConfig } from "./connection";
export { assertCostAccepted, costNote } from "./cost-note";
export { assertDisposable } from "./disposable";
export { ReadOnlyGuard } from "./read-only-guard";
export { onlyToAws, ownWire, type Wire } from "./wire";
