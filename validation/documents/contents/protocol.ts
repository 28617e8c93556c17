// SPDX-License-Identifier: Apache-2.0
import { entriesOf, type Protocol, protocolHash, type RunRecord, type StepOutcome } from "../../evidence";
import type { Block, DocumentModel, List } from "../model";
import { code, facts, ids, list, paragraph, section, table } from "./blocks";
import {
  DOCUMENTS,
  type DocumentCode,
  type DocumentControl,
  type Documented,
  documentId,
  documentOf,
  NO_EFFECT,
} from "./head";
import { approvalsOf, protocolApprovals } from "./protocol-approvals";
import { references } from "./references";
import { toolsTable } from "./run";
import { type Kind, outcomesOf, plannedStep } from "./steps";
import { orphans, traceTable } from "./traces";

/** A run, or protocols before any run: then the journal has no entry. */
export type ProtocolSource = Pick<RunRecord, "protocols" | "entries" | "commitments"> & Documented;

/** A protocol in readable form: everything that was fixed before the first step, and nothing that was seen. */
export function protocolDocument(kind: Kind, record: ProtocolSource): DocumentModel {
  const protocols = record.protocols.filter((protocol) => protocol.kind === kind);
  const outcomes = outcomesOf(record, kind);
  const blocks: readonly Block[] = [
    protocolApprovals("Approvals before execution", approvalsOf(record, protocols)),
    ...section("Purpose and scope", ...purpose(kind, record, outcomes)),
    ...section("System", ...system(record)),
    ...section("References", references()),
    ...section("Definitions", definitions()),
    ...section("Responsibilities", ...responsibilities()),
    ...section("Prerequisites", prerequisites(kind, record)),
    ...section("Tools and materials", isBeforeRun(record) ? paragraph(TOOLS_LATER) : toolsTable(record)),
    ...section("Rules of execution", executionRules()),
    ...section("Evidence", evidenceRules()),
    ...section("Acceptance", ...acceptance(record)),
    ...section("Deviations", deviationRules()),
    ...section(`Test cases: ${outcomes.length} steps`, ...outcomes.map(({ step }) => plannedStep(step))),
    ...section("Requirements and steps", traceTable(outcomes, false), orphans(outcomes)),
    ...section("Attachments and hash", ...hashBlocks(record, protocols)),
  ];
  return documentOf(`${kind}-PRO`, record, "DRAFT", blocks, controlOf(record, protocols));
}

/** A protocol takes effect with its last approval, which a run was begun with. */
function effectOf(
  record: ProtocolSource,
  protocols: readonly Protocol[],
): Pick<DocumentControl, "effectiveDate" | "status"> {
  const approved = entriesOf(record.entries, "approvals")[0]?.body.provisional === false;
  if (!approved) return { effectiveDate: NO_EFFECT, status: "DRAFT" };
  const times = approvalsOf(record, protocols).map(({ statement }) => statement.signedAt);
  const last = times.reduce((one, other) => (Date.parse(other) > Date.parse(one) ? other : one));
  return { effectiveDate: last, status: "APPROVED" };
}

const TOOLS_LATER =
  "Names, versions and digests of the tools are recorded when the run begins, and stand in its report and its tool adequacy record.";

function isBeforeRun({ entries }: Pick<ProtocolSource, "entries">): boolean {
  return entries.length === 0;
}

/** Of a protocol that was issued to be approved. */
function controlOf(record: ProtocolSource, protocols: readonly Protocol[]): DocumentControl | undefined {
  const [protocol] = protocols;
  if (!protocol?.issue) return undefined;
  const { version, issuedAt: date, reason } = protocol.issue;
  const change = `Version ${version}, issued before any run, to be approved.`;
  const changedBy = "part11 protocol, a program; the author answers for it.";
  return {
    version,
    ...effectOf(record, protocols),
    revision: { version, date, change, reason, changedBy },
  };
}

