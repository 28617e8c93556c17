// SPDX-License-Identifier: Apache-2.0
import { UNEXECUTED } from "../deviations";
import { type JournalEntry, type Protocol, type ProtocolStep, type RunRecord, stepOutcomes } from "../evidence";
import type { TraceMatrix } from "../traceability";

/** `passed` is what passed and departs from protocol and commitments nowhere; `left` what was not run or does not apply. */
export type StepState = "passed" | "failed" | "broken" | "left";

/** A planned step as the formats of other tools tell it. */
export interface ExecutedStep {
  readonly protocol: Protocol;
  readonly step: ProtocolStep;
  readonly state: StepState;
  /** Result of the journal, or `NO RESULT`. */
  readonly result: string;
  /** What was seen; for all that did not pass why. */
  readonly says: string;
  /** Undefined when the step has no result. */
  readonly entry: JournalEntry<"step-finished"> | undefined;
  /** From its start to its result; undefined when one of them is not known. */
  readonly seconds: number | undefined;
}

/** Every planned step once, in the order of the protocols. @param matrix over this run: its deviations name the steps that depart */
export function executedSteps(record: RunRecord, matrix: TraceMatrix): readonly ExecutedStep[] {
  const departures = new Map<string, string>();
  for (const { run, step, actual } of matrix.deviations)
    if (run === record.summary.bundle && step !== null) departures.set(step, actual);
  const first = firstEntries(record);
  return stepOutcomes(record.protocols, record.entries).map(({ protocol, step }) => {
    const id = key(protocol.id, step.id);
    const entry = first.finished.get(id);
    const startedAt = first.started.get(id);
    const seconds = entry && startedAt ? (Date.parse(entry.at) - Date.parse(startedAt)) / 1000 : undefined;
    return { protocol, step, entry, seconds, ...outcomeOf(entry, departures.get(step.id)) };
  });
}

/** What went wrong with the run outside of its steps; undefined when nothing did. */
export function departureOfRun({ summary }: RunRecord, { deviations }: TraceMatrix): string | undefined {
  const own = deviations.filter(
    ({ run, step, place }) => run === summary.bundle && step === null && place !== UNEXECUTED,
  );
  return own.length === 0 ? undefined : own.map(({ place, actual }) => `${place}: ${actual}`).join("; ");
}

function outcomeOf(
  entry: JournalEntry<"step-finished"> | undefined,
  departure: string | undefined,
): Pick<ExecutedStep, "state" | "result" | "says"> {
  if (!entry) return { state: "broken", result: "NO RESULT", says: "the step has no result" };
  const { result, actual, reason } = entry.body;
  const says = departure ?? reason ?? actual;
  if (result === "BLOCKED") return { state: "broken", result, says };
  if (result === "FAIL" || departure !== undefined) return { state: "failed", result, says };
  if (result === "PASS") return { state: "passed", result, says };
  return { state: "left", result, says };
}

function firstEntries({ entries }: RunRecord) {
  const started = new Map<string, string>();
  const finished = new Map<string, JournalEntry<"step-finished">>();
  for (const entry of entries) {
    if (entry.type !== "step-started" && entry.type !== "step-finished") continue;
    const id = key(entry.body.protocol, entry.body.step);
    if (entry.type === "step-started") started.set(id, started.get(id) ?? entry.at);
    else finished.set(id, finished.get(id) ?? entry);
  }
  return { started, finished };
}

function key(protocol: string, step: string): string {
  return `${protocol}\n${step}`;
}
