// SPDX-License-Identifier: Apache-2.0
import { isDay } from "../gate/waivers/calendar";
import type { VendorProblem } from "./checks";
import { type Cadence, type Delivery, isEnabled, type Vendor } from "./vendor";

/** Least hours between two times due. */
const PERIOD_HOURS: Readonly<Record<Cadence["every"], number>> = {
  day: 24,
  week: 7 * 24,
  month: 28 * 24,
  once: Number.POSITIVE_INFINITY,
};

/** What cannot stand in the deliveries of one study; paths begin with the index of the delivery. */
export function* deliveryProblems(deliveries: readonly Delivery[], vendor: Vendor): Generator<VendorProblem> {
  const [names, patterns] = [new Set<string>(), new Set<string>()];
  for (const [i, delivery] of deliveries.entries()) {
    const { name, files, from, until = vendor.until, cadence, window, sizeBytes } = delivery;
    if (names.has(name)) yield { path: [i, "name"], expected: "every name once", got: `${name} twice` };
    if (patterns.has(files)) yield { path: [i, "files"], expected: "every pattern once", got: `${files} twice` };
    names.add(name);
    patterns.add(files);
    for (const [member, day] of Object.entries({ from, until })) {
      if (!isDay(day)) yield { path: [i, member], expected: "a day of the calendar, YYYY-MM-DD", got: day };
    }
    // Nothing is expected any more of a vendor that was offboarded before it began.
    if (until < from && isEnabled(vendor)) yield { path: [i, "until"], expected: `${from} or later`, got: until };
    if (sizeBytes.max < sizeBytes.min) {
      yield { path: [i, "sizeBytes", "max"], expected: `${sizeBytes.min} or more`, got: String(sizeBytes.max) };
    }
    const hours = window.hoursBefore + window.hoursAfter;
    if (hours >= PERIOD_HOURS[cadence.every]) {
      // Else one arrival could be on time for two files.
      const expected = `a window of less than ${PERIOD_HOURS[cadence.every]} hours, every ${cadence.every}`;
      yield { path: [i, "window"], expected, got: `${hours} hours` };
    }
  }
}
