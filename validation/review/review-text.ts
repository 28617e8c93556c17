// SPDX-License-Identifier: Apache-2.0
import { visible } from "../gate";
import type { PeriodicReview } from "./review";

/** What the record leaves to people, whatever it says. */
export const LEFT_TO_PEOPLE = [
  "procedures, training and responsibilities",
  "exercises of restoring, and the suppliers",
  "whether the intended use, the regulations and the risks are still what they were",
] as const;

/** A review for a terminal: each question with its state, then what was seen of it. */
export function reviewText({ from, to, period, items, conclusion }: PeriodicReview): string {
  const lines = [
    `part11 review  ${period.since} to ${period.until}  ${conclusion}`,
    `from ${from.bundle} (${from.status}, ${from.target.name}${from.isPinned ? "" : ", signer not pinned"})`,
    `plan ${from.plan} ${from.planSha256.slice(0, 12)} -> ${to.planSha256.slice(0, 12)}${to.deployedSha256 ? `, deployed ${to.deployedSha256.slice(0, 12)}` : ""}`,
    "",
    ...items.flatMap(({ title, state, open, notLookedAt, seen }) => [
      `${state.toUpperCase().padEnd(13)}  ${title}`,
      ...open.map((text) => `  open           ${text}`),
      ...notLookedAt.map((text) => `  not looked at  ${text}`),
      ...seen.map((text) => `  seen           ${text}`),
    ]),
    "",
    `Left to people: ${LEFT_TO_PEOPLE.join("; ")}.`,
  ];
  return `${lines.map(visible).join("\n")}\n`;
}
