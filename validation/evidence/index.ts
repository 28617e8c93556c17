// SPDX-License-Identifier: Apache-2.0
export { boundProtocol } from "./approvals-given";
export { Bundle, type CloseOptions, type SealedBy } from "./bundle";
export type { BundleFiles } from "./bundle-files";
export { type ChainLink, type ChainVerification, chainProblems, linkOf, sequenceOf, verifyChain } from "./chain";
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
export { SEAL_FILE, TIME_STAMP_FILE } from "./layout";
export { assertProtocol, type Protocol, type ProtocolIssue, type ProtocolStep, protocolHash } from "./protocol";
export { canQualify, READ_ONLY, type RunTarget } from "./run-target";
export { SEAL_MEANING } from "./seal";
export {
  ephemeralSealKey,
  keyId,
  publicKeyFromPem,
  publicKeyPem,
  type RemoteSealKey,
  type SealKey,
  sealKeyFromPem,
} from "./seal-key";
export { type IntactFiles, readIntactFiles, readSealedRun, type SealedRun } from "./sealed-run";
export { type StepOutcome, stepOutcomes } from "./step-results";
export { type RunRecord, type Summary, summarize, untiedSource } from "./summary";
export { totalsOf, totalsProblems } from "./totals";
export { readAndVerify, readArchiveAndVerify, type VerifiedFiles, verifyBundle } from "./verify";
export { type StampedTime, type Verification, type VerifyExit, verifyFiles } from "./verify-files";
export { bytesOf, problem, type VerifyCode, type VerifyProblem } from "./verify-problem";
