// SPDX-License-Identifier: Apache-2.0
export { type ExecutedRun, executedRun } from "./executed-run";
export { type TraceInputs, traceMatrix } from "./join";
export type {
  Blocker,
  BlockerCode,
  MethodOutcome,
  OrphanRow,
  RequirementRow,
  RowStatus,
  TracedControl,
  TracedMethod,
  TracedRun,
  TracedStep,
  TraceMatrix,
} from "./matrix";
export { matrixCsv } from "./matrix-csv";
export { matrixOf } from "./matrix-of";
export { matrixText } from "./matrix-text";
