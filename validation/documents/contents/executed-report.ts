// SPDX-License-Identifier: Apache-2.0
import { clocksInWords, entriesOf, type RunRecord, type StepOutcome } from "../../evidence";
import type { Block, DocumentModel } from "../model";
import { attemptsTable } from "./attempts";
import { approvals, code, facts, list, paragraph, result, section, table } from "./blocks";
import { documentId, documentOf, isEmulated } from "./head";
import { approvalsOf, givenApprovals } from "./protocol-approvals";
import { resultsFigure } from "./results-figure";
import { environmentBlocks, evidenceIndex, limitsBlocks, plansTable, preflightTable, toolsTable } from "./run";
import { executedStep, type Kind, outcomesOf, stepTimes } from "./steps";
import { orphans, resultCounts, traceTable } from "./traces";

/** What was done of a protocol and what was seen, every step of it: 21 CFR 11.10(a); EU GMP Annex 15, 2015, 2.9 and 2.10. */
export function executedReport(kind: Kind, record: RunRecord, protocolDigest: string): DocumentModel {
  const outcomes = outcomesOf(record, kind);
  const times = stepTimes(record);
  return documentOf(`${kind}-REP`, record, "EXECUTED", [
    approvals(
      "Approvals after execution",
      ["Performed by", "I performed or supervised this execution, and the record of it is complete."],
      ["Reviewed by", "I did not execute it; results, deviations and evidence were reviewed against the protocol."],
      [
        "Approved by quality",
        "The execution and its record comply with the quality system; the conclusion is accepted.",
      ],
    ),
    paragraph(
      "The lines are empty because a bundle is sealed before anybody can approve its report. The seal of the bundle is a machine's and is no signature of a person (21 CFR 11.50).",
    ),
    ...section("Conclusion", ...conclusionBlocks(record, kind, outcomes)),
    ...section("Protocol that was executed", ...protocolBlocks(record, kind, protocolDigest)),
    ...section("Attempts", attemptsTable(record)),
    ...section("Run and environment", ...environmentBlocks(record), plansTable(record), toolsTable(record)),
    ...section("Prerequisites", ...prerequisiteBlocks(record, kind), preflightTable(record)),
    ...section("Deviations and repeated executions", ...deviationBlocks(record, outcomes)),
    ...section("Limits", ...limitsBlocks(record), ...notRunBlocks(outcomes)),
    ...section(`Results of ${outcomes.length} steps`, ...outcomes.map((o) => executedStep(o, times(o)))),
    ...section("Requirements and steps", traceTable(outcomes, true), orphans(outcomes)),
    ...section(
      "Evidence index",
      evidenceIndex(
        record,
        (type, protocol) => protocol === undefined || isOf(record, protocol, kind) || type === "target",
      ),
    ),
    ...section("What this record does not hold", notHeld()),
  ]);
}

function isOf({ protocols }: RunRecord, id: string, kind: Kind): boolean {
  return protocols.some((protocol) => protocol.id === id && protocol.kind === kind);
}

function conclusionBlocks(record: RunRecord, kind: Kind, outcomes: readonly StepOutcome[]): readonly Block[] {
  const { summary } = record;
  const count = (...results: string[]) =>
    outcomes.filter(({ finished }) => results.includes(finished?.result ?? "NO RESULT")).length;
  const [planned, executed] = [outcomes.length, count("PASS", "FAIL")];
  const [blocked, notRun, notApplicable] = [count("BLOCKED"), count("NOT RUN"), count("NOT APPLICABLE")];
  const holds = planned === executed + blocked + notRun + notApplicable;
  const rows = outcomes.flatMap(({ finished }) => finished?.rows ?? []);
  const rowsWith = (name: string) => rows.filter((row) => row.result === name).length;
  return [
    facts(
      ["Outcome of the run", [{ result: summary.status }, summary.conclusion]],
      ["Outcome of this protocol", outcomeInWords(outcomes)],
      ["Results", resultCounts(outcomes)],
      [
        "Identity",
        `planned ${planned} = executed ${executed} + blocked ${blocked} + not run ${notRun} + not applicable ${notApplicable}: ${holds ? "it holds" : "it does not hold, a planned step has no result"}`,
      ],
      ...(kind === "IQ"
        ? [
            [
              "Readings",
              `${rows.length} attributes: ${rowsWith("PASS")} passed, ${rowsWith("FAIL")} failed, ${rowsWith("NOT AVAILABLE")} not available live`,
            ] as const,
          ]
        : []),
      [
        "What it means",
        isEmulated(record)
          ? "Nothing for an environment on AWS: every step is to be executed there."
          : "Evidence to be reviewed and approved by people; only they can say that the system is fit for its use.",
      ],
    ),
    resultsFigure([{ name: `${kind}, ${planned} steps`, outcomes }]),
    table(
      "Problems that keep the run from being complete",
      { Where: 25, Status: 15, What: 60 },
      summary.problems.map(({ status, where, what }) => [code(where), result(status), what]),
    ),
  ];
}

/** The three outcomes that reports of an installation qualification know, and that a program may tell apart. */
function outcomeInWords(outcomes: readonly StepOutcome[]): string {
  const bad = outcomes.filter(({ finished }) => !finished || ["FAIL", "BLOCKED"].includes(finished.result)).length;
  if (bad > 0) return `Performed with ${bad} deviations, listed below.`;
  const open = outcomes.filter(({ finished }) => finished?.result !== "PASS").length;
  return open > 0
    ? `Every step that was executed passed; ${open} were not executed, each with its reason, and are open.`
    : "Every step was executed and passed.";
}

