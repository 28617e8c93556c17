// SPDX-License-Identifier: Apache-2.0
import { type Summary, untiedSource } from "../../evidence";
import type { Block, DocumentHead, DocumentModel, DocumentStatus, History, Paragraph, Revision } from "../model";

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

/** A run, or a protocol before any run, as far as a document begins with it. */
export interface Documented {
  readonly summary: Pick<Summary, "bundle" | "system" | "environment" | "target" | "source" | "finishedAt">;
}

/** Version and history of a document that does not begin with its run. */
export interface DocumentControl {
  readonly version: string;
  readonly effectiveDate: string;
  readonly status: Extract<DocumentStatus, "DRAFT" | "APPROVED">;
  readonly revision: Revision;
}

export const DEVELOPMENT_EVIDENCE = "development evidence, not qualification";

export function documentId(code: DocumentCode, { summary }: Documented): string {
  return `${code}-${summary.bundle}`;
}

export function isProvisional({ summary }: Documented): boolean {
  return summary.target.kind === "emulator";
}

/**
 * A document about a run. Nothing that is made of a bundle is FINAL, and whatever an emulator showed stays provisional.
 *
 * @param control of a document that was issued before the run @default - first version, without an effective date
 */
export function documentOf(
  code: DocumentCode,
  record: Documented,
  status: Extract<DocumentStatus, "DRAFT" | "EXECUTED">,
  blocks: readonly Block[],
  control?: DocumentControl,
): DocumentModel {
  const { summary } = record;
  const head: DocumentHead = {
    id: documentId(code, record),
    title: DOCUMENTS[code],
    version: control?.version ?? "1",
    effectiveDate: control?.effectiveDate ?? "not set, no approval is known",
    supersedes: "none named",
    system: summary.system,
    environment: `${summary.environment}, ${summary.target.name}`,
    status: isProvisional(record) ? "PROVISIONAL" : (control?.status ?? status),
    confidentiality: "Not classified: treat as confidential",
    ...(isProvisional(record) ? { stamp: DEVELOPMENT_EVIDENCE } : {}),
  };
  return {
    schemaVersion: 1,
    head,
    asOf: summary.finishedAt,
    blocks: [...banners(record), ...blocks, historyOf(record, control?.revision)],
  };
}

function banners(record: Documented): readonly Paragraph[] {
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

function historyOf({ summary }: Documented, issued?: Revision): History {
  return {
    kind: "history",
    revisions: [
      issued ?? {
        version: "1",
        date: summary.finishedAt,
        change: `First issue, written from evidence bundle ${summary.bundle}.`,
        reason: "The run ended.",
        changedBy: "part11 documents, a program; no person changed anything.",
      },
    ],
  };
}
