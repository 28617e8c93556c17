// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import * as os from "node:os";
import type { Bundle, EntryBodies, Executor, Protocol } from "../evidence";
import { type Approved, journalApprovals } from "./approved";
import { sourceRevision } from "./tool-versions";

/** What a run says of itself before anything else. */
export interface Started {
  readonly id: string;
  /** The user's project. */
  readonly cwd: string;
  readonly system: string;
  readonly environment: EntryBodies["run-started"]["environment"];
  readonly executor: Executor;
  readonly attempt: NonNullable<EntryBodies["run-started"]["attempt"]>;
  readonly after?: EntryBodies["run-started"]["after"] | undefined;
  readonly protocols: readonly Protocol[];
  readonly approved?: Approved | undefined;
  readonly provisional: boolean;
}

/** Writes who runs what, and what was approved, as the first entries of a journal. */
export function journalStart(bundle: Bundle, started: Started): void {
  const { id: run, cwd, system, environment, executor, attempt, after, protocols, approved, provisional } = started;
  bundle.journal.append("run-started", {
    schemaVersion: 3,
    run,
    system,
    environment,
    operator: { name: os.userInfo().username },
    source: sourceRevision(cwd),
    executor,
    attempt,
    ...(after && { after }),
  });
  journalApprovals(bundle, protocols, approved, provisional);
}

/** `20261120T101500Z-1a2b3c`: sorts by time, differs for runs of the same second. */
export function runId(now: Date): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  return `${stamp}-${randomBytes(3).toString("hex")}`;
}
