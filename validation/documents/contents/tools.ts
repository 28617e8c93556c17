// SPDX-License-Identifier: Apache-2.0
import { entriesOf, type RunRecord } from "../../evidence";
import type { DocumentModel } from "../model";
import { approvals, code, facts, list, section, table } from "./blocks";
import { documentOf } from "./head";
import { limitsBlocks, preflightTable, toolsTable } from "./run";

/** What is known of the harness and its test environment, for the assessment that EU GMP Annex 11 (2011), 4.7 asks for. */
export function toolRecord(record: RunRecord): DocumentModel {
  const patches = entriesOf(record.entries, "target").flatMap(({ body }) => body.patches);
  return documentOf("TOOL", record, "DRAFT", [
    approvals(
      "Assessment of adequacy, to be made by people",
      [
        "Assessed by",
        "The tools and the test environment are adequate for the use described here, with the limits named.",
      ],
      ["Approved by quality", "The assessment complies with the quality system."],
    ),
    ...section(
      "Intended use",
      facts(
        ["Tool", "part11 qualify of cdktf-part11"],
        ["Use", "writes qualification protocols, executes them, keeps observations and evidence, concludes, seals"],
        ["Not its use", "deciding that a system is fit for its use; approving; signing for a person"],
        ["Kind", "custom software of this project: requirements and verification are needed, not only an assessment"],
        ["GAMP category of the tool", "to be decided by the owner of the process; not recorded in this bundle"],
      ),
    ),
    ...section("Versions", toolsTable(record)),
    ...section(
      "How the tool is kept from a false pass",
      table(
        "Risks of the tool and what meets them",
        { Risk: 30, "What meets it": 45, "Seen in this run": 25 },
        risks(record),
      ),
    ),
    ...section("Test environment", preflightTable(record), ...limitsBlocks(record)),
    ...section(
      "Changes to the test environment",
      table(
        "Patches of the target, each with the behaviour of AWS that it restores",
        { Patch: 28, Source: 72 },
        patches.map(({ id, source }) => [code(id), source]),
      ),
    ),
    ...section(
      "Security of test data",
      list(
        "Test files are made for the run and hold no data of persons.",
        "Sensitive values of plan and state do not enter the bundle.",
        "What challenges wrote under a lock stays until its retention ends; the last step lists it.",
      ),
    ),
    ...section(
      "What this record does not hold",
      list(
        "The assessment itself: it is made and signed by people.",
        "A qualification of the harness by seeded faults: no self-test is part of this bundle.",
        "Assessments of the suppliers of Node.js, Terraform, OPA and of the packages used.",
      ),
    ),
  ]);
}

function risks(record: RunRecord): ReadonlyArray<readonly string[]> {
  const { summary, entries } = record;
  const checks = entriesOf(entries, "preflight").flatMap(({ body }) => body.checks);
  const finished = entriesOf(entries, "step-finished").map(({ body }) => body);
  const twins = finished.filter(({ twin }) => twin?.result === "PASS").length;
  const mutants = finished.filter(({ mutant }) => mutant?.result === "PASS").length;
  const passed = checks.filter(({ result }) => result === "PASS").length;
  return [
    [
      "The test environment refuses for a wrong reason",
      "each behaviour is tried with twin and mutant before the run",
      `${passed} of ${checks.length} checks passed`,
    ],
    ["A refusal comes from a broken login", "an allowed twin beside each refused call", `${twins} twins passed`],
    ["A refusal comes from another layer", "a mutant without the layer must go through", `${mutants} mutants passed`],
    [
      "A step is left out",
      "planned = executed + blocked + not run + not applicable",
      summary.identityHolds ? "it holds" : "it does not hold",
    ],
    [
      "Expected results follow the observation",
      "the protocol is fixed by hash before its first step",
      `${entriesOf(entries, "protocol-fixed").length} protocols fixed`,
    ],
    [
      "Another plan is applied than was judged",
      "SHA-256 of the plan file at gate and apply",
      `${entriesOf(entries, "apply-started").length} applies`,
    ],
    [
      "Results are changed afterwards",
      "chained journal, sealed manifest, conclusion computed again by verify",
      "bundle intact when this was written",
    ],
    [
      "Another version of the tool is at work",
      "versions and digests in the journal",
      `${entriesOf(entries, "tool-versions").flatMap(({ body }) => body.tools).length} tools named`,
    ],
  ];
}
