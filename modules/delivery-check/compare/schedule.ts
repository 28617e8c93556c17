// SPDX-License-Identifier: Apache-2.0
import { type Schedule, WEEKDAYS } from "../../ingest/arrivals/delivery";

/** One time at which a file is due. Instants in milliseconds since 1970. */
export interface Due {
  readonly at: number;
  /** An arrival from `opens` to `closes`, both included, is in time. */
  readonly opens: number;
  readonly closes: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Every time due from the first day until an instant, and the first one after it. */
export function timesDue({ from, until, cadence, window }: Schedule, instant: number): readonly Due[] {
  const found: Due[] = [];
  for (let day = midnight(from); day <= midnight(until); day += DAY_MS) {
    if (!isDue(cadence, new Date(day), from)) continue;
    const at = Date.parse(`${new Date(day).toISOString().slice(0, 10)}T${cadence.at}:00Z`);
    found.push({ at, opens: at - window.hoursBefore * HOUR_MS, closes: at + window.hoursAfter * HOUR_MS });
    if (at > instant) break;
  }
  return found;
}

function isDue(cadence: Schedule["cadence"], day: Date, from: string): boolean {
  if (cadence.every === "week") return WEEKDAYS[day.getUTCDay()] === cadence.on;
  if (cadence.every === "month") return day.getUTCDate() === cadence.on;
  return cadence.every === "day" || day.toISOString().slice(0, 10) === from;
}

function midnight(day: string): number {
  const at = Date.parse(`${day}T00:00:00Z`);
  // No number would end the loop at once, and nothing would ever be due.
  if (Number.isNaN(at)) throw new Error(`${day} is no day`);
  return at;
}
