// SPDX-License-Identifier: Apache-2.0
import type { WaiverFacts } from "../facts";
import { daysBetween } from "../gate/waivers/calendar";
import { SOON_DAYS } from "../vendors/review";
import { item, type ReviewItem } from "./item";
import type { Period } from "./review";

/** One waiver or attestation as of the end of the period. */
export interface DueWaiver {
  readonly kind: "waiver" | "attestation";
  /** Where it stands: `qualified` is what the gate was given for the plan of the bundle. */
  readonly source: "qualified" | "now";
  readonly control: string;
  readonly address: string;
  readonly attribute: string;
  /** Who answers for it. */
  readonly by: string;
  /** Last UTC day on which it holds. */
  readonly expires: string;
  /** Negative after its end. */
  readonly daysLeft: number;
  readonly state: "holds" | "ends soon" | "ended" | "renewed";
}

/**
 * Entries that the plan was qualified with, and those of now. One of the qualification that ended is renewed where an entry of
 * now stands for the same place.
 */
export function dueWaivers(
  qualified: WaiverFacts | undefined,
  now: WaiverFacts | undefined,
  { until }: Period,
): readonly DueWaiver[] {
  const placeOf = ({ kind, control, address, attribute }: WaiverFacts["entries"][number]) =>
    JSON.stringify([kind, control, address, attribute]);
  const renewed = new Set(now?.entries.map(placeOf));
  const due = (source: DueWaiver["source"], entries: WaiverFacts["entries"]) =>
    entries.map((entry): DueWaiver => {
      const { kind, control, address, attribute, expires } = entry;
      const daysLeft = daysBetween(until, expires);
      const own = daysLeft < 0 ? "ended" : daysLeft <= SOON_DAYS ? "ends soon" : "holds";
      const isRenewed = source === "qualified" && renewed.has(placeOf(entry));
      const by = entry.kind === "waiver" ? entry.author : entry.by;
      const state = isRenewed ? "renewed" : own;
      return { kind, source, control, address, attribute, by, expires, daysLeft, state };
    });
  return [...due("qualified", qualified?.entries ?? []), ...due("now", now?.entries ?? [])];
}

export function ofWaivers(
  due: readonly DueWaiver[],
  qualified: WaiverFacts | undefined,
  now: WaiverFacts | undefined,
): ReviewItem {
  return item("waivers", {
    open: due
      .filter(({ state }) => state === "ended" || state === "ends soon")
      .map(
        ({ kind, control, address, attribute, expires, daysLeft, state }) =>
          `${kind} of ${control} at ${address} ${attribute} ${state === "ended" ? `ended on ${expires}` : `ends in ${daysLeft} days, on ${expires}`}`,
      ),
    notLookedAt: now ? [] : ["what is waived and attested now: give --waivers, an empty file where nothing is"],
    seen: [
      qualified ? `${qualified.entries.length} stood when the plan was judged` : "none stood when the plan was judged",
      ...(now ? [`${now.entries.length} stand in ${now.file}`] : []),
    ],
  });
}
