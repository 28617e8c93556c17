// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../../../validation/error";
import type { Facts } from "../../../validation/facts";
import { type ControlMetadata, loadSidecar } from "../../../validation/gate";
import { factsOfDocuments } from "../judged";
import { evaluateInOneEngine } from "../one-engine";
import type { Generated } from "./generated";
import type { PlannedStack } from "./stacks";

/** What the whole gate says of a mutant. */
export type Judgement =
  | { readonly outcome: "refused"; readonly code: string }
  | { readonly outcome: "caught"; readonly by: readonly string[] }
  | { readonly outcome: "survives"; readonly facts: Facts };

/** META-02 speaks of the answers of the others: it has nothing to say before one of them has. */
export const JUDGING: readonly ControlMetadata[] = loadSidecar().sidecar.controls.filter(({ id }) => id !== "META-02");

/** Controls of which some answer is no pass. @throws what the gate refuses a plan with */
export function findingsOf(facts: Facts, controls: readonly ControlMetadata[]): readonly string[] {
  const answers = evaluateInOneEngine(facts, controls).controls;
  return controls.map(({ id }) => id).filter((id) => answers[id]!.answers.some(({ status }) => status !== "pass"));
}

export interface CleanStack {
  readonly facts: Facts;
  /** Controls that apply to it. */
  readonly applying: readonly ControlMetadata[];
}

/** A stack in which no control finds anything, so that whatever is found in a mutant is its own. */
export function judgedClean({ name, documents, given }: PlannedStack): CleanStack {
  const facts = factsOfDocuments(documents, given);
  const found = findingsOf(facts, JUDGING);
  if (found.length > 0) throw new Error(`the plan of ${name} is not clean before any change: ${found.join(", ")}`);
  const { controls } = evaluateInOneEngine(facts, JUDGING);
  return { facts, applying: JUDGING.filter(({ id }) => controls[id]!.not_applicable === null) };
}

/** Those controls first that list the attribute: mostly one of them speaks, and the others need not be asked. */
export function judge({ stack, type, path, documents }: Generated): Judgement {
  let facts: Facts;
  try {
    facts = factsOfDocuments(documents(), stack.given);
  } catch (error) {
    if (error instanceof Part11Error) return { outcome: "refused", code: error.code };
    throw error;
  }
  const listing = JUDGING.filter(({ attributes }) => attributes.some((one) => one.type === type && one.path === path));
  const others = JUDGING.filter((control) => !listing.includes(control));
  for (const asked of [listing, others]) {
    const by = findingsOf(facts, asked);
    if (by.length > 0) return { outcome: "caught", by };
  }
  return { outcome: "survives", facts };
}
