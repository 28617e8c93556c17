// SPDX-License-Identifier: Apache-2.0
import { KINDS, type Proof } from "./equivalence";
import type { Generated } from "./generated";

/** What became of one mutant. */
export type Outcome =
  | { readonly outcome: "caught"; readonly by: readonly string[] }
  | { readonly outcome: "refused"; readonly code: string }
  | { readonly outcome: "equivalent"; readonly proof: Proof }
  | { readonly outcome: "unexplained" };

export interface Tried {
  readonly mutant: Generated;
  readonly outcome: Outcome;
}

/** Counts of mutants that Terraform accepts. */
export interface Score {
  readonly generated: number;
  /** Some control finds something, or the gate refuses the plan. */
  readonly caught: number;
  readonly equivalent: Readonly<Record<Proof["kind"], number>>;
  readonly unexplained: number;
  /** Caught of those that are not equivalent, in per cent. 100 where there is none. */
  readonly percent: number;
}

export function scoreOf(tried: readonly Tried[]): Score {
  const of = (name: Outcome["outcome"]) => tried.filter(({ outcome }) => outcome.outcome === name).length;
  const caught = of("caught") + of("refused");
  const unexplained = of("unexplained");
  const equivalent = Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      tried.filter(({ outcome }) => outcome.outcome === "equivalent" && outcome.proof.kind === kind).length,
    ]),
  ) as Score["equivalent"];
  const judged = caught + unexplained;
  return {
    generated: tried.length,
    caught,
    equivalent,
    unexplained,
    percent: judged === 0 ? 100 : (100 * caught) / judged,
  };
}

export function lineOf({ mutant: { stack, type, path, name } }: Pick<Tried, "mutant">): string {
  return `${stack.name}: ${type} ${path} ${name}`;
}

/** @param refused mutants that Terraform accepts no program of */
export function reportOf({ generated, caught, equivalent, unexplained, percent }: Score, refused: number): string {
  const proven = KINDS.map((kind) => `${kind} ${equivalent[kind]}`).join(", ");
  return [
    `not counted: ${refused}, which terraform validate refuses`,
    `generated: ${generated}`,
    `caught: ${caught}`,
    `equivalent, proven: ${KINDS.reduce((sum, kind) => sum + equivalent[kind], 0)} (${proven})`,
    `survive, unexplained: ${unexplained}`,
    `score: ${percent.toFixed(2)} % of those that are not equivalent are caught`,
  ].join("\n");
}
