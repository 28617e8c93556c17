// SPDX-License-Identifier: Apache-2.0
import { type LoadedPolicy, loadPolicySync } from "@open-policy-agent/opa-wasm";
import type { Facts } from "../../validation/facts";
import { type ControlMetadata, type Evaluation, loadPolicy, packageName } from "../../validation/gate";
import { proven } from "../../validation/gate/proof";
import { viewOf } from "../../validation/gate/view";

const policy = loadPolicy();
const INITIAL_PAGES = 2_048;

let engine: LoadedPolicy | undefined;

/**
 * What `evaluateSome` says, in one engine for all plans of a test file: nine tenths of the time of a small plan go into a
 * new one. Errors as those of the engine and of the proof; after one the next plan gets a new engine, since this one may
 * have kept half of a plan.
 */
export function evaluateInOneEngine(facts: Facts, controls: readonly ControlMetadata[]): Evaluation {
  engine ??= loadPolicySync(policy.wasm, { initial: INITIAL_PAGES });
  try {
    engine.setData({ ...policy.sidecar.data, facts: viewOf(facts, controls) });
    return proven(engine.evaluate({ controls: controls.map(packageName) }, "part11_main/part"), facts, controls);
  } catch (error) {
    engine = undefined;
    throw error;
  }
}
