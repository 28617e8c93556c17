// SPDX-License-Identifier: Apache-2.0
import type { AccessReview } from "../vendors/review-views";
import { item, type ReviewItem } from "./item";
import type { Given, Period } from "./review";

/** The review of access that `part11 vendor review --format json` wrote. */
export function ofAccess({ since, until }: Period, given: Given<AccessReview> | undefined): ReviewItem {
  if (!given)
    return item("access", {
      notLookedAt: ["who may log in: give part11 vendor review --format json with --access-review"],
    });
  const { asOf, rows, serviceUsers } = given.content;
  const soon = rows.filter(({ state }) => state === "ends soon");
  const unused = rows.filter(({ state, lastUse }) => state === "active" && lastUse === "unknown");
  return item("access", {
    open: [
      ...(asOf < since || asOf > until ? [`the review of access is of ${asOf}, outside of the period`] : []),
      ...soon.map(({ vendor, until: end, keyUntil, fingerprint }) => {
        return `${vendor} ${fingerprint} ends on ${keyUntil !== "none" && keyUntil < end ? keyUntil : end}`;
      }),
      ...(serviceUsers ?? []).map(
        ({ user, address }) => `${user} (${address}) is managed by the service, without an end`,
      ),
    ],
    notLookedAt: [
      ...(unused.length > 0 ? [`when ${unused.length} keys were used last: make the review with --last-use`] : []),
      ...(serviceUsers === null ? ["users that the service manages: make the review with --plan"] : []),
    ],
    seen: [`review of ${asOf}: ${rows.length} rows, file ${given.file}`],
  });
}
