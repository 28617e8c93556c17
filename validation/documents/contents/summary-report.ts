// SPDX-License-Identifier: Apache-2.0
import { entriesOf, type RunRecord, type SealedRun } from "../../evidence";
import type { Block, DocumentModel } from "../model";
import { coverageOf } from "../pictures/coverage";
import { coverageFigures } from "../pictures/coverage-figure";
import { attemptsTable } from "./attempts";
import { approvals, code, facts, list, paragraph, result, section, table } from "./blocks";
import { type DocumentCode, documentId, documentOf, isEmulated, isReadOnly } from "./head";
import { approvalsOf, givenApprovals } from "./protocol-approvals";
import { references } from "./references";
import { resultsFigure } from "./results-figure";
import { distinct, environmentBlocks, limitsBlocks, plansTable } from "./run";
import { type Kind, outcomesOf } from "./steps";
import { orphans, resultCounts, traceTable } from "./traces";

/** A document with the SHA-256 of its canonical JSON. */
export interface Digest {
  readonly code: DocumentCode;
  readonly title: string;
  readonly sha256: string;
}

const KINDS: readonly Kind[] = ["IQ", "OQ"];

/** The run on few pages, with the decision that is left to people. */
export function summaryReport(bundle: SealedRun, digests: readonly Digest[]): DocumentModel {
  const { record } = bundle;
  const outcomes = KINDS.flatMap((kind) => outcomesOf(record, kind));
  return documentOf("SUM", record, "DRAFT", [
    approvals(
      "Release, to be decided by people",
      ["Author", "This summary is complete and agrees with the reports."],
      [
        "System owner",
        "The system is accepted for its intended use from the date of the last signature, under the conditions named.",
      ],
      ["Quality", "Qualification, deviations and open items were reviewed; the system may be released."],
    ),
    ...section("Conclusion", ...conclusion(record)),
    ...section(
      "Approvals and attempts",
      ...record.protocols.map((protocol) =>
        givenApprovals(`Approvals of protocol ${protocol.id} before execution`, approvalsOf(record, [protocol])),
      ),
      attemptsTable(record),
    ),
    ...section("Results", resultsTable(record), resultsFigure(bars(record)), plansTable(record)),
    ...section(
      "Controls and what shows them",
      ...coverageFigures(coverageOf(bundle), PICTURE),
      paragraph(STEPS_ELSEWHERE),
    ),
    ...section("What was planned and not done", notDone(record)),
    ...section("Deviations and open items", ...deviations(record)),
    ...section("Traceability", traceTable(outcomes, true), orphans(outcomes), paragraph(TRACE_LIMIT)),
    ...section("Residual risk", ...limitsBlocks(record)),
    ...section("Supplier", paragraph(SUPPLIER)),
    ...section("To keep the state", maintained()),
    ...section("Run and environment", ...environmentBlocks(record)),
    ...section("Documents of the run", documents(record, digests)),
    ...section("References", references()),
  ]);
}

/** Height of a picture that stands below a heading, in points. */
const PICTURE = 560;

const STEPS_ELSEWHERE = "The steps that show each control are named in the traceability matrix.";

const TRACE_LIMIT =
  "Joined from the steps of the protocols. Whether every requirement of the system is covered is not known to this bundle, which holds no list of requirements; that is the matter of the traceability matrix.";

const SUPPLIER =
  "AWS is a supplier: its data centres, hardware and the inner working of its services were not tested. What the organisation relies on (agreements, reports of auditors, its own assessment) is not recorded in this bundle.";

function conclusion(record: RunRecord): readonly Block[] {
  const { summary } = record;
  return [
    facts(
      ["Outcome of the run", [{ result: summary.status }, summary.conclusion]],
      ["Formal statement", statement(record)],
      [
        "Identity",
        `planned ${summary.counts.planned} = executed ${summary.counts.executed} + blocked ${summary.counts.blocked} + not run ${summary.counts.notRun} + not applicable ${summary.counts.notApplicable}: ${summary.identityHolds ? "it holds" : "it does not hold"}`,
      ],
      ["Bundle", code(summary.bundle)],
    ),
    table(
      "Problems that keep the run from being complete",
      { Where: 25, Status: 15, What: 60 },
      summary.problems.map(({ status, where, what }) => [code(where), result(status), what]),
    ),
  ];
}

