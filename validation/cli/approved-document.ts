// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import type { BoundBundle, BoundDocument, Judged } from "../approvals";
import { loadDispositions } from "../deviations";
import { type ExecutedReport, executedReports, executorNames, reportBytes } from "../documents";
import { Part11Error } from "../error";
import { assertProtocol, readSealedRun } from "../evidence";
import { canonicalJson, parseStrict, readCapped, sha256Hex } from "../json";

const MAX_BYTES = 256_000_000;

/** A document that somebody is about to state something of. */
export interface ToApprove {
  readonly document: BoundDocument;
  readonly bundle?: BoundBundle;
  /** Where its records are kept unless another folder is named. */
  readonly records: string;
  /** What a statement of an executed report is held against at once. @default - none, of a protocol */
  readonly report?: Pick<Judged, "report" | "executors">;
}

/** A protocol as `part11 protocol` issued it, byte for byte. @throws APPROVAL_REFUSED, FILE_NOT_FOUND */
export function protocolToApprove(file: string): ToApprove {
  const bytes = readCapped(file, { maxBytes: MAX_BYTES });
  const protocol = parseStrict(bytes, file);
  assertProtocol(protocol, file);
  if (!protocol.issue || !bytes.equals(Buffer.from(canonicalJson(protocol)))) {
    throw approvalRefused(
      file,
      "a protocol as part11 protocol issues it",
      "one without version and date, or in another spelling",
    );
  }
  const { version, issuedAt } = protocol.issue;
  const document = { id: protocol.id, version, issuedAt, sha256: sha256Hex(bytes) };
  return { document, records: path.join(path.dirname(file), "..", "approvals") };
}

/**
 * The PDF of an executed report, when the bundle gives exactly these bytes: nobody approves what the evidence does not say.
 *
 * @param deviations the file of dispositions that the documents were written with
 * @throws APPROVAL_REFUSED, FILE_NOT_FOUND, BUNDLE_ALTERED
 */
export async function reportToApprove(file: string, bundle: string, deviations?: string): Promise<ToApprove> {
  const run = readSealedRun(bundle);
  const reports = executedReports(run);
  const report = reports.find((one) => one.file === path.basename(file));
  if (!report) throw approvalRefused(file, `one of ${reports.map((one) => one.file).join(", ")}`, path.basename(file));
  const bytes = readCapped(file, { maxBytes: MAX_BYTES });
  const dispositions = deviations === undefined ? undefined : loadDispositions(deviations, new Date());
  const sha256 = sha256Hex(bytes);
  const expected = sha256Hex(await reportBytes(run, report, dispositions));
  if (sha256 !== expected) {
    const told = deviations === undefined ? "" : " with these dispositions";
    throw approvalRefused(file, `sha256 ${expected}, the report that ${bundle} gives${told}`, sha256);
  }
  return {
    document: { ...report.document, sha256 },
    bundle: report.bundle,
    records: `${path.dirname(file)}-approvals`,
    report: { report: judgedOf(report), executors: executorNames(run) },
  };
}

function judgedOf({ bundle, roles, isProvisional }: ExecutedReport): NonNullable<Judged["report"]> {
  return { bundle, roles, isProvisional };
}

export function approvalRefused(where: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "APPROVAL_REFUSED",
    what: "approval not made",
    where,
    expected,
    got,
    todo: "see part11 approve --help",
  });
}
