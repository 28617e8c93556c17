// SPDX-License-Identifier: Apache-2.0
import { openPlan, readFacts } from "../../../validation/facts";
import { type Decisions, decide } from "../../../validation/gate";
import { attestationsOf } from "../../corpus/attest";
import { factsOf } from "../../corpus/judged";
import { evaluateInOneEngine } from "../one-engine";
import { PASSING } from "./bases";
import { attributes, controls, policy } from "./pipeline";

const AS_OF = "2026-11-23";
const NO_DIGEST = "0".repeat(64);

const zone = factsOf(PASSING);

/**
 * Decisions of a plan given as the team of the passing zone gives its own: with its settings and lock file, and with
 * whatever a plan cannot show attested by one who always says yes, so that nothing but the plan decides. Errors as
 * `judgedBytes`.
 *
 * @param forgotten a control that the gate is made to forget. `@default` none
 */
export function judgedAttested(bytes: Uint8Array, forgotten?: string): Decisions {
  const asked = controls.filter(({ id }) => id !== forgotten);
  const catalogue = { ...policy, sidecar: { ...policy.sidecar, controls: asked } };
  const { settings, meta } = zone;
  const { lock, digests, tools } = meta;
  const plan = openPlan(bytes, "plan");
  const facts = readFacts({ plan, synth: null, lock, settings, attributes, digests, tools });
  const evaluation = evaluateInOneEngine(facts, asked);
  const entries = attestationsOf(decide(facts, catalogue, evaluation), AS_OF, NO_DIGEST);
  const waivers = { file: "waivers.yaml", digest: NO_DIGEST, asOf: AS_OF, entries };
  return decide({ ...facts, waivers }, catalogue, evaluation);
}