/** Never a release: that is a decision of people. */
function statement(record: RunRecord): string {
  if (isEmulated(record))
    return "This is no qualification of any environment. The system may not be released on it; the protocols are to be executed on AWS.";
  if (record.summary.status !== "COMPLETE")
    return "The evidence does not support a release: the problems below are to be resolved and the run repeated.";
  if (isReadOnly(record))
    return "What was read is as planned. Nothing was tried that writes, so this is no qualification by itself: it stands beside the qualification of an equivalent environment.";
  return "The evidence of the run is complete. Whether the system is fit for its intended use is stated by the signatures above, and by nothing else in this document.";
}

function bars(record: RunRecord) {
  return KINDS.map((kind) => {
    const outcomes = outcomesOf(record, kind);
    return { name: `${kind}, ${outcomes.length} steps`, outcomes };
  });
}

function resultsTable(record: RunRecord) {
  const { iqRows } = record.summary;
  return table(
    "Results by protocol",
    { Protocol: 20, Report: 30, Steps: 10, Results: 40 },
    KINDS.map((kind) => {
      const outcomes = outcomesOf(record, kind);
      const readings =
        kind === "IQ"
          ? `; readings: ${iqRows.passed} PASS, ${iqRows.failed} FAIL, ${iqRows.notAvailable} NOT AVAILABLE`
          : "";
      return [
        kind === "IQ" ? "Installation qualification" : "Operational qualification",
        code(documentId(`${kind}-REP`, record)),
        String(outcomes.length),
        `${resultCounts(outcomes)}${readings}`,
      ];
    }),
  );
}

function notDone(record: RunRecord) {
  const open = KINDS.flatMap((kind) => outcomesOf(record, kind)).filter(
    ({ finished }) => finished?.result !== "PASS" && finished?.result !== "FAIL",
  );
  return table(
    "Planned steps that were not executed",
    { Step: 30, Result: 14, Reason: 56 },
    open.map(({ step, finished }) => [
      code(step.id),
      result(finished?.result ?? "NO RESULT"),
      finished?.reason ?? "none recorded",
    ]),
  );
}

function deviations(record: RunRecord): readonly Block[] {
  const bad = KINDS.flatMap((kind) => outcomesOf(record, kind)).filter(
    ({ finished }) => !finished || ["FAIL", "BLOCKED"].includes(finished.result),
  );
  const decided = entriesOf(record.entries, "gate-decided").map(({ body }) => distinct(body.findings));
  const committed = record.commitments.plans.map(({ findings }) => distinct(findings));
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return [
    paragraph(
      `Steps that failed, were blocked or have no result: ${bad.length}. Each needs a deviation record; dispositions, retests and acceptances by quality are not part of this bundle.`,
    ),
    paragraph(
      `Findings of the gate on all plans: ${sum(decided)}; committed with a reason before the run: ${sum(committed)}.`,
    ),
    table(
      "Open items",
      { Item: 60, Owner: 20, Due: 20 },
      [
        ...(isEmulated(record) ? ["Execute the protocols on AWS."] : []),
        "Approve protocols and reports.",
        "Assess the adequacy of the tool.",
        "Write and approve procedures, train users, plan backup and restore exercises and the periodic review.",
      ].map((item) => [item, "not recorded", "not recorded"]),
    ),
  ];
}

function maintained() {
  return list(
    "Repeat the affected steps after a change of the configuration, of the provider's version, of the tool or of a service that the system uses.",
    "Plan again regularly: a plan that is not empty is drift, and is to be explained.",
    "Review periodically; the date of the next review is not recorded in this bundle.",
  );
}

function documents(record: RunRecord, digests: readonly Digest[]) {
  return table(
    "Documents, by the SHA-256 of their canonical JSON",
    { Document: 34, Title: 26, "SHA-256": 40 },
    digests.map(({ code: name, title, sha256 }) => [code(documentId(name, record)), title, code(sha256)]),
  );
}
