// SPDX-License-Identifier: Apache-2.0
import { type RunRecord, untiedSource } from "../../evidence";
import type { Block, DocumentHead, DocumentModel, DocumentStatus, History, Paragraph } from "../model";

/** The documents of a run; the code begins the id. */
export const DOCUMENTS = {
  URS: "Requirements specification with risk assessment",
  "IQ-PRO": "Installation qualification protocol",
  "OQ-PRO": "Operational qualification protocol",
  "IQ-REP": "Installation qualification report",
  "OQ-REP": "Operational qualification report",
  SUM: "Qualification summary report",
  CFG: "Configuration specification",
  TOOL: "Tool adequacy record",
  RTM: "Traceability matrix",
  DEV: "Deviation log",
} as const;

export type DocumentCode = keyof typeof DOCUMENTS;

export const DEVELOPMENT_EVIDENCE = "development evidence, not qualification";

export function documentId(code: DocumentCode, { summary }: Pick<RunRecord, "summary">): string {
  return `${code}-${summary.bundle}`;
}

export function isProvisional({ summary }: Pick<RunRecord, "summary">): boolean {
  return summary.target.kind === "emulator";
}

/**
 * A document about a run. No approval is part of a bundle, so none is APPROVED or FINAL, and whatever an emulator showed
 * stays provisional.
 */
export function documentOf(
  code: DocumentCode,
  record: RunRecord,
  status: Extract<DocumentStatus, "DRAFT" | "EXECUTED">,
  blocks: readonly Block[],
): DocumentModel {
  const { summary } = record;
  const head: DocumentHead = {
    id: documentId(code, record),
    title: DOCUMENTS[code],
    version: "1",
    effectiveDate: "not set, no approval is known",
    supersedes: "none named",
    system: summary.system,
    environment: `${summary.environment}, ${summary.target.name}`,
    status: isProvisional(record) ? "PROVISIONAL" : status,
    confidentiality: "Not classified: treat as confidential",
    ...(isProvisional(record) ? { stamp: DEVELOPMENT_EVIDENCE } : {}),
  };
  return {
    schemaVersion: 1,
    head,
    asOf: summary.finishedAt,
    blocks: [...banners(record), ...blocks, historyOf(record)],
  };
}

function banners(record: RunRecord): readonly Paragraph[] {
  const untied = untiedSource(record.summary);
  const warn = (text: string): Paragraph => ({ kind: "paragraph", tone: "warning", text });
  return [
    ...(isProvisional(record)
      ? [
          warn(
            `Development evidence, not qualification: the target was an emulator (${record.summary.target.name}). Nothing here may be cited as a qualification of an environment on AWS.`,
          ),
        ]
      : []),
    ...(untied ? [warn(`This evidence was ${untied}.`)] : []),
  ];
}

function historyOf({ summary }: RunRecord): History {
  return {
    kind: "history",
    revisions: [
      {
        version: "1",
        date: summary.finishedAt,
        change: `First issue, written from evidence bundle ${summary.bundle}.`,
        reason: "The run ended.",
        changedBy: "part11 documents, a program; no person changed anything.",
      },
    ],
  };
}
