// SPDX-License-Identifier: Apache-2.0
import { executionOf } from "./approvals-given";
import { type Clocks, clocksOf } from "./clocks";
import type { Commitments } from "./commitments";
import { type Conclusion, conclude } from "./conclusion";
import { type EntryBodies, entriesOf, type JournalEntry, type Sha256 } from "./entries";
import type { Protocol } from "./protocol";

/** `summary.json`: the run on one page, for machines. */
export interface Summary extends Conclusion {
  readonly schemaVersion: 1;
  readonly bundle: string;
  readonly system: string;
  readonly environment: string;
  readonly target: Commitments["target"];
  /** Revision of the sources and whether they differed from it; null where nothing is known of them. */
  readonly source: EntryBodies["run-started"]["source"];
  /** Times of the first and of the last journal entry. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly journalHead: Sha256;
  /** How the run was allowed to execute. @default - a journal older than approvals */
  readonly execution?: { readonly provisional: boolean; readonly attempt: number };
  /** The machine's clock against a second source. @default - a journal older than it, or a run that broke off before */
  readonly clocks?: Clocks;
}

/** Everything that report and verifier know of a run. */
export interface RunRecord {
  readonly summary: Summary;
  readonly protocols: readonly Protocol[];
  readonly entries: readonly JournalEntry[];
  readonly commitments: Commitments;
}

/** Summary of a run, a function of its protocols, journal and commitments. Requires at least one entry. */
export function summarize(
  protocols: readonly Protocol[],
  entries: readonly JournalEntry[],
  commitments: Commitments,
): Summary {
  const start = entriesOf(entries, "run-started")[0]?.body;
  const last = entries[entries.length - 1]!;
  const execution = executionOf(entries);
  const clocks = clocksOf(entries);
  return {
    schemaVersion: 1,
    bundle: start?.run ?? "unknown",
    system: start?.system ?? "unknown",
    environment: start?.environment ?? "unknown",
    target: commitments.target,
    source: start?.source ?? { commit: null, dirty: null },
    startedAt: entries[0]!.at,
    finishedAt: last.at,
    journalHead: last.hash,
    ...(execution ? { execution } : {}),
    ...(clocks ? { clocks } : {}),
    ...conclude(protocols, entries, commitments),
  };
}

/** Why a run cannot be tied to a version of its sources; undefined when it can. */
export function untiedSource({ source }: Pick<Summary, "source">): string | undefined {
  if (source.commit === null) return "made from sources under no version control; cannot be tied to a version";
  if (source.dirty === false) return undefined;
  return `made from uncommitted sources${source.dirty ? "" : " or not, which is unknown"}; cannot be tied to a version`;
}
