// SPDX-License-Identifier: Apache-2.0
import type { Sha256 } from "../evidence/entries";

/** Gravest first. */
export const SEVERITIES = ["critical", "major", "minor"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One departure of a run from its protocols or commitments, as the harness recorded it. No person takes part in it. */
export interface OpenedDeviation {
  /** `DEV-<run>-<attempt>-<step, or the place of the run>`. */
  readonly id: string;
  /** Bundle in which it was seen. */
  readonly run: string;
  /** 1 for the first execution, one more for each re-execution. */
  readonly attempt: number;
  /** Null of what went wrong outside of every step: a plan, a gate decision, the end of the run. */
  readonly protocol: string | null;
  readonly step: string | null;
  /** Place that the run's conclusion names: step, row, plan, protocol. */
  readonly place: string;
  /** Time of the step's result; of the last journal entry where there is none. UTC. */
  readonly detectedAt: string;
  readonly expected: string;
  readonly actual: string;
  /** From the risk of what the step shows; a person may not lower it. */
  readonly severity: Severity;
  readonly severityFrom: readonly string[];
  /** Requirements and controls that it puts in doubt. */
  readonly requirements: readonly string[];
  readonly controls: readonly string[];
  /** SHA-256 of all the above: what a disposition repeats. */
  readonly digest: Sha256;
}

/** What a named person recorded and another one approved. */
export interface Signed {
  readonly recordedBy: string;
  /** ISO 8601 with offset. */
  readonly recordedAt: string;
  readonly approver: string;
  readonly approvedAt: string;
  /** Line of the file. */
  readonly line: number;
}

/** How people dealt with one deviation. */
export interface Disposition extends Signed {
  readonly deviation: string;
  readonly digest: Sha256;
  /** What was wrong: the system or process, the protocol, or something else (operator, environment). */
  readonly type: "system" | "protocol" | "other";
  readonly cause: string;
  /** On the validation, and on records. */
  readonly impact: string;
  /** `corrected`: shown by a retest; `accepted`: without one; `transferred`: followed up elsewhere. */
  readonly disposition: "corrected" | "accepted" | "transferred";
  readonly action: string;
  readonly retest:
    | { readonly required: true; readonly run: string }
    | { readonly required: false; readonly justification: string };
  /** Where a transferred one is followed up. */
  readonly tracking?: string;
}

/** A deviation as of now. */
export interface Deviation extends OpenedDeviation {
  readonly disposition: Disposition | null;
  /** Run in which the step passed afterwards. */
  readonly retestedIn: string | null;
  readonly state: "open" | "closed" | "transferred";
  /** Why it is in this state. */
  readonly because: string;
}

/** A step that somebody says does not apply; approved. */
export interface NotApplicable extends Signed {
  readonly step: string;
  readonly reason: string;
}

/** A requirement that somebody leaves out of this qualification; approved. */
export interface OutOfScope extends Signed {
  readonly requirement: string;
  readonly reason: string;
}

/** What people say of one run. */
export interface Dispositions {
  readonly file: string;
  readonly sha256: Sha256;
  readonly run: string;
  readonly dispositions: readonly Disposition[];
  readonly notApplicable: readonly NotApplicable[];
  readonly outOfScope: readonly OutOfScope[];
}
