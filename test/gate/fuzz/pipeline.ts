// SPDX-License-Identifier: Apache-2.0
import { attributesOf, type Facts, loadSettings, openPlan, readFacts } from "../../../validation/facts";
import { type Decisions, decide, loadPolicy, type Policy, packageName } from "../../../validation/gate";
import { isOfAnswers } from "../../../validation/gate/parts";
import { attributesRead } from "../../../validation/gate/policy";
import { viewOf } from "../../../validation/gate/view";
import { evaluateInOneEngine } from "../one-engine";

const loaded = loadPolicy();
/** META-02 speaks of the answers of the others, and turns an unknown of them into one more. */
export const controls = loaded.sidecar.controls.filter((control) => !isOfAnswers(control));
export const policy: Policy = { ...loaded, sidecar: { ...loaded.sidecar, controls } };
export const attributes = attributesOf(controls);
const { settings } = loadSettings("production", null);
const digests = { plan: "0".repeat(64), synth: null, lock: null, policy: loaded.digest, settings: null };

/** Facts of a production plan given as bytes, read as the gate reads them from a file. Errors as `openPlan` and `readFacts`. */
export function factsOfBytes(bytes: Uint8Array): Facts {
  return readFacts({ plan: openPlan(bytes, "plan"), synth: null, lock: null, settings, attributes, digests });
}

/** What the policies see, as the gate hands it to them. */
export function dataOf(facts: Facts): Readonly<Record<string, unknown>> {
  return { ...loaded.sidecar.data, facts: viewOf(facts, attributesRead(policy, controls)) };
}

/** The controls that are asked, by the name of their package. */
export const ASKED: readonly string[] = controls.map(packageName);

/** The gate's decisions of a plan without its command line. Errors as `openPlan`, `readFacts`, and those of the engine. */
export function judgedBytes(bytes: Uint8Array): Decisions {
  const facts = factsOfBytes(bytes);
  return decide(facts, policy, evaluateInOneEngine(facts, controls));
}
