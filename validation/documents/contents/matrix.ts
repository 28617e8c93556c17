// SPDX-License-Identifier: Apache-2.0
import type { SealedRun } from "../../evidence";
import type { RequirementRow, TraceMatrix } from "../../traceability";
import type { DocumentModel, RecordBlock } from "../model";
import { coverageOf } from "../pictures/coverage";
import { coverageTable } from "../pictures/coverage-figure";
import { approvals, code, factItems, facts, ids, paragraph, result, section, table } from "./blocks";
import { clauseLines } from "./clauses";
import { documentOf } from "./head";
import { counted, inRuns, type Order } from "./traces";

/** Requirements to steps and back, joined and never typed: what nothing shows is a row as well. */
export function traceabilityMatrix(bundle: SealedRun, matrix: TraceMatrix): DocumentModel {
  const { record } = bundle;
  const { requirements, orphans, blockers, runs } = matrix;
  const order: Order = new Map(
    record.protocols.flatMap(({ steps }) => steps).map(({ id }, place) => [id, place] as const),
  );
  return documentOf("RTM", record, "EXECUTED", [
    approvals(
      "Review of the matrix, to be made by people",
      ["Reviewer", "I am not the executor; each gap is explained or leads to an action."],
      ["Quality", "The trace is complete for the decision that it supports."],
    ),
    ...section(
      "What was joined",
      paragraph(
        "Requirements and their clauses, the controls that name them, the steps that name either, the latest result of each step with its evidence, and deviations. A requirement without a step is a row, and so is a step or a control that no requirement names.",
      ),
      facts(
        ["Runs", runs.map(({ run, attempt, status }) => `${run}, attempt ${attempt}: ${status}`)],
        [
          "Counts",
          runs.map(({ balance }) => `${balance.equation}${balance.holds ? ": it holds" : ": IT DOES NOT HOLD"}`),
        ],
        [
          "Signer of the bundle",
          runs.map(({ isPinned }) => (isPinned ? "the named key" : "not pinned: no key was named")),
        ],
      ),
    ),
    ...section(
      "Requirements by status",
      table(
        "Every requirement",
        { Requirement: 14, Status: 22, Shown: 24, Why: 40 },
        requirements.map((row) => [
          row.id,
          result(row.status),
          shown(row),
          row.because.join("; ") || "each method shows it",
        ]),
      ),
    ),
    ...section(
      "What keeps a report over these runs from being final",
      blockers.length === 0
        ? paragraph("Nothing in this matrix; people review and approve.")
        : table(
            "Blockers",
            { Blocker: 28, Where: 24, What: 48 },
            blockers.map(({ code: name, where, what }) => [code(name), where, what]),
          ),
    ),
    ...section("From requirement to evidence", ...requirements.map((row) => requirement(row, order))),
    ...section("From control to step", coverageTable(coverageOf(bundle), order)),
    ...section(
      "From step to requirement",
      table(
        "Every step, and the requirements that it shows",
        { Steps: 46, Result: 14, Requirements: 40 },
        alike(requirements, order).map(({ steps, result: found, named }) => [steps, result(found), ids(named)]),
      ),
      orphans.length === 0
        ? paragraph("No control and no step is without a requirement.")
        : table(
            "Controls and steps that no requirement names",
            { Id: 26, Kind: 14, Why: 60 },
            orphans.map(({ kind, id, because }) => [code(id), kind, because]),
          ),
    ),
  ]);
}

function shown({ steps: own, controls }: RequirementRow): string {
  if (own.length > 0) return counted(own.map((step) => step.result));
  return `no step; controls: ${controls.filter((control) => control.result === "pass").length} of ${controls.length} pass`;
}

function requirement(row: RequirementRow, order: Order): RecordBlock {
  const { id, text, status, clauses, risk, controls, methods, deviations, outOfScope } = row;
  const inOrder = (kind: string) =>
    row.steps
      .filter((step) => step.kind === kind)
      .map(({ step }) => step)
      .sort((a, b) => order.get(a)! - order.get(b)!);
  return {
    kind: "record",
    id,
    title: text,
    result: status,
    items: factItems([
      ["Clauses", clauseLines(clauses)],
      ["Risk", `class ${risk.class}, priority ${risk.priority}`],
      [
        "Methods",
        methods.map(({ method, outcome, because }) => `${method}: ${outcome}${because ? `, ${because}` : ""}`),
      ],
      ["Controls", controls.length === 0 ? "none" : controls.map((one) => `${one.id} ${one.result}`).join(", ")],
      ["Design: constructs read back", ids(designs(row))],
      ["IQ steps", inRuns(inOrder("IQ"), order)],
      ["OQ steps", inRuns(inOrder("OQ"), order)],
      ["Latest results", shown(row)],
      ["Deviations", ids(deviations)],
      ...(outOfScope ? ([["Out of scope", `${outOfScope.reason} (${outOfScope.approver})`]] as const) : []),
    ]),
    tables: [],
  };
}

/** Path of a construct down to what a module brings, with the number of resources below it; the CSV has them all. */
const DESIGN_DEPTH = 4;

function designs({ steps }: RequirementRow): readonly string[] {
  const read = new Map<string, Set<string>>();
  for (const { construct, resource } of steps) {
    if (construct === null) continue;
    const design = construct.split("/").slice(0, DESIGN_DEPTH).join("/");
    read.set(design, (read.get(design) ?? new Set()).add(resource ?? construct));
  }
  return [...read]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([design, resources]) => (resources.size === 1 ? design : `${design} (${resources.size})`));
}

interface Alike {
  readonly steps: string;
  readonly result: string;
  readonly named: readonly string[];
}

/** Each step once; those with the same result and the same requirements together, in the order of the protocols. */
function alike(requirements: readonly RequirementRow[], order: Order): readonly Alike[] {
  const found = new Map<string, { readonly result: string; readonly named: string[] }>();
  for (const { id, steps } of requirements) {
    for (const { step, result: last } of steps) {
      const known = found.get(step) ?? { result: last, named: [] };
      known.named.push(id);
      found.set(step, known);
    }
  }
  const groups = new Map<string, string[]>();
  for (const id of [...found.keys()].sort((a, b) => order.get(a)! - order.get(b)!)) {
    const { result: last, named } = found.get(id)!;
    const key = `${last} ${named}`;
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return [...groups.values()].map((steps) => ({ steps: inRuns(steps, order), ...found.get(steps[0]!)! }));
}