function purpose(
  kind: Kind,
  { summary, commitments }: ProtocolSource,
  outcomes: readonly StepOutcome[],
): readonly Block[] {
  const own = new Set(outcomes.map(({ step }) => step.id));
  const shows =
    kind === "IQ"
      ? "that every resource of the system is installed as configured: each controlled attribute is read from the configuration, the plan, the state and the live system, and the four are compared."
      : "that the installed system does what it must and refuses what it must: each refusal has a call beside it that is allowed, and a mutant without the refusing layer that goes through.";
  return [
    paragraph(`This protocol is to show ${shows}`),
    paragraph(
      "21 CFR Part 11 requires validation of systems (11.10(a)). It does not name installation, operational or performance qualification: these are the customary way to plan and record a part of a validation, taken here from EU GMP Annex 15 (2015). Executing this protocol is not the validation, which also needs requirements, risk assessment, procedures, training and a decision by people.",
    ),
    facts(
      ["In scope", `${summary.system}, environment ${summary.environment}, on ${summary.target.name}`],
      [
        "Out of scope",
        "performance qualification, procedures and training of the organisation, applications that use the records, AWS as a supplier, and what the target's profile excludes",
      ],
    ),
    table(
      "Steps excluded on this target before the run",
      { Step: 40, Reason: 60 },
      [...commitments.notRun, ...commitments.notApplicable]
        .filter(({ step }) => own.has(step))
        .map(({ step, reason }) => [code(step), reason]),
    ),
  ];
}

function system({ summary, protocols }: ProtocolSource): readonly Block[] {
  const addresses = protocols.flatMap(({ steps }) => steps).flatMap(({ readBack }) => readBack?.address ?? []);
  const types = new Map<string, number>();
  for (const address of addresses) {
    const type = /(?:^|\.)(aws_[a-z0-9_]+)\./.exec(address)?.[1] ?? "another type";
    types.set(type, (types.get(type) ?? 0) + 1);
  }
  return [
    facts(
      ["System", summary.system],
      [
        "Kind",
        "infrastructure as code: a Terraform configuration on AWS that receives, keeps and proves clinical data",
      ],
      ["GAMP category", "to be decided by the system owner; not recorded in this bundle"],
      ["GxP relevance and risk class", "to be decided by the system owner; not recorded in this bundle"],
      ["Configuration", "see the configuration specification of the same run"],
      [
        "Boundary",
        `${addresses.length} resources of ${types.size} types that the installation qualification reads back`,
      ],
    ),
  ];
}

function definitions(): List {
  return list(
    "Step: one action with an expected result and an acceptance rule, fixed before the action.",
    "PASS: the acceptance rule holds for what was observed. FAIL: it does not. BLOCKED: the step could not be made, because of another. NOT RUN: the target cannot make it, with the reason. NOT APPLICABLE: it does not concern the target, with the reason and an approver.",
    "Reading: what one source says of one attribute. NOT AVAILABLE: the live system cannot be asked, committed before the run.",
    "Twin: the allowed call beside a refused one, so that a broken login cannot pass for a refusal.",
    "Mutant: the same call where the refusing layer is missing; it must go through, so that the layer is what refused.",
    "Bundle: the folder of a run with every file named by SHA-256 in a sealed manifest.",
  );
}

function responsibilities(): readonly Block[] {
  const lines: ReadonlyArray<readonly [string, string]> = [
    ["Author", "writes the protocol and keeps it in step with requirements and configuration"],
    ["Executor", "starts the run, records what the program cannot see, reports deviations"],
    ["Reviewer", "is another person than the executor; checks results, evidence and deviations"],
    ["System owner", "accepts the system for its intended use"],
    ["Quality", "approves protocol, report, deviations and release"],
  ];
  return [
    table("Roles", { Role: 25, Task: 75 }, lines),
    table(
      "Everyone who signs or initials, to be filled in by hand",
      { "Printed name": 30, "Job title": 25, Signature: 30, Initials: 15 },
      [1, 2, 3, 4].map(() => ["", "", "", ""]),
    ),
  ];
}

