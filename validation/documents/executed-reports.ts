// SPDX-License-Identifier: Apache-2.0
import type { BoundBundle, BoundDocument, JudgedReport, Role } from "../approvals";
import type { Dispositions } from "../deviations";
import { entriesOf, type SealedRun } from "../evidence";
import { sha256Hex } from "../json";
import { executedRun, matrixOf } from "../traceability";
import { type DocumentCode, documentId, provisionalReasons } from "./contents/head";
import type { DocumentModel } from "./model";
import { renderPdf } from "./pdf/render";
import { documentsOf } from "./write";

/** A report that people approve after the run: its PDF, which has the JSON in it. */
export interface ExecutedReport extends JudgedReport {
  /** Name of the file among the documents. */
  readonly file: string;
  readonly title: string;
  readonly document: Omit<BoundDocument, "sha256">;
}

/** Reports of a run, with those whose lines they have. */
const REPORTS = {
  "IQ-REP": ["author", "reviewer", "quality"],
  "OQ-REP": ["author", "reviewer", "quality"],
  SUM: ["author", "system-owner", "quality"],
} as const satisfies Partial<Record<DocumentCode, readonly Role[]>>;

/** The reports of a sealed run that people approve, as approvals are held against them. */
export function executedReports(bundle: SealedRun): readonly ExecutedReport[] {
  const { record } = bundle;
  const root: BoundBundle = { run: record.summary.bundle, manifestSha256: sha256Hex(bundle.manifest) };
  const models = new Map(modelsOf(bundle).map((model) => [model.head.id, model]));
  const isProvisional = provisionalReasons(record).length > 0;
  return Object.entries(REPORTS).map(([code, roles]) => {
    const { head, asOf } = models.get(documentId(code as DocumentCode, record))!;
    const document = { id: head.id, version: head.version, issuedAt: asOf };
    return { file: `${head.id}.pdf`, title: head.title, document, bundle: root, roles, isProvisional };
  });
}

/**
 * Who executed a run, under every name that the bundle has for them: the login, and in an account of AWS the name of the session,
 * which IAM Identity Center takes from the person.
 */
export function executorNames({ record }: Pick<SealedRun, "record">): readonly string[] {
  return entriesOf(record.entries, "run-started").flatMap(({ body: { executor, operator } }) => {
    if (!executor) return [operator.name];
    const { arn, target } = executor.identity;
    return [executor.login.name, ...(target === "aws" ? [arn.split("/").at(-1)!] : [])];
  });
}

/** The PDF that a bundle gives of one of its reports: the same bytes each time. */
export async function reportBytes(bundle: SealedRun, { document }: ExecutedReport, dispositions?: Dispositions) {
  const model = modelsOf(bundle, dispositions).find(({ head }) => head.id === document.id)!;
  return renderPdf(model);
}

function modelsOf(bundle: SealedRun, dispositions?: Dispositions): readonly DocumentModel[] {
  return documentsOf(bundle, matrixOf([executedRun(bundle)], dispositions));
}
