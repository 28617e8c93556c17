// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";

/** How long something is to be kept, in whole days or calendar years. */
export interface Period {
  readonly count: number;
  readonly unit: "days" | "years";
}

/** Reads `25 years` or `30 days`. @throws USAGE */
export function parsePeriod(text: string): Period {
  const [, count, unit] = /^([1-9]\d{0,4}) (days|years)$/.exec(text) ?? [];
  if (count && unit) return { count: Number(count), unit: unit as Period["unit"] };
  throw new Part11Error({
    code: "USAGE",
    what: "period not understood",
    where: "--keep",
    expected: "a number of days or years, such as `25 years`",
    got: JSON.stringify(text),
    todo: "give the longest retention of the records that the evidence supports",
  });
}

/** The end of a period, by the calendar in UTC. */
export function endOf(from: Date, { count, unit }: Period): Date {
  const end = new Date(from);
  if (unit === "days") end.setUTCDate(end.getUTCDate() + count);
  else end.setUTCFullYear(end.getUTCFullYear() + count);
  return end;
}