function prerequisites(kind: Kind, record: ProtocolSource) {
  const named = (code: DocumentCode) =>
    isBeforeRun(record) ? `${DOCUMENTS[code]} of the run` : documentId(code, record);
  const rows = [
    ["PR-1", "This protocol is approved.", "the lines on the first page are signed"],
    ["PR-2", "Requirements and configuration specification are approved.", "their approval pages"],
    ["PR-3", "The test tool was assessed.", named("TOOL")],
    ["PR-4", "The environment is the one named on every page.", "account and regions in the report"],
    [
      "PR-5",
      "The plan that is applied is the one that the gate judged.",
      "SHA-256 in the report; a run with another is FAILED",
    ],
    ["PR-6", "Executor and reviewer are trained.", "training records"],
    ["PR-7", "The clock of the machine is right.", "comparison with a second source"],
    ...(kind === "OQ"
      ? [["PR-8", "The installation qualification is complete, or was released with conditions.", named("IQ-REP")]]
      : []),
  ];
  return table(
    "To be fulfilled and initialled before the first step",
    { Id: 8, Prerequisite: 36, "Shown by": 30, "Initials, date": 26 },
    rows.map((row) => [...row, ""]),
  );
}

function executionRules(): List {
  return list(
    "A program executes the steps in the order given. It writes each observation to an append-only journal, hashed into the next entry and on disk before the next step begins.",
    "Expected results are never changed after the hash was fixed; a protocol of another hash makes the run FAILED.",
    "No result is overwritten. A step has one result in a run; a repetition is another run, with a reason, and the earlier bundle is kept.",
    "After a failed step the run goes on where the next step does not rest on it; a step that does is BLOCKED. The failed step stays visible.",
    "A step that was not run never becomes not applicable. Not applicable needs a reason and an approver.",
    "Corrections by hand on a printed page: one line through the entry, the correction, the reason, initials and date. The bundle itself is never corrected.",
  );
}

function evidenceRules(): List {
  return list(
    "Requests and answers of every challenge are kept as they were, secrets left out, in files that the journal names by SHA-256.",
    "Readings of the four sources are kept attribute by attribute.",
    "plan.bin, plan.json and the state are named by SHA-256 and left out, since they may hold sensitive values.",
    "The bundle is sealed at the end of the run; part11 verify checks it with no network.",
  );
}

function acceptance({ summary }: ProtocolSource): readonly Block[] {
  return [
    list(
      "Every planned step has exactly one result: planned = executed + blocked + not run + not applicable.",
      "Every executed step meets its own acceptance rule, with its evidence, its twin and its mutant where it has one.",
      "Only the steps that were excluded before the run are not run.",
      "Every deviation is closed, or accepted by quality with a reason.",
    ),
    ...(summary.target.kind === "emulator"
      ? [paragraph("On an emulator nothing is accepted: the same steps are to be executed on AWS.")]
      : []),
  ];
}

function deviationRules(): List {
  return list(
    "A step that is FAIL or BLOCKED, and a step without a result, opens a deviation record.",
    "Type: error of the system, error of the protocol, or another (operator, environment). Severity: critical, major or minor, by its effect on product, data and validation.",
    "With an open critical deviation no report may conclude that the system is fit.",
    "The procedure of the organisation for deviations applies; its number is not recorded in this bundle.",
  );
}

function hashBlocks({ entries }: ProtocolSource, protocols: readonly Protocol[]): readonly Block[] {
  const fixed = new Map(entriesOf(entries, "protocol-fixed").map(({ at, body }) => [body.protocol, { at, body }]));
  return [
    table(
      "The hash that the report must quote",
      { Protocol: 14, "SHA-256 of its canonical JSON": 48, File: 18, "Fixed at (UTC)": 20 },
      protocols.map((protocol) => {
        const own = fixed.get(protocol.id);
        return [
          protocol.id,
          code(protocolHash(protocol)),
          code(own?.body.file.path ?? `protocols/${protocol.id}.json`),
          own?.at ?? "not yet: the run fixes it",
        ];
      }),
    ),
    paragraph(
      `Attachments: none besides the file above. Titles: ${ids(protocols.map(({ title }) => title))}. ${
        entries.length === 0
          ? "This readable form was printed with the file, before any run. The file is what is approved, by its hash; a run executes it byte for byte or not at all."
          : "This readable form was printed from the bundle after the run; the steps are those of the file whose hash was fixed before their first."
      }`,
    ),
  ];
}
