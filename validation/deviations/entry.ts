// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { visible } from "../gate/escape/terminal";
import { isDay, isSamePerson } from "../gate/waivers";
import type { Disposition, Signed } from "./deviation";

type At = (member: string) => string;

const MIN_WORDS = 4;

/** Members that say why, in sentences. */
const SENTENCES = ["reason", "cause", "impact", "action"] as const;

/**
 * Returns when an entry has two people, times in their order and none later than now, and sentences that say something.
 *
 * @throws DEVIATION_REFUSED
 */
export function assertSigned(
  entry: Signed & Partial<Record<(typeof SENTENCES)[number], string>>,
  now: Date,
  at: At,
): void {
  for (const [member, value] of Object.entries(entry)) assertVisible(value, at(member));
  for (const member of SENTENCES) if (entry[member] !== undefined) assertWords(entry[member], at(member));
  const { recordedBy, approver, recordedAt, approvedAt } = entry;
  if (isSamePerson(recordedBy, approver))
    throw refusedEntry(at("approver"), "somebody else than recorded it", approver);
  const recorded = timeOf(recordedAt, at("recordedAt"));
  const approved = timeOf(approvedAt, at("approvedAt"));
  if (approved < recorded) throw refusedEntry(at("approvedAt"), `a time not before ${recordedAt}`, approvedAt);
  if (approved > now.getTime()) throw refusedEntry(at("approvedAt"), `${now.toISOString()} or earlier`, approvedAt);
}

/** Returns when a disposition and its retest agree. @throws DEVIATION_REFUSED */
export function assertSensible({ disposition, retest, tracking }: Disposition, at: At): void {
  const { run, justification } = retest as { run?: string; justification?: string };
  if (justification !== undefined) assertWords(justification, at("retest"));
  if (retest.required !== (run !== undefined) || retest.required === (justification !== undefined)) {
    throw refusedEntry(at("retest"), "the run of a required retest, or why none is required", JSON.stringify(retest));
  }
  if ((disposition === "corrected") !== retest.required) {
    throw refusedEntry(at("disposition"), "corrected with a retest, accepted or transferred without", disposition);
  }
  if ((disposition === "transferred") !== (tracking !== undefined)) {
    throw refusedEntry(at("disposition"), "tracking exactly of what is transferred", tracking ?? "none");
  }
}

/** Milliseconds of a time that exists. @throws DEVIATION_REFUSED */
export function timeOf(text: string, where: string): number {
  const time = isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw refusedEntry(where, "a time that exists, with its offset", text);
  return time;
}

export function refusedEntry(where: string, expected: string, got: string): Part11Error {
  const todo = "correct the entry or leave it out; see docs/guides/traceability.md";
  return new Part11Error({
    code: "DEVIATION_REFUSED",
    what: "entry refused",
    where,
    expected,
    got: visible(got),
    todo,
  });
}

function assertVisible(value: unknown, where: string): void {
  if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) assertVisible(inner, where);
  }
  if (typeof value === "string" && visible(value) !== value) {
    throw refusedEntry(where, "characters that can be seen, on one line", value);
  }
}

function assertWords(text: string, where: string): void {
  const words = new Set(text.toLowerCase().match(/\p{L}+/gu) ?? []);
  if (words.size < MIN_WORDS) throw refusedEntry(where, `${MIN_WORDS} different words or more`, text);
}
