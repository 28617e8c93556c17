// SPDX-License-Identifier: Apache-2.0
export { boundProtocol } from "./approvals-given";
export { Bundle, type CloseOptions, type SealedBy } from "./bundle";
export type { BundleFiles } from "./bundle-files";
export { type Clocks, clocksOf, MAX_SKEW_MS, skewOf } from "./clocks";
export { clocksInWords } from "./clocks-in-words";
export type { Commitments, PlannedPlan } from "./commitments";
export {
  type Conclusion,
  conclude,
  type IqRowCounts,
  type Problem,
  type RunStatus,
  type StepCounts,
} from "./conclusion";
export {
  type ClockReading,
  type EarlierAttempt,
  type EntryBodies,
  type EntryType,
  type EvidenceRef,
  type Executor,
  entriesOf,
  type GateFinding,
  type GivenApproval,
  type IqRow,
  type IqRowResult,
  type JournalEntry,
  type Observation,
  type PendingControl,
  type Reading,
  type StepFinished,
  type StepResult,
} from "./entries";
export { identityInWords, loginInWords } from "./executor-in-words";
export { gateFindingsOf, pendingOf } from "./gate-findings";
export { iqRowResult } from "./iq-row";
export { type Clock, Journal, readJournal } from "./journal";
export { assertProtocol, type Protocol, type ProtocolIssue, type ProtocolStep, protocolHash } from "./protocol";
export { SEAL_MEANING } from "./seal";
export { ephemeralSealKey, keyId, publicKeyFromPem, publicKeyPem, type SealKey, sealKeyFromPem } from "./seal-key";
export { type IntactFiles, readIntactFiles, readSealedRun, type SealedRun } from "./sealed-run";
export { type StepOutcome, stepOutcomes } from "./step-results";
export { type RunRecord, type Summary, summarize, untiedSource } from "./summary";
export { totalsOf, totalsProblems } from "./totals";
export { verifyBundle } from "./verify";
export { type Verification, type VerifyExit, verifyFiles } from "./verify-files";
export type { VerifyCode, VerifyProblem } from "./verify-problem";
