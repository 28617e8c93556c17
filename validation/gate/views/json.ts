// SPDX-License-Identifier: Apache-2.0
import { decisionBytes } from "../decide";
import { isRefusal, type Outcome } from "./outcome";

/** The decision record itself, or the record of the error. */
export function jsonView(outcome: Outcome): string {
  return isRefusal(outcome) ? `${JSON.stringify(outcome)}\n` : decisionBytes(outcome);
}
