// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../../error";
import type { Attestation, Waiver } from "../../facts";
import type { ControlMetadata } from "../decisions";
import { visible } from "../escape/terminal";
import { daysBetween, isDay } from "./calendar";
import { isSamePerson } from "./person";

/** Longest time, in days, for which a waiver or an attestation may be given. */
export const MAX_DAYS = 90;

const MIN_REASON_WORDS = 4;

export interface EntryContext {
  /** UTC day for which the plan is judged, YYYY-MM-DD. */
  readonly asOf: string;
  readonly controls: readonly ControlMetadata[];
  /** Where a member of the entry stands: file, line and name. */
  readonly at: (member: string) => string;
}

/**
 * Returns when the entry could hold: a control that may be waived, one exact place, two people, days that fit.
 *
 * @throws WAIVER_REFUSED
 */
export function assertEntry(entry: Waiver | Attestation, context: EntryContext): void {
  for (const [member, value] of Object.entries(entry)) {
    if (typeof value === "string" && visible(value) !== value) {
      throw refused(context.at(member), "characters that can be seen, on one line", visible(value));
    }
  }
  assertControl(entry, context);
  assertExact("address", entry, context);
  assertExact("attribute", entry, context);
  if (entry.kind === "waiver") assertApproved(entry, context);
  const [from, since] = entry.kind === "waiver" ? (["granted", entry.granted] as const) : (["at", entry.at] as const);
  assertDays(from, since, entry.expires, context);
}

/** What an entry covers, as one text: two entries with the same text are one too many. */
export function targetOf(entry: Waiver | Attestation): string {
  const { kind, control, address, attribute, valueDigest } = entry;
  const found = entry.kind === "waiver" ? [entry.digest, entry.actual] : [];
  return JSON.stringify([kind, control, address, attribute, valueDigest, ...found]);
}

function assertControl({ control: id }: Waiver | Attestation, { controls, at }: EntryContext): void {
  const control = controls.find((one) => one.id === id);
  if (!control) throw refused(at("control"), "the id of one control, as part11 controls lists it", id);
  if (control.waivable === false) throw refused(at("control"), "a control that may be waived", `${id}, which never is`);
}

// Keys of for_each may hold any character, so they are left out of the search for wildcards.
function assertExact(member: "address" | "attribute", entry: Waiver | Attestation, { at }: EntryContext): void {
  const outside = entry[member].replace(/\["(?:[^"\\]|\\.)*"\]/g, "");
  if (/[*?]/.test(outside)) throw refused(at(member), `one exact ${member}`, entry[member]);
}

function assertApproved({ reason, author, approver }: Waiver, { at }: EntryContext): void {
  const words = new Set(reason.toLowerCase().match(/\p{L}+/gu) ?? []);
  if (words.size < MIN_REASON_WORDS) throw refused(at("reason"), `${MIN_REASON_WORDS} different words or more`, reason);
  if (isSamePerson(author, approver)) throw refused(at("approver"), "somebody else than the author", approver);
}

function assertDays(from: string, since: string, expires: string, { asOf, at }: EntryContext): void {
  for (const [member, day] of [
    [from, since],
    ["expires", expires],
  ] as const) {
    if (!isDay(day)) throw refused(at(member), "a day of the calendar, YYYY-MM-DD", day);
  }
  if (since > asOf) throw refused(at(from), `${asOf}, for which the plan is judged, or earlier`, since);
  const days = daysBetween(since, expires);
  if (days < 0 || days > MAX_DAYS) throw refused(at("expires"), `0 to ${MAX_DAYS} days after ${since}`, expires);
}

function refused(where: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "WAIVER_REFUSED",
    what: "entry refused",
    where,
    expected,
    got,
    todo: "correct the entry or leave it out; see docs/decisions/0011-waivers.md",
  });
}
