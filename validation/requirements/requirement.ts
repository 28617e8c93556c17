// SPDX-License-Identifier: Apache-2.0

/** The areas of the system, one file each: `validation/requirements/<area>.yaml`. */
export const AREAS = [
  "receive",
  "protect",
  "replicate",
  "audit",
  "prove",
  "monitor",
  "process",
  "sign",
  "qualify",
] as const;
export type Area = (typeof AREAS)[number];

/** How a requirement is shown. Part 11 requires validation (11.10(a)); IQ, OQ and PQ are names of the trade for parts of it. */
export const METHODS = ["inspection", "IQ", "OQ", "PQ", "procedure"] as const;
/**
 * `inspection`: the gate's controls judge the plan; `IQ`: the installed system is read back; `OQ`: it is challenged; `PQ`:
 * it is used as intended, by those who use it; `procedure`: the organisation keeps a record of its own.
 */
export type Method = (typeof METHODS)[number];

export type Level = "high" | "medium" | "low";

/** One clause of one text, in the edition that was read. */
export interface ClauseReference {
  /** Key of the text: `part11`, `annex11`, `e6r3`, `ema`, `fda-qa`. */
  readonly source: string;
  /** Name of the text. */
  readonly name: string;
  readonly edition: string;
  readonly clause: string;
  /** What it says, in our words, where the register has words for it. */
  readonly says?: string;
}

/** What a failure would mean. */
export interface Risk {
  /** For people in the trial and for the reliability of its results. */
  readonly severity: Level;
  readonly probability: Level;
  /** How surely it is noticed before it does harm: high is good. */
  readonly detectability: Level;
  /** Of severity and probability: 1 the gravest. Computed. */
  readonly class: 1 | 2 | 3;
  /** Of class and detectability: how much is tested, and how grave a deviation is. Computed. */
  readonly priority: Level;
  readonly why: string;
}

/** One user requirement. */
export interface Requirement {
  readonly id: string;
  readonly area: Area;
  readonly text: string;
  /** `direct`: it acts on records; `indirect`: on how the system is built and shown. */
  readonly gxp: "direct" | "indirect";
  readonly clauses: readonly ClauseReference[];
  readonly risk: Risk;
  /** Each method that must show it, and what it shows. In the order of `METHODS`. */
  readonly verification: ReadonlyArray<{ readonly method: Method; readonly shows: string }>;
  /** Resource types that it needs and no control reads: what ties their IQ steps to it. */
  readonly resources: readonly string[];
  /** `planned`: the system does not do it yet. */
  readonly status: "implemented" | "partial" | "planned";
  /** What is missing; of every requirement that is not implemented. */
  readonly gap?: string;
  /** File and line of `id`, for messages. */
  readonly where: string;
}
