// SPDX-License-Identifier: Apache-2.0
import type { QualifiedRun } from "../comparison";
import type { Deviation } from "../deviations";
import { canQualify, READ_ONLY } from "../evidence";
import { item, type ReviewItem } from "./item";
import type { EarlierReview, Given, Period } from "./review";

/** Whether the run that is reviewed qualified anything. */
export function ofQualification({ record: { summary }, keyId, isPinned }: QualifiedRun): ReviewItem {
  const { bundle, status, target, execution, finishedAt } = summary;
  return item("qualification", {
    open: [
      ...(target.kind === "aws" ? [] : [`development evidence: ${target.name} is no AWS, and nothing was qualified`]),
      ...(target.kind === "aws" && !canQualify(target) ? [`${bundle} is ${READ_ONLY}`] : []),
      ...(execution?.provisional === false ? [] : [`${bundle} was executed without the required approvals`]),
      ...(status === "COMPLETE" ? [] : [`${bundle} is ${status}`]),
    ],
    notLookedAt: isPinned ? [] : ["whose key sealed the bundle: give --key"],
    seen: [`${bundle} is intact and ${status}, ended ${finishedAt}`, `sealed by key ${keyId}`],
  });
}

/** What was between the qualification and the period: nothing, or what an earlier review looked at. */
export function ofEarlier(
  { record: { summary }, keyId }: QualifiedRun,
  { since }: Period,
  previous: Given<EarlierReview> | undefined,
): ReviewItem {
  const end = summary.finishedAt.slice(0, 10);
  if (!previous) {
    if (since <= end)
      return item("earlier", { seen: [`the period begins with the qualification, which ended on ${end}`] });
    return item("earlier", {
      notLookedAt: [`${end} to ${since}: give the record of the review before with --previous`],
    });
  }
  const { from, period, stillQualified, conclusion } = previous.content;
  return item("earlier", {
    open: [
      ...(from.bundle === summary.bundle && from.keyId === keyId
        ? []
        : [`${previous.file} is of ${from.bundle}, another run`]),
      ...(stillQualified ? [] : [`${previous.file} ended with: ${conclusion}`]),
      ...(period.until < since ? [`nobody reviewed ${period.until} to ${since}`] : []),
    ],
    seen: [`${previous.file} reviewed ${period.since} to ${period.until}`],
  });
}

/** Every deviation of the run and of its retests, as it stands now. */
export function ofDeviations(deviations: readonly Deviation[], given: Given<unknown> | undefined): ReviewItem {
  const of = (state: Deviation["state"]) => deviations.filter((one) => one.state === state);
  return item("deviations", {
    open: of("open").map(({ id, severity, because }) => `${id}, ${severity}: ${because}`),
    notLookedAt: of("transferred").map(({ id, because }) => `${id} is followed up elsewhere: ${because}`),
    seen: [
      `${deviations.length} opened by the run, ${of("closed").length} of them closed`,
      given ? `dispositions of ${given.file}` : "no dispositions were given",
    ],
  });
}
