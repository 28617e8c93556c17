// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import type { SealedRun } from "../evidence";
import { approvalSheet } from "./contents/approval-sheet";
import type { ReportApprovals } from "./report-approvals";
import { checksums, filesOf } from "./write";

/** Writes what people said of a run's reports as PDF/A-3, HTML and JSON, with SHA256SUMS, into a folder that is empty or not there yet. */
export async function writeApprovalSheet(
  out: string,
  bundle: SealedRun,
  approvals: ReportApprovals,
  now: Date,
): Promise<void> {
  const files = await filesOf(approvalSheet(bundle.record, approvals, now));
  fs.mkdirSync(out, { recursive: true });
  for (const { name, bytes } of [...files, checksums(files)])
    fs.writeFileSync(path.join(out, name), bytes, { flag: "wx" });
}
