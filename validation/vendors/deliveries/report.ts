// SPDX-License-Identifier: Apache-2.0
import type { ArrivalRow, ArrivalStatus } from "./arrivals";

/** What a data manager opens: what was expected for a study, and what came. */
export interface ArrivalsReport {
  readonly study: string;
  /** Instant in milliseconds since 1970. */
  readonly asOf: number;
  readonly rows: readonly ArrivalRow[];
  readonly ledger: ReadLedger;
}

/** Entries of the ledger that were read, and what does not hold of them. */
export interface ReadLedger {
  readonly entries: number;
  readonly problems: readonly string[];
  /** The chains that were asked for, where it was read from the table: of a sender that nobody named nothing is known. @default - all that the export holds */
  readonly live?: { readonly table: string; readonly chains: readonly string[] };
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
  const { entries, problems, live } = ledger;
  const from = live ? `${entries} entries of ${live.chains.join(", ")} in ${live.table}` : `${entries} entries`;
  if (problems.length === 0) return `${from}, every link holds`;
  return `${problems.length} problems in ${from}, so this page may be wrong; the first: ${problems[0]}`;
}

/** Of a file that came: where its record is, in a word or two. */
export function recordWord({ record }: ArrivalRow): string {
  return record === "direct" ? "put there by its sender" : (record ?? "");
}
