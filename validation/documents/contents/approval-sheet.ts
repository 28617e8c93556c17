// SPDX-License-Identifier: Apache-2.0
import type { Approval, Role, Shortcoming } from "../../approvals";
import type { RunRecord } from "../../evidence";
import type { ApprovalLine, Block, DocumentModel } from "../model";
import type { JudgedReportApprovals, ReportApprovals } from "../report-approvals";
import { code, facts, list, paragraph, section } from "./blocks";
import { documentOf } from "./head";

const LINES: Readonly<Record<Role, string>> = {
  author: "Performed by, or author",
  reviewer: "Reviewed by",
  "system-owner": "System owner",
  quality: "Approved by quality",
};

/** What people said of the executed reports of a run: printed name, date and time with offset, meaning (21 CFR 11.50(a)). */
export function approvalSheet(record: RunRecord, { reports, strays }: ReportApprovals, now: Date): DocumentModel {
  return documentOf("APR", record, "EXECUTED", [
    paragraph(
      "The reports were sealed or written before anybody could approve them; their lines stay empty. What people said of them stands here, as records that lie beside the documents and are bound to the SHA-256 of each report and of the bundle.",
    ),
    paragraph(
      "A record by a person's own key is an approval record, not a Part 11 signature. A page signed by hand is bound by the SHA-256 of its scan.",
    ),
    facts(["Held against the records at (UTC)", now.toISOString()]),
    ...reports.flatMap(reportSection),
    ...(strays.length === 0 ? [] : section("Records that do not count", shortcomings(strays))),
  ]);
}

function reportSection({ report, sha256, given, shortcomings: short }: JudgedReportApprovals): readonly Block[] {
  const { title, document, bundle, roles } = report;
  const lines = roles.flatMap((role): ApprovalLine[] => {
    const own = given.filter(({ statement }) => statement.role === role);
    return own.length === 0 ? [{ role: LINES[role], meaning: "nothing was stated" }] : own.map(lineOf);
  });
  return section(
    title,
    facts(
      ["Document", code(document.id)],
      ["Version", document.version],
      ["SHA-256 of the PDF", sha256 === undefined ? "not among the documents" : code(sha256)],
      ["SHA-256 of the bundle's manifest", code(bundle.manifestSha256)],
      ["Approved", short.length === 0 ? "yes, by everybody whose line it has" : "no"],
    ),
    { kind: "approvals", caption: `Approvals of ${document.id}`, lines },
    ...(short.length === 0 ? [] : [shortcomings(short)]),
  );
}

function lineOf({ statement, made }: Approval): ApprovalLine {
  const { role, meaning, reason, printedName, signedAt } = statement;
  const said = reason === undefined ? meaning : `${meaning}: ${reason}`;
  return { role: LINES[role], meaning: said, signed: { printedName, made, at: signedAt } };
}

function shortcomings(found: readonly Shortcoming[]) {
  return list(...found.map(({ fault, where, what }) => `${fault} ${where}: ${what}`));
}
