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
import type { Dispositions } from "../deviations";
import { Part11Error } from "../error";
import type { SealedRun } from "../evidence";
import { readCapped, sha256Hex } from "../json";
import { type ExecutedReport, executedReports, executorNames, reportBytes } from "./executed-reports";

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
  /** Dispositions that the documents were written with. @default - none */
  readonly dispositions?: Dispositions;
}

const MAX_PDF_BYTES = 256_000_000;

/**
 * Holds the approval records of a run's reports against the reports, the bundle and the list of allowed signers, and each report against
 * what the bundle gives: people may have signed bytes that say something else. Nothing that is wrong with one record is outweighed by
 * another.
 */
export async function judgeReportApprovals(inputs: ApprovalInputs): Promise<ReportApprovals> {
  const { bundle, documents, records, signers, now, dispositions } = inputs;
  const strays: Shortcoming[] = [];
  const approvals = records.flatMap((files) => readOrRefuse(files, signers, strays));
  const reports = executedReports(bundle);
  for (const { name, statement } of approvals) {
    if (reports.some(({ document }) => document.id === statement.document.id)) continue;
    const what = `${statement.document.id} is no report of ${bundle.record.summary.bundle}`;
    strays.push({ fault: "OTHER_DOCUMENT", where: name, what });
  }
  const executors = executorNames(bundle);
  const judge = async (report: ExecutedReport): Promise<JudgedReportApprovals> => {
    const given = approvals.filter((one) => isOf(one, report.document));
    const sha256 = digestOf(path.join(documents, report.file));
    if (sha256 === undefined) {
      const what = "the report itself is not among the documents";
      return { report, given, shortcomings: [{ fault: "MISSING", where: report.file, what }] };
    }
    const document = { ...report.document, sha256 };
    const drawn = sha256Hex(await reportBytes(bundle, report, dispositions));
    const shortcomings = [
      ...(drawn === sha256 ? [] : [otherBytes(report.file, drawn)]),
      ...judgeApprovals(given, { document, until: now.getTime(), executors, report }),
    ];
    return { report, sha256, given, shortcomings };
  };
  return { reports: await Promise.all(reports.map(judge)), strays };
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

function otherBytes(where: string, drawn: string): Shortcoming {
  const what = `from the bundle this version of part11 draws ${drawn}: take the version that wrote it, and its dispositions`;
  return { fault: "OTHER_DOCUMENT", where, what };
}
