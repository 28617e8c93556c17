// SPDX-License-Identifier: Apache-2.0
import {
  type EvidenceRef,
  entriesOf,
  type IqRow,
  type Observation,
  type ProtocolStep,
  type Reading,
  type RunRecord,
  type StepOutcome,
  stepOutcomes,
} from "../../evidence";
import { canonicalJson } from "../../json";
import type { Cell, Inline, RecordBlock, Table } from "../model";
import { code, factItems, ids, result, table } from "./blocks";

export type Kind = "IQ" | "OQ";

/** What a step cannot be run without. */
const REQUIRED: Readonly<Record<NonNullable<ProtocolStep["requires"]>, string>> = {
  aws: "AWS itself: no other target can run it",
  "aws-cli": "an AWS CLI of 1.45 or later and openssl on the PATH: without them it is not run",
};

export function outcomesOf(record: Pick<RunRecord, "protocols" | "entries">, kind: Kind): readonly StepOutcome[] {
  return stepOutcomes(record.protocols, record.entries).filter(({ protocol }) => protocol.kind === kind);
}

/** A step before its execution: everything that is fixed, and nothing else. */
export function plannedStep(step: ProtocolStep): RecordBlock {
  return { kind: "record", id: step.id, title: step.title, items: factItems(plannedItems(step)), tables: [] };
}

function plannedItems(step: ProtocolStep): Array<readonly [string, Cell]> {
  const { controls, requirements, clauses, kind, principal, layer, action, expected, acceptance, twin, mutant } = step;
  return [
    ["Requirements", ids(requirements, "none cited")],
    ["Clauses", ids(clauses, "none cited")],
    ["Controls", ids(controls, "none")],
    ...(kind ? [["Challenge", kind] as const] : []),
    ...(principal ? [["Made by", principal] as const] : []),
    ...(layer ? [["Must refuse", layer] as const] : []),
    ["Action", action],
    ["Expected", expected],
    ["Acceptance", acceptance],
    ...(twin ? [["Allowed twin", twin] as const] : []),
    ...(mutant ? [["Mutant", mutant] as const] : []),
    ...(step.requires ? [["Requires", REQUIRED[step.requires]] as const] : []),
  ];
}

/** A step with what was seen of it. */
export function executedStep({ step, finished }: StepOutcome, time: string): RecordBlock {
  const seen: Array<readonly [string, Cell]> = finished
    ? [
        ["Actual", finished.actual === "" ? "nothing was observed" : finished.actual],
        ...(finished.layer ? [["Refused by", finished.layer] as const] : []),
        ...(finished.twin ? [["Twin, seen", observed(finished.twin)] as const] : []),
        ...(finished.mutant ? [["Mutant, seen", observed(finished.mutant)] as const] : []),
        ...(finished.reason ? [["Reason", finished.reason] as const] : []),
        ["Executed by", finished.principal ? code(finished.principal) : "no principal recorded"],
        ["Time", time],
        ["Evidence", evidenceLines(finished.evidence)],
      ]
    : [["Actual", "no result recorded"]];
  return {
    kind: "record",
    id: step.id,
    title: step.title,
    result: finished?.result ?? "NO RESULT",
    items: factItems([...plannedItems(step), ...seen]),
    tables: finished?.rows ? [rowsTable(finished.rows)] : [],
  };
}

/** From and to of every step, by protocol and step. */
export function stepTimes({ entries }: RunRecord): (outcome: StepOutcome) => string {
  const key = (protocol: string, step: string) => `${protocol}\n${step}`;
  const times = (type: "step-started" | "step-finished") =>
    new Map(entriesOf(entries, type).map(({ at, body }) => [key(body.protocol, body.step), at]));
  const [started, finished] = [times("step-started"), times("step-finished")];
  return ({ protocol, step }) => {
    const id = key(protocol.id, step.id);
    return `${started.get(id) ?? "start not recorded"} to ${finished.get(id) ?? "end not recorded"} (UTC)`;
  };
}

function observed({ result: seen, actual }: Observation): Cell {
  return [{ result: seen }, actual];
}

function evidenceLines(refs: readonly EvidenceRef[]): Cell {
  if (refs.length === 0) return "none besides the readings below";
  return refs.map(({ path, sha256 }): Inline => ({ code: `${path}  SHA-256 ${sha256}` }));
}

/** Attributes of one resource, what its sources say alike told once. */
export function rowsTable(rows: readonly IqRow[]): Table {
  return table(
    "Readings",
    { Attribute: 24, Result: 12, "Configuration, plan, state, live": 64 },
    rows.map((row) => [code(row.attribute), result(row.result), readings(row)]),
  );
}

const SOURCES = { config: "configuration", plan: "plan", state: "state", live: "live" } as const;

function readings(row: IqRow): Cell {
  const groups = new Map<string, { names: string[]; reading: Reading }>();
  for (const [source, name] of Object.entries(SOURCES)) {
    const reading = row[source as keyof typeof SOURCES];
    const said = canonicalJson(reading);
    const group = groups.get(said);
    if (group) group.names.push(name);
    else groups.set(said, { names: [name], reading });
  }
  return [...groups.values()].flatMap(({ names, reading }) => readingLines(names.join(" = "), reading));
}

function readingLines(names: string, reading: Reading): readonly Inline[] {
  switch (reading.kind) {
    case "value":
      return [`${names}:`, { code: valueText(reading.value) }];
    case "default":
      return [`${names}: the default when nobody sets it (${reading.source})`, { code: valueText(reading.value) }];
    case "not-available":
      return [`${names}: not available, ${reading.reason}`];
    case "unknown":
      return [`${names}: not known yet`];
    case "not-set":
      return [`${names}: not set`];
  }
}

/** A value as JSON; members of a long one on lines of their own. */
export function valueText(value: unknown): string {
  const line = JSON.stringify(value);
  return line.length <= 400 ? line : JSON.stringify(value, null, 1);
}
