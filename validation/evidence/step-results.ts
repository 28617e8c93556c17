// SPDX-License-Identifier: Apache-2.0
import type { Commitments } from "./commitments";
import type { Problem } from "./conclusion";
import { entriesOf, type JournalEntry, type StepFinished } from "./entries";
import { iqRowResult } from "./iq-row";
import { type Protocol, type ProtocolStep, protocolHash } from "./protocol";
import { rowProblems } from "./read-back";

/** A planned step and what the journal says of it; undefined when it says nothing. */
export interface StepOutcome {
  readonly protocol: Protocol;
  readonly step: ProtocolStep;
  readonly finished: StepFinished | undefined;
}

/** Every planned step with its first result. */
export function stepOutcomes(protocols: readonly Protocol[], entries: readonly JournalEntry[]): StepOutcome[] {
  const results = new Map<string, StepFinished>();
  for (const { body } of entriesOf(entries, "step-finished")) {
    if (!results.has(key(body.protocol, body.step))) results.set(key(body.protocol, body.step), body);
  }
  return protocols.flatMap((protocol) =>
    protocol.steps.map((step) => ({ protocol, step, finished: results.get(key(protocol.id, step.id)) })),
  );
}

/** What is wrong with protocols and step results, compared with each other and with the target's commitments. */
export function checkSteps(
  protocols: readonly Protocol[],
  entries: readonly JournalEntry[],
  commitments: Commitments,
): Problem[] {
  const outcomes = stepOutcomes(protocols, entries);
  return [
    ...checkProtocolsFixed(protocols, entries, commitments),
    ...checkKinds(outcomes),
    ...checkOrder(protocols, entries),
    ...outcomes.flatMap((outcome) => checkOutcome(outcome, commitments)),
    ...checkRowIds(outcomes),
    ...checkLists(outcomes, commitments),
  ];
}

function checkProtocolsFixed(
  protocols: readonly Protocol[],
  entries: readonly JournalEntry[],
  commitments: Commitments,
): Problem[] {
  const problems: Problem[] = [];
  const fixed = entriesOf(entries, "protocol-fixed");
  const seen = new Set<string>();
  for (const protocol of protocols) {
    const where = `protocol ${protocol.id}`;
    const own = fixed.filter(({ body }) => body.protocol === protocol.id);
    if (own.length === 0) problems.push(incomplete(where, "was never fixed"));
    if (own.length > 1) problems.push(failed(where, "was fixed more than once"));
    for (const { body } of own) {
      if (body.protocolSha256 !== protocolHash(protocol)) problems.push(failed(where, "is not the one that was fixed"));
      if (body.kind !== protocol.kind || body.steps !== protocol.steps.length) {
        problems.push(failed(where, "kind or number of steps differ from the fixed ones"));
      }
    }
    if (protocol.target !== commitments.target.name) problems.push(failed(where, `is written for ${protocol.target}`));
    for (const { id } of protocol.steps) {
      if (seen.has(id)) problems.push(failed(`step ${id}`, "is planned twice"));
      seen.add(id);
    }
  }
  const known = new Set(protocols.map(({ id }) => id));
  for (const { body } of fixed) {
    if (!known.has(body.protocol)) problems.push(failed(`protocol ${body.protocol}`, "was fixed and is not there"));
  }
  return problems;
}

function checkKinds(outcomes: readonly StepOutcome[]): Problem[] {
  return (["IQ", "OQ"] as const)
    .filter((kind) => !outcomes.some((o) => o.protocol.kind === kind && o.finished?.result === "PASS"))
    .map((kind) => incomplete(kind, "no step passed"));
}

function checkOrder(protocols: readonly Protocol[], entries: readonly JournalEntry[]): Problem[] {
  const planned = new Set(protocols.flatMap(({ id, steps }) => steps.map((step) => key(id, step.id))));
  const fixed = new Set<string>();
  const started = new Set<string>();
  const finished = new Set<string>();
  const problems: Problem[] = [];
  for (const entry of entries) {
    if (entry.type === "protocol-fixed") fixed.add(entry.body.protocol);
    if (entry.type !== "step-started" && entry.type !== "step-finished") continue;
    const { protocol, step } = entry.body;
    const id = key(protocol, step);
    const where = `step ${step}`;
    if (!planned.has(id)) problems.push(failed(where, `is not planned in protocol ${protocol}`));
    if (!fixed.has(protocol)) problems.push(failed(where, `${entry.type} stands before its protocol was fixed`));
    if (entry.type === "step-started") {
      if (started.has(id)) problems.push(failed(where, "was started twice"));
      started.add(id);
    } else {
      if (finished.has(id)) problems.push(failed(where, "has a second result"));
      const executed = entry.body.result === "PASS" || entry.body.result === "FAIL";
      if (executed && !started.has(id)) problems.push(failed(where, "has a result and was not started"));
      finished.add(id);
    }
  }
  return problems;
}

