// SPDX-License-Identifier: Apache-2.0
import type { GateFinding } from "./entries";
import type { RunTarget } from "./run-target";

/** What a target profile commits before the run; success means that the run departs from it nowhere. */
export interface Commitments {
  readonly schemaVersion: 1;
  readonly target: RunTarget;
  readonly plans: readonly PlannedPlan[];
  /** What a refresh may read otherwise than the apply left it, without asking for a change, and why. */
  readonly drift: ReadonlyArray<{ readonly type: string; readonly attribute: string; readonly reason: string }>;
  /** Properties of AWS that no result on this target speaks for; empty on AWS. */
  readonly cannotShow: ReadonlyArray<{ readonly property: string; readonly reason: string }>;
  /** Steps that the target cannot run. */
  readonly notRun: ReadonlyArray<{ readonly step: string; readonly reason: string }>;
  /** Steps that do not apply to the target. */
  readonly notApplicable: ReadonlyArray<{ readonly step: string; readonly reason: string }>;
  /** IQ rows whose live value the target cannot read. */
  readonly notAvailable: ReadonlyArray<{ readonly row: string; readonly reason: string }>;
}

/** A plan that the run makes and has judged. */
export interface PlannedPlan {
  readonly plan: string;
  /** Whether the run applies it and plans it a second time. */
  readonly apply: boolean;
  /** Exactly what the gate may find; empty: the verdict must be pass. */
  readonly findings: readonly GateFinding[];
  /** Why findings are intended; required with them. */
  readonly reason?: string;
}
