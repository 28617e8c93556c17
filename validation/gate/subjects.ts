// SPDX-License-Identifier: Apache-2.0
import type { Answer, Subjects } from "./decisions";

/** Addresses that a decision names of each control; a plan of any size then adds no more than these. */
export const MAX_SUBJECTS = 20;

/** What the answers of a control speak of, in time linear in the answers. */
export function subjectsOf(answers: readonly Answer[]): Subjects {
  const judged = new Set(answers.map(({ address }) => address));
  return { count: judged.size, addresses: least(judged) };
}

/** By code unit, as everything in decisions is ordered. */
function least(addresses: ReadonlySet<string>): readonly string[] {
  let kept: string[] = [];
  for (const address of addresses) {
    kept.push(address);
    if (kept.length === 2 * MAX_SUBJECTS) kept = kept.sort().slice(0, MAX_SUBJECTS);
  }
  return kept.sort().slice(0, MAX_SUBJECTS);
}

/** `4 judged: a, b, c, d`, or the first of them and how many more. */
export function subjectsLine({ count, addresses }: Subjects): string {
  const more = count > addresses.length ? `, and ${count - addresses.length} more` : "";
  return `${count} judged: ${addresses.join(", ")}${more}`;
}
