// SPDX-License-Identifier: Apache-2.0
import { type ControlMetadata, type Evaluation, packageName } from "../../validation/gate";

/** Arguments with which stock opa, in the package's root, judges the facts in a file by the sources of the same policies. */
export function stockOpa(facts: string): readonly string[] {
  const bundle = ["eval", "--bundle", "policies", "--input", facts];
  return [...bundle, "--format", "json", "--metrics", "data.part11_main.decide"];
}

/** What opa said on stdout, in the shape in which the wasm says it. */
export function saidByOpa(stdout: string, catalogue: readonly ControlMetadata[]): Evaluation {
  const { controls, evaluated } = JSON.parse(stdout).result[0].expressions[0].value;
  return { controls: Object.fromEntries(catalogue.map((one) => [one.id, controls[packageName(one)]])), evaluated };
}

/** Answers are a set: their order says nothing. */
export function asSets({ controls, evaluated }: Evaluation): unknown {
  const entries = Object.entries(controls).map(([id, { answers, not_applicable }]) => [
    id,
    { answers: answers.map((answer) => JSON.stringify(answer, Object.keys(answer).sort())).sort(), not_applicable },
  ]);
  return { controls: Object.fromEntries(entries), evaluated: [...evaluated].sort() };
}
