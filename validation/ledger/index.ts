// SPDX-License-Identifier: Apache-2.0
export { type ChainRow, placeOf, readRow } from "./chain-row";
export { type Entry, readEntry } from "./entry";
export { type ReadEntries, readEntries, readMirror, readRoots } from "./read";
export { type Differences, type ReconciledEvent, reconcile, type StoredVersion } from "./reconcile";
export { type ChainState, type LedgerProblem, type LedgerVerification, type Root, verifyChains } from "./verify";
