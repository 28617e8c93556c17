// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import type { ConfiguredModule } from "./configuration";
import type { Synth } from "./synth";

/**
 * Refuses a synth that does not name exactly the resources of the plan's root module: it belongs to another stack, or
 * the plan was made of more files than the synth.
 *
 * @throws SYNTH_MISMATCH
 */
export function assertSameStack(synth: Synth, root: ConfiguredModule): void {
  for (const base of root.resources.keys()) {
    if (!synth.resources.has(base)) throw mismatch(base, "the plan only");
  }
  if (synth.resources.size === root.resources.size) return;
  for (const base of synth.resources.keys()) {
    if (!root.resources.has(base)) throw mismatch(base, "the synth only");
  }
}

function mismatch(base: string, got: string): Part11Error {
  return new Part11Error({
    code: "SYNTH_MISMATCH",
    what: "plan and synth differ",
    where: base,
    expected: "the resource in both",
    got,
    todo: "plan the very cdk.tf.json that is given to --synth, with no other .tf file beside it",
  });
}
