// SPDX-License-Identifier: Apache-2.0
import type { MultipliedPlan } from "../multiplied-plan";

/** What the gate made of a plan, for tools that are asked the same. */
export interface Judged {
  readonly plan: MultipliedPlan;
  /** The facts document of the plan, a file. */
  readonly facts: string;
  /** What the compiled policies said of it, a file. */
  readonly evaluation: string;
  /** Milliseconds from the facts to what the policies say of them. */
  readonly evaluateMs: number;
}

/** A tool that is not there, not asked at this size, or was stopped: never taken for a measurement. */
export interface NotRun {
  readonly notRun: string;
}

export interface Ran {
  /** Of the whole process. */
  readonly seconds: number;
  /** What it found, in a line. */
  readonly said: string;
  /** It was killed after so long; `seconds` is then a lower bound. */
  readonly stopped?: boolean;
  /** Limits of its own. */
  readonly limits?: readonly Limit[];
}

/** A promise about the gate, and what was measured of it. */
export interface Limit {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  /** Why there is no value, or why it proves nothing: the limit is then broken. */
  readonly broken?: string;
}

/** Another tool that judges the same plan, or the same facts. */
export interface Peer {
  readonly name: string;
  /** Program to start; or why there is none. */
  locate(): Promise<string | NotRun>;
  run(program: string, judged: Judged, patience: number): Promise<Ran>;
}
