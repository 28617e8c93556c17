// SPDX-License-Identifier: Apache-2.0
import type { ControlMetadata } from "../../validation/gate";
import { type Crosswalk, type CrosswalkRow, controlsOf, outsideOf } from "../../validation/gate/crosswalk";

/** The index of all controls by clause. A control stands under each clause that it supports. */
export function indexPage(controls: readonly ControlMetadata[], crosswalk: Crosswalk): string {
  const head = [
    "# Controls",
    "",
    `${controls.length} controls that the gate judges on a Terraform plan, and ${crosswalk.outside.length} that no plan shows, by clause`,
    "of 21 CFR Part 11, subparts B and C. Each page has an example that fails and one that passes, both planned by Terraform",
    "and judged by the tests. [The crosswalk](crosswalk.md) leads to the European texts. Meeting a control supports",
    "compliance; it does not establish it.",
  ];
  const sections = crosswalk.rows.map((row) => section(row, controls, crosswalk));
  return `${[...head, ...sections.flatMap((text) => ["", text])].join("\n")}\n`;
}

function section(row: CrosswalkRow, controls: readonly ControlMetadata[], crosswalk: Crosswalk): string {
  const gate = controlsOf(row, controls).map(
    ({ id, title, severity, pending }) =>
      `| [${id}](${id}.md) | ${title} | ${severity} | ${pending ? "gate, pending" : "gate"} |`,
  );
  const outside = outsideOf(row, crosswalk).map(
    ({ id, title, severity, kind }) =>
      `| [${id}](crosswalk.md#${id.toLowerCase()}) | ${title} | ${severity} | ${kind} |`,
  );
  const procedure = row.procedural ? [`| | ${row.procedural} | | procedural |`] : [];
  const entries = [...gate, ...outside, ...procedure];
  const table = ["| control | | severity | kind |", "|---|---|---|---|", ...entries];
  return [`## ${row.clause}`, "", row.says, "", ...(entries.length > 0 ? table : ["No control yet."])].join("\n");
}