function protocolBlocks(record: RunRecord, kind: Kind, protocolDigest: string): readonly Block[] {
  const fixed = entriesOf(record.entries, "protocol-fixed").filter(({ body }) => body.kind === kind);
  return [
    facts(
      ["Protocol document", code(documentId(`${kind}-PRO`, record))],
      ["SHA-256 of its JSON", code(protocolDigest)],
    ),
    table(
      "Protocols executed, fixed by hash before their first step",
      { Protocol: 13, Steps: 10, "Fixed at (UTC)": 19, File: 20, "SHA-256 of the protocol": 38 },
      fixed.map(({ at, body }) => [
        body.protocol,
        String(body.steps),
        at,
        code(body.file.path),
        code(body.protocolSha256),
      ]),
    ),
    givenApprovals(
      "Approvals of the protocol before execution",
      approvalsOf(
        record,
        record.protocols.filter((protocol) => protocol.kind === kind),
      ),
    ),
    paragraph(
      isApproved(record)
        ? "The protocol was issued and approved before the run, which executed exactly the bytes of this hash: the journal fixed it before the first step."
        : "The journal fixed the hash of the protocol before the first step; the people who must approve it did not all do so. Its readable form was printed from the bundle afterwards.",
    ),
  ];
}

function isApproved({ entries }: RunRecord): boolean {
  return entriesOf(entries, "approvals")[0]?.body.provisional === false;
}

function prerequisiteBlocks(record: RunRecord, kind: Kind): readonly Block[] {
  const iq = outcomesOf(record, "IQ");
  const before = lastEnd(record, "IQ") < firstStart(record, "OQ") ? "ended before" : "did not end before";
  return [
    facts(
      [
        "Approved protocol",
        isApproved(record)
          ? "approved before the run, as shown above; the records are no Part 11 signatures"
          : "not approved by everybody who must: the run is provisional",
      ],
      ...(kind === "OQ"
        ? [
            [
              "Installation qualification",
              `${resultCounts(iq)}; it ${before} the first step of this protocol; no person released it`,
            ] as const,
          ]
        : []),
      ["Personnel and training", "not recorded in this bundle"],
      ["Clock", clocksInWords(record.summary.clocks)],
      ["Adequacy of the tool", [{ code: documentId("TOOL", record) }]],
    ),
  ];
}

function lastEnd({ entries, protocols }: RunRecord, kind: Kind): string {
  const own = new Set(protocols.filter((p) => p.kind === kind).map(({ id }) => id));
  return entriesOf(entries, "step-finished")
    .filter(({ body }) => own.has(body.protocol))
    .reduce((last, { at }) => (at > last ? at : last), "");
}

function firstStart({ entries, protocols }: RunRecord, kind: Kind): string {
  const own = new Set(protocols.filter((p) => p.kind === kind).map(({ id }) => id));
  return entriesOf(entries, "step-started").find(({ body }) => own.has(body.protocol))?.at ?? "";
}

function deviationBlocks(record: RunRecord, outcomes: readonly StepOutcome[]): readonly Block[] {
  const deviating = outcomes.filter(
    ({ finished }) => !finished || finished.result === "FAIL" || finished.result === "BLOCKED",
  );
  const errors = entriesOf(record.entries, "run-error");
  return [
    table(
      "Steps that departed from the protocol, for each of which a deviation record is to be opened",
      { Step: 18, Result: 12, Expected: 25, Actual: 25, Reason: 20 },
      deviating.map(({ step, finished }) => [
        code(step.id),
        result(finished?.result ?? "NO RESULT"),
        step.expected,
        finished?.actual ?? "no result recorded",
        finished?.reason ?? "none recorded",
      ]),
    ),
    table(
      "What broke outside a step",
      { During: 25, Code: 20, Message: 55 },
      errors.map(({ body }) => [body.during, code(body.code), body.message]),
    ),
    paragraph(
      "No step was executed twice: the journal takes one result of a step, and a second one makes the run FAILED. Earlier executions that were named when the run began are listed under Attempts.",
    ),
  ];
}

function notRunBlocks(outcomes: readonly StepOutcome[]): readonly Block[] {
  const steps = outcomes.filter(({ finished }) => ["NOT RUN", "NOT APPLICABLE"].includes(finished?.result ?? ""));
  const rows = outcomes.flatMap(({ finished }) => finished?.rows ?? []).filter((row) => row.result === "NOT AVAILABLE");
  return [
    table(
      "Steps that were not run or do not apply",
      { Step: 30, Result: 14, Reason: 56 },
      steps.map(({ step, finished }) => [code(step.id), result(finished!.result), finished!.reason ?? "none given"]),
    ),
    table(
      "Attributes whose live value could not be read",
      { "Resource and attribute": 50, Reason: 50 },
      rows.map(({ id, live }) => [code(id), live.kind === "not-available" ? live.reason : "none given"]),
    ),
  ];
}

function notHeld() {
  return list(
    "Signatures and initials of people: none are part of the bundle, which holds approval records of protocols at most.",
    "A deviation log with causes, dispositions and retests: the steps that need one are listed above.",
    "Risk class and risk assessment of the requirements: steps cite requirements by their ids.",
    "Verification by a second person of single steps: none took place during the run.",
    "A second time source: all times are those of one clock.",
    "plan.bin, plan.json and the state: they may hold sensitive values and are named by SHA-256 only.",
  );
}
