// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import {
  attributesOf,
  type Facts,
  type GateSettings,
  loadSettings,
  openPlan,
  readFacts,
  readLock,
} from "../../validation/facts";
import { type ControlMetadata, type Decisions, decide, evaluate, loadPolicy } from "../../validation/gate";
import { sha256Hex } from "../../validation/json";
import { type Documents, PRODUCTION } from "./mutation/documents";
import { evaluateInOneEngine } from "./one-engine";

const policy = loadPolicy();

/** Facts of documents in memory, exactly as the gate reads them from files. */
export function factsOfDocuments({ plan, synth, lock }: Documents, given: Partial<GateSettings> = {}): Facts {
  const bytes = Buffer.from(JSON.stringify(plan));
  return readFacts({
    plan: openPlan(bytes, "plan"),
    synth,
    lock: readLock(lock, "lock"),
    settings: { ...loadSettings("production", path.join(PRODUCTION, "part11.yaml")).settings, ...given },
    attributes: attributesOf(policy.sidecar.controls),
    digests: {
      plan: sha256Hex(bytes),
      synth: sha256Hex(JSON.stringify(synth)),
      lock: sha256Hex(lock),
      policy: policy.digest,
      settings: null,
    },
    tools: { part11: "0.1.0", opa: policy.sidecar.opaVersion },
  });
}

/** Ids of those of the controls that do not pass documents in memory. */
export function noticing(
  documents: Documents,
  controls: readonly ControlMetadata[],
  given: Partial<GateSettings> = {},
): readonly string[] {
  const answers = evaluateInOneEngine(factsOfDocuments(documents, given), controls).controls;
  return controls.map(({ id }) => id).filter((id) => answers[id]!.answers.some(({ status }) => status !== "pass"));
}

/** The gate's decisions of documents in memory. */
export function judged(documents: Documents, given: Partial<GateSettings> = {}): Decisions {
  const facts = factsOfDocuments(documents, given);
  return decide(facts, policy, evaluate(facts, policy));
}
