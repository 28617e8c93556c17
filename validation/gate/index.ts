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
export { visible } from "./escape/terminal";
export { evaluate, evaluateSome } from "./evaluate";
export { factsFor, type JudgeOptions, judge } from "./judge";
export { loadPolicy, loadSidecar, type Policy, packageName, type Sidecar } from "./policy";
export type { Outcome } from "./views/outcome";
export { type Places, placesOf } from "./views/places";
export { FORMATS, type Format, type RenderOptions, render } from "./views/render";
export { decisionText, type TextOptions } from "./views/text";
