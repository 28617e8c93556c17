// SPDX-License-Identifier: Apache-2.0
import { READ_ONLY, type Summary, untiedSource } from "../../evidence";
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
  APR: "Approvals of the executed reports",
  REV: "Periodic review record",
} as const;

export type DocumentCode = keyof typeof DOCUMENTS;

/** A run, or a protocol before any run, as far as a document begins with it. */
export interface Documented {
  readonly summary: Pick<
    Summary,
    "bundle" | "system" | "environment" | "target" | "source" | "finishedAt" | "execution"
  >;
}

/** Version and history of a document that does not begin with its run. */
export interface DocumentControl {
  readonly version: string;
  readonly effectiveDate: string;
  readonly status: Extract<DocumentStatus, "DRAFT" | "APPROVED">;
  readonly revision: Revision;
}

export const DEVELOPMENT_EVIDENCE = "development evidence, not qualification";
export const NO_EFFECT = "not set, no approval is known";
export const WITHOUT_APPROVALS = "executed without the required approvals";

export function documentId(code: DocumentCode, { summary }: Documented): string {
  return `${code}-${summary.bundle}`;
}

/** Whether the target was not AWS itself. */
export function isEmulated({ summary }: Documented): boolean {
  return summary.target.kind === "emulator";
}

/** Whether nothing was tried that writes: every page says so, approved or not. */
export function isReadOnly({ summary }: Documented): boolean {
  return summary.target.access === "read-only";
}

/** Whether a document can never be approved, and why: every page says so. */
export function provisionalReasons(record: Documented): readonly string[] {
  return [
    ...(isEmulated(record) ? [DEVELOPMENT_EVIDENCE] : []),
    ...(record.summary.execution?.provisional ? [WITHOUT_APPROVALS] : []),
  ];
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
  const provisional = provisionalReasons(record);
  const stamps = [...provisional, ...(isReadOnly(record) ? [READ_ONLY] : [])];
  const head: DocumentHead = {
    id: documentId(code, record),
    title: DOCUMENTS[code],
    version: control?.version ?? "1",
    effectiveDate: control?.effectiveDate ?? NO_EFFECT,
    supersedes: "none named",
    system: summary.system,
    environment: `${summary.environment}, ${summary.target.name}`,
    status: provisional.length > 0 ? "PROVISIONAL" : (control?.status ?? status),
    confidentiality: "Not classified: treat as confidential",
    ...(stamps.length > 0 ? { stamp: stamps.join("; ") } : {}),
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
    ...(isEmulated(record)
      ? [
          warn(
            `Development evidence, not qualification: the target was an emulator (${record.summary.target.name}). Nothing here may be cited as a qualification of an environment on AWS.`,
          ),
        ]
      : []),
    ...(isReadOnly(record)
      ? [
          warn(
            "Read-only: what is installed was read, and no step that writes was executed; each of them is NOT RUN, by name. No refusal was seen. This is no operational qualification of the environment.",
          ),
        ]
      : []),
    ...(record.summary.execution?.provisional
      ? [
          warn(
            "Provisional: the protocols were executed without the required approvals. No approval given afterwards makes this execution one of an approved protocol.",
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
