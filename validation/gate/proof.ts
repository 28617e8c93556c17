// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import type { Facts } from "../facts/facts";
import { type Answer, type ControlMetadata, type Evaluation, SEVERITIES } from "./decisions";
import { packageName } from "./policy";

const STATUSES: readonly unknown[] = ["pass", "fail", "unknown"] satisfies Answer["status"][];
const TEXTS = ["address", "attribute", "expected", "actual"] as const;
const MEMBERS = new Set<string>([...TEXTS, "status", "severity"]);

/**
 * Returns when the packages in the wasm are those of the controls that are asked: a control that nobody asks passes.
 *
 * @throws ENGINE_PROOF
 */
export function assertComplete(raw: unknown, controls: readonly ControlMetadata[]): void {
  const asked = new Set(controls.map(packageName));
  const there = new Set(strings(onlyResult(raw), "packages"));
  for (const name of there)
    if (!asked.has(name)) throw unproven(name, "a control that is asked", "one more in the wasm");
  for (const name of asked) if (!there.has(name)) throw unproven(name, "a control in the wasm", "none");
}

/**
 * The result of an entry point, by control id, once it proves that the work was done: one decision; every one of the
 * controls answered or not applicable, never both, and no other; every managed resource of their types seen. An empty
 * list of findings alone proves nothing.
 *
 * @param controls those that were to be judged
 * @throws ENGINE_PROOF
 */
export function proven(raw: unknown, facts: Facts, controls: readonly ControlMetadata[]): Evaluation {
  const result = record(onlyResult(raw), "result");
  const given = record(result.controls, "controls");
  const outcomes: Record<string, Evaluation["controls"][string]> = {};
  for (const control of controls) {
    outcomes[control.id] = outcome(given[packageName(control)], control.id);
  }
  const known = new Set(controls.map(packageName));
  for (const name of Object.keys(given)) {
    if (!known.has(name)) throw unproven(name, "only controls that were asked", "another");
  }
  const evaluated = strings(result.evaluated, "evaluated");
  const seen = new Set(evaluated);
  for (const type of new Set(controls.flatMap((control) => control.resources))) {
    for (const address of facts.byType[type] ?? []) {
      if (!seen.has(address)) throw unproven(address, "every resource of a controlled type judged", "no sign of it");
    }
  }
  for (const address of seen) {
    if (!Object.hasOwn(facts.resources, address))
      throw unproven(address, "only resources of the plan judged", "another");
  }
  return { controls: outcomes, evaluated: [...seen].sort() };
}

/**
 * One evaluation of several, once they prove that each of the controls answered in exactly one of them.
 *
 * @throws ENGINE_PROOF
 */
export function joined(parts: readonly Evaluation[], controls: readonly ControlMetadata[]): Evaluation {
  const outcomes: Record<string, Evaluation["controls"][string]> = {};
  for (const { id } of controls) {
    const given = parts.flatMap((part) => part.controls[id] ?? []);
    if (given.length !== 1) throw unproven(id, "an answer in one part", `answers in ${given.length}`);
    outcomes[id] = given[0]!;
  }
  return { controls: outcomes, evaluated: [...new Set(parts.flatMap((part) => part.evaluated))].sort() };
}

function onlyResult(raw: unknown): unknown {
  if (!Array.isArray(raw) || raw.length !== 1) throw unproven("result", "one decision", "none or several");
  return record(raw[0], "result").result;
}

function outcome(given: unknown, id: string): Evaluation["controls"][string] {
  if (given === undefined) throw unproven(id, "an answer", "none");
  const { answers, not_applicable } = record(given, id);
  if (!Array.isArray(answers)) throw unproven(id, "a list of answers", typeof answers);
  for (const answer of answers) assertAnswer(answer, id);
  if (not_applicable === null) {
    if (answers.length === 0) throw unproven(id, "an answer or a reason why it does not apply", "neither");
    return { answers, not_applicable };
  }
  if (typeof not_applicable !== "string" || not_applicable === "") {
    throw unproven(id, "a reason why it does not apply", JSON.stringify(not_applicable) ?? "nothing");
  }
  if (answers.length > 0) throw unproven(id, "either answers or a reason why it does not apply", "both");
  return { answers: [], not_applicable };
}

function assertAnswer(given: unknown, id: string): void {
  const answer = record(given, id);
  for (const name of TEXTS) {
    if (typeof answer[name] !== "string") throw unproven(id, `${name} of an answer as text`, typeof answer[name]);
  }
  if (!STATUSES.includes(answer.status)) {
    throw unproven(id, `a status of ${STATUSES.join(", ")}`, JSON.stringify(answer.status) ?? "none");
  }
  if (answer.severity !== undefined && !(SEVERITIES as readonly unknown[]).includes(answer.severity)) {
    throw unproven(id, `a severity of ${SEVERITIES.join(", ")}`, JSON.stringify(answer.severity));
  }
  for (const name of Object.keys(answer)) {
    if (!MEMBERS.has(name)) throw unproven(id, `an answer of ${[...MEMBERS].join(", ")}`, name);
  }
}

function record(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw unproven(where, "an object", Array.isArray(value) ? "a list" : String(value));
  }
  return value as Record<string, unknown>;
}

function strings(value: unknown, where: string): readonly string[] {
  if (!Array.isArray(value) || value.some((item) => typeof item !== "string")) {
    throw unproven(where, "a list of addresses", "something else");
  }
  return value;
}

function unproven(where: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "ENGINE_PROOF",
    what: "policy result proves too little",
    where,
    expected,
    got,
    todo: "rebuild the policies with npm run policy; nothing was judged",
  });
}
