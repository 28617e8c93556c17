// SPDX-License-Identifier: Apache-2.0
import type { Problem } from "./conclusion";
import { entriesOf, type JournalEntry } from "./entries";

/** What is wrong with the attempts that a run names: numbered without a gap, each with a reason but the first, none twice, each over before the next. */
export function checkAttempt(entries: readonly JournalEntry[]): Problem[] {
  const start = entriesOf(entries, "run-started")[0];
  const attempt = start?.body.attempt;
  if (!start || !attempt) return [];
  const { number, reason, earlier } = attempt;
  const all = [...earlier, { number, reason, run: start.body.run, startedAt: start.at, finishedAt: start.at }];
  const faults = all.flatMap((one, i) => [
    ...(one.number === i + 1 ? [] : [`attempt ${one.number} stands as attempt ${i + 1}`]),
    ...((one.reason === null) === (i === 0)
      ? []
      : [`attempt ${one.number} needs a reason exactly if it is not the first`]),
    ...(all.slice(0, i).some(({ run }) => run === one.run) ? [`run ${one.run} is two attempts`] : []),
    ...(i === 0 || one.startedAt >= all[i - 1]!.finishedAt
      ? []
      : [`attempt ${one.number} began before the one before was over`]),
  ]);
  return faults.map((what) => ({ status: "FAILED", where: "run-started", what }));
}
