// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import type { Dispositions } from "../deviations";
import { readSealedRun } from "../evidence";
import { runFormats } from "../run-formats";
import { executedRun, matrixOf } from "../traceability";
import type { DocumentHead } from "./model";
import { checksums, type DocumentFile, documentsOf, filesOf, matrixFile, pictureFiles } from "./write";

/** What was written. */
export interface WrittenDocuments {
  readonly heads: readonly DocumentHead[];
  /** Files beside SHA256SUMS. */
  readonly files: number;
}

/**
 * Writes the documents of a sealed run, the pictures as SVG, the matrix as CSV, the run in the formats of other tools, and SHA256SUMS over all of them. The bundle is verified first and
 * stays as it is; the same bundle and dispositions give the same bytes.
 *
 * @param out folder that is empty or not there yet
 * @throws FILE_NOT_FOUND, BUNDLE_ALTERED, and what reading requirements and catalogue throws
 */
export async function writeDocuments(
  folder: string,
  out: string,
  dispositions?: Dispositions,
): Promise<WrittenDocuments> {
  const bundle = readSealedRun(folder);
  const matrix = matrixOf([executedRun(bundle)], dispositions);
  const models = documentsOf(bundle, matrix);
  const files: DocumentFile[] = [matrixFile(bundle, matrix), ...pictureFiles(bundle), ...runFormats(bundle, matrix)];
  for (const model of models) files.push(...(await filesOf(model)));
  fs.mkdirSync(out, { recursive: true });
  for (const { name, bytes } of [...files, checksums(files)])
    fs.writeFileSync(path.join(out, name), bytes, { flag: "wx" });
  return { heads: models.map(({ head }) => head), files: files.length };
}
