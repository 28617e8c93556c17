// SPDX-License-Identifier: Apache-2.0
import type { Facts } from "../../facts";
import type { Evaluation } from "../decisions";
import { evaluate } from "../evaluate";
import type { Policy, Sidecar } from "../policy";

/** Both catalogues as one: what facts must hold, what a waiver may name, what is decided. */
export function joinedSidecar(ours: Sidecar, house: Sidecar): Sidecar {
  return { ...ours, controls: [...ours.controls, ...house.controls] };
}

/**
 * What our controls and the house rules say of the facts, each in an engine of its own: house rules see neither our
 * answers nor our data, and can but add to them.
 *
 * @throws as `evaluate`
 */
export function evaluateBoth(facts: Facts, ours: Policy, house: Policy): Evaluation {
  const [first, added] = [evaluate(facts, ours), evaluate(facts, house)];
  return {
    // Ours last: were an id ever in both, ours would stand.
    controls: { ...added.controls, ...first.controls },
    evaluated: [...new Set([...first.evaluated, ...added.evaluated])].sort(),
  };
}
