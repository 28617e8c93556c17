// SPDX-License-Identifier: Apache-2.0

import type { SealedRun } from "../evidence";
import { assertSchema, canonicalJson, digestOf, sha256Hex } from "../json";
import { matrixCsv, type TraceMatrix } from "../traceability";
import { configurationSpecification } from "./contents/configuration";
import { deviationLog } from "./contents/deviation-log";
import { executedReport } from "./contents/executed-report";
import { DOCUMENTS, type DocumentCode, documentId } from "./contents/head";
import { traceabilityMatrix } from "./contents/matrix";
import { plannedStacks, zoneOf } from "./contents/planned-resources";
import { protocolDocument } from "./contents/protocol";
import { requirementsSpecification } from "./contents/requirements";
import { type Digest, summaryReport } from "./contents/summary-report";
import { toolRecord } from "./contents/tools";
import { renderHtml } from "./html/render";
import { svgFile } from "./html/svg-file";
import type { DocumentModel, Figure } from "./model";
import { renderPdf } from "./pdf/render";
import { architectureFigure } from "./pictures/architecture";
import { coverageOf } from "./pictures/coverage";
import { coverageFigures } from "./pictures/coverage-figure";

/** A file of the package of documents. */
export interface DocumentFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Every document of a run, protocols before the reports that quote them, the summary last.
 *
 * @param matrix over this run, and those that executed parts of it again
 */
export function documentsOf(bundle: SealedRun, matrix: TraceMatrix): readonly DocumentModel[] {
  const { record } = bundle;
  const [iq, oq] = [protocolDocument("IQ", record), protocolDocument("OQ", record)];
  const before: ReadonlyArray<readonly [DocumentCode, DocumentModel]> = [
    ["URS", requirementsSpecification(record, matrix)],
    ["CFG", configurationSpecification(bundle)],
    ["TOOL", toolRecord(record)],
    ["IQ-PRO", iq],
    ["IQ-REP", executedReport("IQ", record, digestOf(iq))],
    ["OQ-PRO", oq],
    ["OQ-REP", executedReport("OQ", record, digestOf(oq))],
    ["RTM", traceabilityMatrix(bundle, matrix)],
    ["DEV", deviationLog(record, matrix)],
  ];
  const digests = before.map(([code, model]): Digest => ({ code, title: DOCUMENTS[code], sha256: digestOf(model) }));
  return [...before.map(([, model]) => model), summaryReport(bundle, digests)];
}

/** One document in every format. @throws SCHEMA_MISMATCH, NOT_CANONICAL */
export async function filesOf(model: DocumentModel): Promise<readonly DocumentFile[]> {
  const { id } = model.head;
  assertSchema("document", model, id);
  return [
    { name: `${id}.json`, bytes: Buffer.from(canonicalJson(model)) },
    { name: `${id}.html`, bytes: Buffer.from(renderHtml(model)) },
    { name: `${id}.pdf`, bytes: await renderPdf(model) },
  ];
}

/** The pictures as files of their own, each beside its document; of a plan whose resources are not known there is none. */
export function pictureFiles(bundle: SealedRun): readonly DocumentFile[] {
  const { record } = bundle;
  const zone = zoneOf(plannedStacks(bundle), record);
  const pictures: ReadonlyArray<readonly [string, readonly Figure[]]> = [
    [`${documentId("CFG", record)}-architecture.svg`, zone ? [architectureFigure(zone)] : []],
    [`${documentId("SUM", record)}-controls.svg`, coverageFigures(coverageOf(bundle))],
  ];
  return pictures.flatMap(([name, figures]) =>
    figures.map((figure) => ({ name, bytes: Buffer.from(svgFile(figure)) })),
  );
}

/** The matrix for a spreadsheet, beside its document. */
export function matrixFile({ record }: SealedRun, matrix: TraceMatrix): DocumentFile {
  return { name: `${documentId("RTM", record)}.csv`, bytes: Buffer.from(matrixCsv(matrix)) };
}

/** What `sha256sum -c` reads: the digests that approvals may be bound to. */
export function checksums(files: readonly DocumentFile[]): DocumentFile {
  const lines = files.map(({ name, bytes }) => `${sha256Hex(bytes)}  ${name}\n`);
  return { name: "SHA256SUMS", bytes: Buffer.from(lines.join("")) };
}
