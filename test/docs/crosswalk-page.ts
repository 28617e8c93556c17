// SPDX-License-Identifier: Apache-2.0
import type { ControlMetadata } from "../../validation/gate";
import {
  type Crosswalk,
  type CrosswalkRow,
  controlsOf,
  type OutsideControl,
  outsideOf,
  TEXTS,
} from "../../validation/gate/crosswalk";

/** Part 11 clause by clause beside the European texts and ALCOA+, with the controls of each. */
export function crosswalkPage(controls: readonly ControlMetadata[], crosswalk: Crosswalk): string {
  const lines = [
    "# Crosswalk",
    "",
    "Clinical data is under good clinical practice first: ICH E6(R3) and the EMA guideline. Annex 11 is GMP and stands here for",
    "those who are asked for it. The sentences are ours; the texts themselves decide. The draft of Annex 11 may still change.",
    "",
    "| text | edition |",
    "|---|---|",
    ...crosswalk.editions.map(({ name, edition }) => `| ${name} | ${edition} |`),
    "",
    "## By clause",
    "",
    "| Part 11 | | Annex 11 (2011) | Annex 11 (draft 2025) | ICH E6(R3) | EMA (2023) | ALCOA+ | controls |",
    "|---|---|---|---|---|---|---|---|",
    ...crosswalk.rows.map((row) => tableRow(row, controls, crosswalk)),
    "",
    "## Controls that no plan shows",
    "",
    "Kind oq is challenged on the running system, by the step that is named; where none is, the module that it challenges is not",
    "there yet, and the clause is open. Kind procedural is a record that the organisation keeps.",
    "",
    ...crosswalk.outside.flatMap(outside),
    "## Procedures",
    "",
    "What an organisation does itself; the landing zone has no part in it.",
    "",
    ...crosswalk.rows.flatMap(({ clause, procedural }) => (procedural ? [`- ${clause}: ${procedural}`] : [])),
  ];
  return `${lines.join("\n")}\n`;
}

function tableRow(row: CrosswalkRow, controls: readonly ControlMetadata[], crosswalk: Crosswalk): string {
  const links = [
    ...controlsOf(row, controls).map(
      ({ id, pending }) => `[${id}](${id}.md)${pending === undefined ? "" : " (pending)"}`,
    ),
    ...outsideOf(row, crosswalk).map(({ id }) => `[${id}](#${id.toLowerCase()})`),
    ...(row.procedural ? ["[procedure](#procedures)"] : []),
  ];
  const texts = TEXTS.map((key) => row[key].join(", ") || "none");
  return `| ${[row.clause, row.says, ...texts, links.join(", ")].join(" | ")} |`;
}

function outside({ id, kind, title, severity, clauses, annex11, how, verified_by }: OutsideControl): string[] {
  const where = `${clauses.join(", ")}; Annex 11 (2011) ${annex11.join(", ")}`;
  const shown = verified_by ? ["", `Verified by ${verified_by.join(", ")}.`] : [];
  return [`### ${id}`, "", `${title} (${severity}, ${kind}; ${where}).`, "", how, ...shown, ""];
}
