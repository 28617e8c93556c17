// SPDX-License-Identifier: Apache-2.0
export { type DecideOptions, decide, decisionBytes, toleratedUnknowns } from "./decide";
export {
  type Answer,
  type ControlDecision,
  type ControlMetadata,
  type ControlStatus,
  type Decisions,
  type Evaluation,
  type Finding,
  type FindingWaiver,
  SEVERITIES,
  type Severity,
} from "./decisions";
export { evaluate, evaluateSome } from "./evaluate";
export { factsFor, type JudgeOptions, judge } from "./judge";
export { loadPolicy, loadSidecar, type Policy, packageName, type Sidecar } from "./policy";
export { decisionText, type TextOptions } from "./text";
export { visible } from "./visible";
