// SPDX-License-Identifier: Apache-2.0

export type Blinding = "blinded" | "unblinded";

/** What a vendor is expected to send for a study, as far as promotion asks. */
export interface Delivery {
  /** Id of the vendor, its folder. */
  readonly vendor: string;
  /** Id of the study, the folder below the vendor's. */
  readonly study: string;
  /** Names the delivery among those of its vendor and study. */
  readonly name: string;
  /** File name; `*` any text but a slash, `?` one character but a slash, `{date}` eight digits. */
  readonly files: string;
  /** Bytes that a file may have, both ends included. */
  readonly sizeBytes: { readonly min: number; readonly max: number };
  /** `manifest.sha256` or `SHA256SUMS` beside the file. */
  readonly manifest: "required" | "optional" | "none";
  /** `<name>.sha256` beside the file. */
  readonly sha256File: "required" | "optional" | "none";
  /** Who says that an upload is finished: the transfer server, or S3 itself where the writer puts whole objects. */
  readonly finishedBy: "transfer" | "object";
  /** Minutes from receipt in which side files and the server's word must come. */
  readonly windowMinutes: number;
  /** Whether people who work blinded may know what its files say: unblinded ones go to a bucket of their own. The same for all of a vendor and study. */
  readonly blinding: Blinding;
  /** When files are due. @default - never: what comes is always in time, and nothing is overdue */
  readonly schedule?: Schedule;
}

/** When the files of a delivery are due, as `vendors.yaml` says. Days are UTC, `YYYY-MM-DD`. */
export interface Schedule {
  /** First day on which one is due at the earliest; the day of one that comes once. */
  readonly from: string;
  /** Last day on which one is due. */
  readonly until: string;
  /** Every day, on a weekday, on a day of the month (1-28), or once; `at` is the time of day, UTC, `06:00`. */
  readonly cadence:
    | { readonly every: "day" | "once"; readonly at: string }
    | { readonly every: "week"; readonly on: Weekday; readonly at: string }
    | { readonly every: "month"; readonly on: number; readonly at: string };
  /** Hours around the time due in which an arrival is in time; less than the time between two. */
  readonly window: { readonly hoursBefore: number; readonly hoursAfter: number };
}

/** In the order of `Date.getUTCDay`. */
export const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Partition of the table that all deliveries are in: they are few, and a role without Scan can read them all. */
export const DELIVERIES_PARTITION = "deliveries";

/** The delivery that expects a file of this name, the first of several; undefined when none does. */
export function deliveryOf(deliveries: readonly Delivery[], study: string, name: string): Delivery | undefined {
  return deliveries.find((delivery) => delivery.study === study && fits(delivery.files, name));
}

/** Linear in pattern times name: a vendor chooses the name, and a regular expression of many stars would take for ever. */
export function fits(pattern: string, name: string): boolean {
  const tokens = pattern.match(/\{date\}|[\s\S]/gu) ?? [];
  const letters = [...name];
  let reached = new Set([0]);
  for (const token of tokens) {
    const next = new Set<number>();
    for (const at of reached) {
      if (token === "*") {
        for (let end = at; ; end += 1) {
          next.add(end);
          if (end >= letters.length || letters[end] === "/" || reached.has(end + 1)) break;
        }
      } else if (token === "{date}") {
        if (/^\d{8}$/.test(letters.slice(at, at + 8).join(""))) next.add(at + 8);
      } else if (at < letters.length && (token === "?" ? letters[at] !== "/" : letters[at] === token)) {
        next.add(at + 1);
      }
    }
    reached = next;
  }
  return reached.has(letters.length);
}
