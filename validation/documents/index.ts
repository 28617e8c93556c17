// SPDX-License-Identifier: Apache-2.0

export { type ExecutedReport, executedReports, executorNames, reportBytes } from "./executed-reports";
export { renderHtml } from "./html/render";
export type { Block, DocumentHead, DocumentModel } from "./model";
export { renderPdf } from "./pdf/render";
export { type JudgedReportApprovals, judgeReportApprovals, type ReportApprovals } from "./report-approvals";
export { documentsOf, filesOf } from "./write";
export { writeApprovalSheet } from "./write-approval-sheet";
export { type WrittenDocuments, writeDocuments } from "./write-documents";
export { writeProtocols } from "./write-protocols";
export { reviewFiles } from "./write-review";
