// SPDX-License-Identifier: Apache-2.0

/** Day of a time, UTC, as `YYYY-MM-DD`; the order of such texts is the order of days. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** True for a day of the calendar, `YYYY-MM-DD`. */
export function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && dayOf(time) === value;
}
