// SPDX-License-Identifier: Apache-2.0
import type { Facts } from "../../../../validation/facts";
import type { Generated } from "../generated";
import { acceptedBecause } from "./accepted";
import { fewerRightsBecause } from "./fewer-rights";
import { isUnseen } from "./unseen";

/** Ways in which a machine shows that a mutant is no weakening. */
export const KINDS = ["unseen", "accepted", "fewer rights"] as const;

export interface Proof {
  readonly kind: (typeof KINDS)[number];
  /** What was shown, in a sentence. */
  readonly reason: string;
}

/** Of a mutant that no control notices; undefined where nothing shows that it weakens nothing. */
export function proofOf(mutant: Generated, facts: Facts, clean: Facts): Proof | undefined {
  if (isUnseen(mutant, facts, clean)) return { kind: "unseen", reason: "Terraform would plan the same values" };
  const accepted = acceptedBecause(mutant);
  if (accepted !== undefined) return { kind: "accepted", reason: accepted };
  const fewer = fewerRightsBecause(mutant);
  return fewer === undefined ? undefined : { kind: "fewer rights", reason: fewer };
}
