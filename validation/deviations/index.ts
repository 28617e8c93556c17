// SPDX-License-Identifier: Apache-2.0
export { type Balance, balanceOf } from "./balance";
export {
  type Deviation,
  type Disposition,
  type Dispositions,
  type NotApplicable,
  type OpenedDeviation,
  type OutOfScope,
  SEVERITIES,
  type Severity,
} from "./deviation";
export { loadDispositions, MAX_DISPOSITIONS_BYTES, parseDispositions } from "./dispositions-file";
export { refusedEntry } from "./entry";
export { openDeviations, UNEXECUTED } from "./open-deviations";
export { type Retest, settleDeviations } from "./settle";