function checkOutcome({ protocol, step, finished }: StepOutcome, commitments: Commitments): Problem[] {
  const where = `step ${step.id}`;
  if (!finished) return [incomplete(where, "has no result")];
  const rows = (finished.rows ?? []).flatMap((row) => {
    const computed = iqRowResult(row);
    if (computed !== row.result) return [failed(row.id, `is recorded as ${row.result}, its readings say ${computed}`)];
    return computed === "FAIL" ? [failed(row.id, "config, plan, state and live differ")] : [];
  });
  rows.push(...rowProblems(step, finished).map((what) => failed(where, what)));
  const reasonless = finished.result !== "PASS" && !finished.reason;
  if (reasonless) rows.push(incomplete(where, `is ${finished.result} and gives no reason`));
  if (finished.result === "FAIL") return [failed(where, finished.reason ?? finished.actual), ...rows];
  if (finished.result === "BLOCKED") return [incomplete(where, `blocked: ${finished.reason ?? "no reason"}`), ...rows];
  if (finished.result === "NOT RUN" && step.requires === undefined && commitments.target.kind !== "aws") {
    rows.push(incomplete(where, "was not run and requires neither AWS nor its CLI"));
  }
  if (finished.result !== "PASS") return rows;
  return [...rows, ...missingProof(protocol, step, finished, commitments).map((what) => failed(where, what))];
}

/** What a result PASS must bring and does not. */
function missingProof(
  protocol: Protocol,
  step: ProtocolStep,
  finished: StepFinished,
  commitments: Commitments,
): string[] {
  const missing: string[] = [];
  const inRows = protocol.kind === "IQ" && (finished.rows?.length ?? 0) > 0;
  if (finished.evidence.length === 0 && !inRows) missing.push("passed without evidence");
  if (step.principal && !finished.principal) missing.push("passed without a named principal");
  if (step.layer && finished.layer !== step.layer) {
    missing.push(`must be refused by ${step.layer}, was refused by ${finished.layer ?? "nothing named"}`);
  }
  if (step.twin && finished.twin?.result !== "PASS") missing.push("passed without its positive twin");
  if (step.mutant && finished.mutant?.result !== "PASS")
    missing.push("passed without its mutant letting the call through");
  if (step.requires === "aws" && commitments.target.kind !== "aws") missing.push("requires AWS and passed elsewhere");
  return missing;
}

function checkRowIds(outcomes: readonly StepOutcome[]): Problem[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of outcomes.flatMap(({ finished }) => finished?.rows ?? [])) (seen.has(id) ? twice : seen).add(id);
  return [...twice].map((id) => failed(id, "IQ row stands twice"));
}

function checkLists(outcomes: readonly StepOutcome[], commitments: Commitments): Problem[] {
  const withResult = (result: string) => outcomes.filter((o) => o.finished?.result === result).map((o) => o.step.id);
  const unavailable = outcomes
    .flatMap(({ finished }) => finished?.rows ?? [])
    .filter((row) => row.result === "NOT AVAILABLE");
  return [
    ...compareLists(
      "NOT RUN",
      commitments.notRun.map(({ step }) => step),
      withResult("NOT RUN"),
    ),
    ...compareLists(
      "NOT APPLICABLE",
      commitments.notApplicable.map(({ step }) => step),
      withResult("NOT APPLICABLE"),
    ),
    ...compareLists(
      "NOT AVAILABLE",
      commitments.notAvailable.map(({ row }) => row),
      unavailable.map(({ id }) => id),
    ),
  ];
}

function compareLists(name: string, committed: readonly string[], got: readonly string[]): Problem[] {
  return [
    ...got.filter((id) => !committed.includes(id)).map((id) => incomplete(id, `is ${name}, which is not committed`)),
    ...committed.filter((id) => !got.includes(id)).map((id) => incomplete(id, `is committed as ${name} and was not`)),
  ];
}

function key(protocol: string, step: string): string {
  return `${protocol}\n${step}`;
}

function failed(where: string, what: string): Problem {
  return { status: "FAILED", where, what };
}

function incomplete(where: string, what: string): Problem {
  return { status: "INCOMPLETE", where, what };
}
