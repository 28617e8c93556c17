// SPDX-License-Identifier: Apache-2.0
import { type Cadence, type Delivery, WEEKDAYS } from "../vendor";
import type { Sender } from "./sender";

/** One time at which a file is due. Instants in milliseconds since 1970. */
export interface Occurrence {
  readonly due: number;
  /** An arrival from `opens` to `closes`, both included, is on time. */
  readonly opens: number;
  readonly closes: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * The times at which a delivery is due, from its first day until an instant, and the first one after it.
 *
 * @param until instant in milliseconds
 */
export function occurrences(delivery: Delivery, sender: Pick<Sender, "until">, until: number): readonly Occurrence[] {
  const { cadence, from, window } = delivery;
  const lastDay = delivery.until ?? sender.until;
  const found: Occurrence[] = [];
  const [hours, minutes] = cadence.at.split(":").map(Number) as [number, number];
  for (let day = startOf(from); day <= startOf(lastDay); day += DAY_MS) {
    if (!isDueOn(cadence, new Date(day), from)) continue;
    const due = day + hours * HOUR_MS + minutes * 60_000;
    found.push({ due, opens: due - window.hoursBefore * HOUR_MS, closes: due + window.hoursAfter * HOUR_MS });
    if (due > until) break;
  }
  return found;
}

function isDueOn(cadence: Cadence, day: Date, from: string): boolean {
  switch (cadence.every) {
    case "day":
      return true;
    case "week":
      return WEEKDAYS[day.getUTCDay()] === cadence.on;
    case "month":
      return day.getUTCDate() === cadence.on;
    case "once":
      return day.toISOString().startsWith(from);
  }
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
