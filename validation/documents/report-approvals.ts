// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import {
  type AllowedSigner,
  type Approval,
  type ApprovalFiles,
  ApprovalRefusal,
  isOf,
  judgeApprovals,
  readApproval,
  type Shortcoming,
} from "../approvals";
import { Part11Error } from "../error";
import type { SealedRun } from "../evidence";
import { readCapped, sha256Hex } from "../json";
import { type ExecutedReport, executedReports, executorNames } from "./executed-reports";

/** What people said of one executed report, and why it is not approved; it is when nothing is short. */
export interface JudgedReportApprovals {
  readonly report: ExecutedReport;
  /** Of the PDF as it lies there; undefined where it does not. */
  readonly sha256?: string;
  /** Records that hold by themselves and speak of this report. */
  readonly given: readonly Approval[];
  readonly shortcomings: readonly Shortcoming[];
}

export interface ReportApprovals {
  readonly reports: readonly JudgedReportApprovals[];
  /** Records that do not hold by themselves, or speak of no report of this bundle. */
  readonly strays: readonly Shortcoming[];
}

/** What the approvals of a run's reports are read from. */
export interface ApprovalInputs {
  readonly bundle: SealedRun;
  /** Folder of `part11 documents`. */
  readonly documents: string;
  readonly records: readonly ApprovalFiles[];
  readonly signers: readonly AllowedSigner[];
  readonly now: Date;
}

const MAX_PDF_BYTES = 256_000_000;

/**
 * Holds the approval records of a run's reports against the reports, the bundle and the list of allowed signers. Nothing that is wrong
 * with one record is outweighed by another.
 */
export function judgeReportApprovals(inputs: ApprovalInputs): ReportApprovals {
  const { bundle, documents, records, signers, now } = inputs;
  const strays: Shortcoming[] = [];
  const approvals = records.flatMap((files) => readOrRefuse(files, signers, strays));
  const reports = executedReports(bundle);
  for (const { name, statement } of approvals) {
    if (reports.some(({ document }) => document.id === statement.document.id)) continue;
    const what = `${statement.document.id} is no report of ${bundle.record.summary.bundle}`;
    strays.push({ fault: "OTHER_DOCUMENT", where: name, what });
  }
  const executors = executorNames(bundle);
  const judged = reports.map((report): JudgedReportApprovals => {
    const given = approvals.filter((one) => isOf(one, report.document));
    const sha256 = digestOf(path.join(documents, report.file));
    if (sha256 === undefined) {
      const what = "the report itself is not among the documents";
      return { report, given, shortcomings: [{ fault: "MISSING", where: report.file, what }] };
    }
    const document = { ...report.document, sha256 };
    const shortcomings = judgeApprovals(given, { document, until: now.getTime(), executors, report });
    return { report, sha256, given, shortcomings };
  });
  return { reports: judged, strays };
}

function readOrRefuse(files: ApprovalFiles, signers: readonly AllowedSigner[], strays: Shortcoming[]): Approval[] {
  try {
    return [readApproval(files, { signers })];
  } catch (error) {
    if (!(error instanceof ApprovalRefusal)) throw error;
    strays.push({ fault: error.fault, where: error.where, what: error.what });
    return [];
  }
}

function digestOf(file: string): string | undefined {
  try {
    return sha256Hex(readCapped(file, { maxBytes: MAX_PDF_BYTES }));
  } catch (error) {
    if (error instanceof Part11Error && error.code === "FILE_NOT_FOUND") return undefined;
    throw error;
  }
}
