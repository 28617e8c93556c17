// SPDX-License-Identifier: Apache-2.0

import type { Balance, Deviation, NotApplicable, OutOfScope } from "../deviations";
import type { EvidenceRef, RunStatus, RunTarget, StepResult } from "../evidence";
import type { Sha256 } from "../evidence/entries";
import type { Method, Requirement } from "../requirements";

/** Result of a control over the plans that the gate had to pass; `none`: the gate does not judge it. */
export type ControlResult = "pass" | "not_applicable" | "waived" | "pending" | "unknown" | "fail" | "error" | "none";

export interface TracedControl {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly result: ControlResult;
}

/** A step with its latest result. */
export interface TracedStep {
  readonly protocol: string;
  readonly kind: Exclude<Method, "inspection" | "procedure">;
  readonly step: string;
  readonly title: string;
  /** Controls that it shows. */
  readonly controls: readonly string[];
  /** Address that it reads back; null of a challenge. */
  readonly resource: string | null;
  /** Construct that the resource belongs to: the design it comes from. */
  readonly construct: string | null;
  readonly result: StepResult | "NO RESULT";
  readonly run: string;
  readonly attempt: number;
  /** Where the result stands: the journal entry, and the files that it refers to. */
  readonly entry: { readonly seq: number; readonly hash: Sha256 } | null;
  readonly evidence: readonly EvidenceRef[];
  /** Ids, of every attempt. */
  readonly deviations: readonly string[];
}

/** `shown`: by something that ran and passed; `owed`: the organisation's own record shows it; the rest shows nothing. */
export type MethodOutcome = "shown" | "owed" | "gap" | "not run" | "failed";

export interface TracedMethod {
  readonly method: Method;
  /** What it is to show. */
  readonly shows: string;
  readonly outcome: MethodOutcome;
  /** Why, for every outcome but shown. */
  readonly because: string | null;
}

/** Gravest first; the first that fits is the row's. */
export const ROW_STATUSES = [
  "FAILED",
  "OUT OF SCOPE",
  "NOT IMPLEMENTED",
  "GAP",
  "NOT RUN",
  "DEVIATION OPEN",
  "PARTLY IMPLEMENTED",
  "BY PROCEDURE",
  "VERIFIED",
] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** One requirement, whether anything shows it or not. */
export interface RequirementRow extends Omit<Requirement, "verification" | "resources" | "where" | "status"> {
  readonly implementation: Requirement["status"];
  readonly controls: readonly TracedControl[];
  readonly steps: readonly TracedStep[];
  readonly methods: readonly TracedMethod[];
  readonly deviations: readonly string[];
  readonly outOfScope: OutOfScope | null;
  readonly status: RowStatus;
  readonly because: readonly string[];
}

/** A control or a step that no requirement names. */
export interface OrphanRow {
  readonly kind: "control" | "step";
  readonly id: string;
  readonly title: string;
  readonly because: string;
}

/** One execution that the matrix joins. */
export interface TracedRun {
  readonly run: string;
  /** 1 for the first, then one more for each re-execution. */
  readonly attempt: number;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly journalHead: Sha256;
  readonly keyId: Sha256;
  /** Whether the auditor's key made the seal; false: signer not pinned. */
  readonly isPinned: boolean;
  readonly balance: Balance;
}

export type BlockerCode =
  | "DEVELOPMENT_EVIDENCE"
  | "RUN_READ_ONLY"
  | "RUN_NOT_COMPLETE"
  | "COUNTS_DISAGREE"
  | "NOT_APPLICABLE_UNAPPROVED"
  | "DEVIATION_OPEN"
  | "REQUIREMENT_UNCOVERED";

/** One thing that keeps a report from being FINAL. */
export interface Blocker {
  readonly code: BlockerCode;
  readonly where: string;
  readonly what: string;
}

/** The joined record; every cell comes from requirements, METADATA, bundle or dispositions, and none is typed. */
export interface TraceMatrix {
  readonly schemaVersion: 1;
  readonly system: string;
  readonly environment: string;
  readonly target: RunTarget;
  readonly runs: readonly TracedRun[];
  /** Name and digest of the file of dispositions; null without one. */
  readonly dispositions: { readonly file: string; readonly sha256: Sha256 } | null;
  /** In the order of ids; none is left out. */
  readonly requirements: readonly RequirementRow[];
  readonly orphans: readonly OrphanRow[];
  readonly deviations: readonly Deviation[];
  readonly notApplicable: readonly NotApplicable[];
  /** Empty: a report may be FINAL. */
  readonly blockers: readonly Blocker[];
  /** False with a blocker of any kind; never true with an open critical deviation. */
  readonly mayConcludeFit: boolean;
}
