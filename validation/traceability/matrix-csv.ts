// SPDX-License-Identifier: Apache-2.0
import { csv } from "../vendors/csv";
import type { RequirementRow, TracedControl, TracedStep, TraceMatrix } from "./matrix";

const HEAD = [
  "row",
  "requirement",
  "area",
  "text",
  "clauses",
  "gxp",
  "risk severity",
  "risk probability",
  "risk detectability",
  "risk class",
  "risk priority",
  "risk why",
  "implementation",
  "verification",
  "controls",
  "resource",
  "construct",
  "protocol",
  "step",
  "title",
  "result",
  "run",
  "attempt",
  "journal entry",
  "evidence",
  "deviations",
  "status",
  "because",
] as const;
type Column = (typeof HEAD)[number];
type Row = Partial<Readonly<Record<Column, string>>>;

/**
 * The matrix as a table (RFC 4180): a line for each requirement and step that shows it, at least one for each requirement,
 * and one for each orphan. No cell is a formula to a spreadsheet.
 */
export function matrixCsv({ requirements, orphans }: TraceMatrix): string {
  const rows: Row[] = [
    ...requirements.flatMap(requirementRows),
    ...orphans.map(({ kind, id, title, because }): Row => {
      const named: Row = kind === "step" ? { step: id } : { controls: id };
      return { row: `orphan ${kind}`, ...named, title, status: "ORPHAN", because };
    }),
  ];
  return csv(
    HEAD,
    rows.map((row) => HEAD.map((column) => row[column] ?? "")),
  );
}

function requirementRows(row: RequirementRow): Row[] {
  const { id, area, text, gxp, risk, clauses, methods, implementation, steps, controls } = row;
  const of: Row = {
    row: "requirement",
    requirement: id,
    area,
    text,
    clauses: clauses.map(({ name, clause }) => `${name} ${clause}`).join("; "),
    gxp,
    "risk severity": risk.severity,
    "risk probability": risk.probability,
    "risk detectability": risk.detectability,
    "risk class": String(risk.class),
    "risk priority": risk.priority,
    "risk why": risk.why,
    implementation,
    verification: methods.map(({ method, outcome }) => `${method}: ${outcome}`).join("; "),
    deviations: row.deviations.join("; "),
    status: row.status,
    because: row.because.join("; "),
  };
  if (steps.length === 0) return [{ ...of, controls: named(controls) }];
  return steps.map((step) => ({ ...of, ...stepCells(step, controls) }));
}

function stepCells(step: TracedStep, controls: readonly TracedControl[]): Row {
  const shown = controls.filter(({ id }) => step.controls.includes(id));
  return {
    controls: named(shown),
    resource: step.resource ?? "",
    construct: step.construct ?? "",
    protocol: step.protocol,
    step: step.step,
    title: step.title,
    result: step.result,
    run: step.run,
    attempt: String(step.attempt),
    "journal entry": step.entry ? `${step.entry.seq} ${step.entry.hash}` : "",
    evidence: step.evidence.map(({ path, sha256 }) => `${path} ${sha256}`).join("; "),
    deviations: step.deviations.join("; "),
  };
}

function named(controls: readonly TracedControl[]): string {
  return controls.map(({ id, result }) => `${id}: ${result}`).join("; ");
}
