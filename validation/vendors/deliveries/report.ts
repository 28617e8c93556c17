// SPDX-License-Identifier: Apache-2.0
import type { ArrivalRow, ArrivalStatus } from "./arrivals";

/** What a data manager opens: what was expected for a study, and what came. */
export interface ArrivalsReport {
  readonly study: string;
  /** Instant in milliseconds since 1970. */
  readonly asOf: number;
  readonly rows: readonly ArrivalRow[];
  /** Entries of the ledger that were read, and what does not hold of them. */
  readonly ledger: { readonly entries: number; readonly problems: readonly string[] };
}

/** In the order in which a reader wants them. */
export const STATUSES = [
  "overdue",
  "refused",
  "failed",
  "unexpected",
  "expected",
  "arrived",
  "verified",
  "superseded",
] as const satisfies readonly ArrivalStatus[];

/** How many rows have each status, without those that have none. */
export function countsOf(rows: readonly ArrivalRow[]): readonly (readonly [ArrivalStatus, number])[] {
  return STATUSES.map((status) => [status, rows.filter((row) => row.status === status).length] as const).filter(
    ([, count]) => count > 0,
  );
}

/** True when somebody has to look: any problem of a row or of the ledger. */
export function needsAttention({ rows, ledger }: ArrivalsReport): boolean {
  return ledger.problems.length > 0 || rows.some(({ problems }) => problems.length > 0);
}

/** UTC to the minute, `2026-11-23 06:00`. */
export function minute(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}

/** What the ledger is worth, in a sentence. */
export function ledgerSentence({ ledger }: ArrivalsReport): string {
  if (ledger.problems.length === 0) return `${ledger.entries} entries, every link holds`;
  const [first] = ledger.problems;
  return `${ledger.problems.length} problems in ${ledger.entries} entries, so this page may be wrong; the first: ${first}`;
}
