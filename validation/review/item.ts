// SPDX-License-Identifier: Apache-2.0

/** Everything that a review asks about, in its order; none is ever left out. */
export const QUESTIONS = {
  qualification: "The qualification it starts from",
  earlier: "The time before the period",
  changes: "Changes of the configuration",
  drift: "Drift of what is deployed",
  deviations: "Deviations",
  incidents: "Incidents",
  waivers: "Waivers and attestations",
  tools: "Versions of tools",
  digests: "Policies, settings and lock file",
  access: "Review of access",
} as const;

export type QuestionId = keyof typeof QUESTIONS;

/** `not looked at`: no input says anything of it. Only `in order` counts for the system. */
export type ItemState = "in order" | "open" | "not looked at";

/** The answer to one question. */
export interface ReviewItem {
  readonly id: QuestionId;
  readonly title: string;
  readonly state: ItemState;
  /** What keeps it open, one text each. */
  readonly open: readonly string[];
  /** What was not looked at, and which input would show it. */
  readonly notLookedAt: readonly string[];
  /** What was seen. */
  readonly seen: readonly string[];
}

/** An item: open with anything open, else not looked at where anything is missing, and in order only by something that was seen. */
export function item(
  id: QuestionId,
  { open = [], notLookedAt = [], seen = [] }: Partial<Pick<ReviewItem, "open" | "notLookedAt" | "seen">>,
): ReviewItem {
  const known = notLookedAt.length === 0 && seen.length > 0;
  const state = open.length > 0 ? "open" : known ? "in order" : "not looked at";
  return { id, title: QUESTIONS[id], state, open, notLookedAt, seen };
}
