// SPDX-License-Identifier: Apache-2.0
import { type Deviation, SEVERITIES } from "../../deviations";
import type { RunRecord } from "../../evidence";
import type { TraceMatrix } from "../../traceability";
import type { Cell, DocumentModel, RecordBlock } from "../model";
import { approvals, code, factItems, facts, ids, paragraph, result, section, table } from "./blocks";
import { documentOf } from "./head";

/** What departed from protocols and commitments, and how named people dealt with it. */
export function deviationLog(
  record: RunRecord,
  { deviations, dispositions, notApplicable }: TraceMatrix,
): DocumentModel {
  return documentOf("DEV", record, "EXECUTED", [
    approvals(
      "Closure, to be made by people",
      ["System owner", "Causes and impact are understood; what is accepted does not keep the system from its use."],
      ["Quality", "Each deviation was handled by the procedure; those marked closed are closed."],
    ),
    ...section(
      "How deviations come about",
      paragraph(
        "The program opens one for each step that failed, was blocked or has no result, and for each other place where the run went wrong. Its severity comes from the risk of what the step shows, and nobody may lower it. People record cause, impact and disposition; a critical deviation is closed by a retest alone.",
      ),
      facts(
        ["File of dispositions", dispositions ? [dispositions.file, { code: dispositions.sha256 }] : "none was given"],
        ["Deviations", totals(deviations)],
      ),
    ),
    ...section(
      "Log",
      deviations.length === 0
        ? paragraph("No deviation was opened.")
        : table(
            "One line each",
            { Deviation: 34, Place: 22, Severity: 12, State: 12, Why: 20 },
            deviations.map(({ id, place, severity, state, because }) => [code(id), place, severity, state, because]),
          ),
      ...deviations.map(deviation),
    ),
    ...section(
      "Steps said not to apply",
      notApplicable.length === 0
        ? paragraph("None.")
        : table(
            "Reason and approval",
            { Step: 26, Reason: 40, "Recorded by": 17, "Approved by": 17 },
            notApplicable.map(({ step, reason, recordedBy, approver }) => [code(step), reason, recordedBy, approver]),
          ),
    ),
  ]);
}

function totals(deviations: readonly Deviation[]): string {
  const of = (name: string) => deviations.filter(({ severity }) => severity === name);
  const told = SEVERITIES.map(
    (name) => `${of(name).length} ${name} (${of(name).filter(({ state }) => state === "open").length} open)`,
  );
  return `${deviations.length}: ${told.join(", ")}`;
}

function deviation(one: Deviation): RecordBlock {
  const { disposition } = one;
  return {
    kind: "record",
    id: one.id,
    title: `${one.place}, attempt ${one.attempt}`,
    items: factItems([
      ["Detected at", one.detectedAt],
      ["Detected by", "the program that executed the step"],
      ["Expected", one.expected],
      ["Actual", one.actual],
      ["Severity", `${one.severity}: ${one.severityFrom.join("; ")}`],
      ["Requirements in doubt", ids(one.requirements)],
      ["Controls in doubt", ids(one.controls)],
      ["State", result(one.state.toUpperCase())],
      ...(disposition === null ? ([["Disposition", "none: nobody has dealt with it"]] as const) : settled(one)),
      ["Digest", code(one.digest)],
    ]),
    tables: [],
  };
}

function settled({ disposition, retestedIn }: Deviation): ReadonlyArray<readonly [string, Cell]> {
  const { type, cause, impact, action, retest, recordedBy, recordedAt, approver, approvedAt } = disposition!;
  return [
    ["Type", type],
    ["Cause", cause],
    ["Impact", impact],
    ["Disposition", `${disposition!.disposition}: ${action}`],
    [
      "Retest",
      retest.required ? `in ${retest.run}${retestedIn ? ", passed" : ", not seen to pass"}` : retest.justification,
    ],
    ["Recorded", `${recordedBy}, ${recordedAt}`],
    ["Approved", `${approver}, ${approvedAt}`],
  ];
}
