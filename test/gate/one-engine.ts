// SPDX-License-Identifier: Apache-2.0
import type { Facts } from "../../validation/facts";
import { type ControlMetadata, type Evaluation, loadPolicy } from "../../validation/gate";
import { Evaluator } from "../../validation/gate/evaluate";

const evaluator = new Evaluator(loadPolicy());

/** What `evaluateSome` says, in one engine for all plans of a test file: nine tenths of a small plan's time go into a new one. */
export function evaluateInOneEngine(facts: Facts, controls: readonly ControlMetadata[]): Evaluation {
  return evaluator.some(facts, controls);
}
