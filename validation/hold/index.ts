// SPDX-License-Identifier: Apache-2.0
export { addHold, type HoldOutcome, type HoldRequest } from "./add-hold";
export { HoldRecord } from "./hold-record";
export { type ListedVersion, listHolds } from "./list-holds";
export { type ReleaseRequest, releaseHold } from "./release-hold";
export { type HeldObjects, type ObjectVersion, parseSelection, type Selection } from "./selection";
