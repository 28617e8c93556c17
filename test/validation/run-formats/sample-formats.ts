// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { readSealedRun } from "../../../validation/evidence";
import { runFormats } from "../../../validation/run-formats";
import { executedRun, matrixOf } from "../../../validation/traceability";
import { sampleRun, type Variation } from "../evidence/sample-run";

/** The four files of a sample run, as text by the first part of their names. */
export function sampleFormats(folder: string, vary: Variation = {}): Readonly<Record<string, string>> {
  sampleRun(folder, vary);
  const bundle = readSealedRun(folder);
  const files = runFormats(bundle, matrixOf([executedRun(bundle)]));
  return Object.fromEntries(files.map(({ name, bytes }) => [name.split("-sample-run")[0]!, bytes.toString("utf8")]));
}

/** Payload of the seal of a bundle. */
export function sealedStatement(folder: string): object {
  const { payload } = JSON.parse(fs.readFileSync(path.join(folder, "seal.json"), "utf8"));
  return JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
}
