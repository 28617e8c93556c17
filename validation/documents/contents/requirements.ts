// SPDX-License-Identifier: Apache-2.0
import type { RunRecord } from "../../evidence";
import { AREAS } from "../../requirements";
import type { RequirementRow, TraceMatrix } from "../../traceability";
import type { Block, DocumentModel, RecordBlock } from "../model";
import { approvals, factItems, facts, paragraph, section, table } from "./blocks";
import { clauseLines } from "./clauses";
import { documentOf } from "./head";

const STATES = { implemented: "implemented", partial: "partly implemented", planned: "not implemented" } as const;

/** What the system is for, with the clauses it answers, the risk of a failure and how it is to be shown. */
export function requirementsSpecification(record: RunRecord, { requirements }: TraceMatrix): DocumentModel {
  return documentOf("URS", record, "DRAFT", [
    approvals(
      "Approval of the requirements, to be made by people",
      ["Author", "The requirements are complete and stated so that they can be tested."],
      ["System owner", "The requirements are those of the intended use; the risks are rated as the process sees them."],
      ["Quality", "Requirements and risk assessment comply with the quality system."],
    ),
    ...section(
      "Purpose",
      paragraph(
        "These requirements come with the software. The sponsor decides which of them are its own, adds those of its use, and approves them before a protocol is executed.",
      ),
      paragraph(
        "21 CFR Part 11 requires validation of systems (11.10(a)); it does not name IQ, OQ and PQ. They are the customary names of the ways of verification below.",
      ),
    ),
    ...section(
      "How risk is rated",
      facts(
        ["Severity", "what a failure means for people in the trial and for the reliability of its results"],
        ["Class", "1 to 3, 1 the gravest: of severity and probability, after the pattern of GAMP 5"],
        ["Priority", "of class and detectability: how much is tested, and how grave a deviation is"],
        ["Who rated", "the makers of the software; to be confirmed or changed by the owner of the process"],
      ),
    ),
    ...section("Overview", overview(requirements)),
    ...AREAS.flatMap((area) => ofArea(area, requirements)),
  ]);
}

function overview(requirements: readonly RequirementRow[]) {
  return table(
    "Requirements by risk",
    { Requirement: 14, Area: 14, "Risk class": 12, Priority: 14, Verification: 26, State: 20 },
    requirements.map(({ id, area, risk, methods, implementation }) => [
      id,
      area,
      String(risk.class),
      risk.priority,
      methods.map(({ method }) => method).join(", "),
      STATES[implementation],
    ]),
  );
}

function ofArea(area: string, all: readonly RequirementRow[]): readonly Block[] {
  const requirements = all.filter((one) => one.area === area);
  return requirements.length === 0 ? [] : section(`Area: ${area}`, ...requirements.map(requirement));
}

function requirement({ id, text, gxp, clauses, risk, methods, implementation, gap }: RequirementRow): RecordBlock {
  const { severity, probability, detectability } = risk;
  return {
    kind: "record",
    id,
    title: text,
    items: factItems([
      ["Clauses", clauseLines(clauses)],
      ["GxP relevance", gxp],
      [
        "Risk",
        [
          `severity ${severity}, probability ${probability}, detectability ${detectability}: class ${risk.class}, priority ${risk.priority}`,
          risk.why,
        ],
      ],
      ["Verification", methods.map(({ method, shows }) => `${method}: ${shows}`)],
      ["State", gap === undefined ? STATES[implementation] : `${STATES[implementation]}: ${gap}`],
    ]),
    tables: [],
  };
}
