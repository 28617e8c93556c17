// SPDX-License-Identifier: Apache-2.0
export type { Archive, ArchiveFacts, KeptVersion } from "./archive";
export { type Deposit, type DepositedFile, type DepositRequest, deposit } from "./deposit";
export type { Standing } from "./fit";
export { type Period, parsePeriod } from "./period";
