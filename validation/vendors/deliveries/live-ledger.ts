// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../../error";
import { type Entry, type LedgerProblem, readRow, verifyChains } from "../../ledger";
import type { LedgerReader } from "../../prove/readers";
import type { ArrivalEvent } from "./received";
import type { ReadLedger } from "./report";

/** What the ledger says, and what of it does not hold. */
export interface LedgerSaid {
  readonly events: readonly ArrivalEvent[];
  readonly ledger: ReadLedger;
}

/**
 * The chains of senders as the table holds them now, every link checked.
 *
 * @throws SUBJECT_NOT_FOUND when none of them has an entry: the table of another zone would look like nothing expected
 */
export async function readLive(reader: LedgerReader, table: string, chains: readonly string[]): Promise<LedgerSaid> {
  const entries: Entry[] = [];
  const events: ArrivalEvent[] = [];
  const problems: string[] = [];
  for (const chain of chains) {
    for (const row of await reader.rows(chain)) {
      const read = readRow(row, chain);
      problems.push(...read.problems);
      if (!read.entry) continue;
      entries.push(read.entry);
      events.push(read.event as ArrivalEvent);
    }
  }
  if (entries.length + problems.length === 0) throw nothing(table, chains);
  problems.push(...verifyChains(entries, undefined, []).problems.map(told));
  return { events, ledger: { entries: entries.length, problems, live: { table, chains } } };
}

export function told({ chain, sequence, what }: LedgerProblem): string {
  return `${chain} ${sequence ?? ""}: ${what}`;
}

function nothing(table: string, chains: readonly string[]): Part11Error {
  return new Part11Error({
    code: "SUBJECT_NOT_FOUND",
    what: "no entry of any sender",
    where: table,
    expected: `at least one of ${chains.join(", ") || "a sender, and there is none"}`,
    got: "none",
    todo: "compare table, region and account with the stack's; of a zone that has received nothing there is nothing to show",
  });
}
