// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import type { DocumentModel } from "../../../validation/documents";
import { documentsOf } from "../../../validation/documents";
import { readSealedRun } from "../../../validation/evidence";
import { sha256Hex } from "../../../validation/json";
import { executedRun, matrixOf } from "../../../validation/traceability";
import { sampleRun, type Variation } from "../evidence/sample-run";

/** Documents of the sample run, in a folder that does not exist yet. */
export function sampleDocuments(folder: string, vary: Variation = {}): readonly DocumentModel[] {
  sampleRun(folder, vary);
  const bundle = readSealedRun(path.resolve(folder));
  return documentsOf(bundle, matrixOf([executedRun(bundle)]));
}

/** A document whose every text is the given one, with a block of each kind. */
export function documentOfText(text: string): DocumentModel {
  const column = (share: number) => ({ title: text, share });
  const rows = [
    [text, { code: text }, [{ result: text }, text]],
    [{ code: text }, "", text],
  ];
  const table = { kind: "table" as const, caption: text, columns: [column(20), column(40), column(40)], rows };
  const items = [{ name: text, value: [text, { code: text }] }];
  return {
    schemaVersion: 1,
    head: {
      id: "TRY-1",
      title: text,
      version: text,
      effectiveDate: text,
      supersedes: text,
      system: text,
      environment: text,
      status: "DRAFT",
      confidentiality: text,
      stamp: text,
    },
    asOf: "2026-11-21T08:00:00.125Z",
    blocks: [
      { kind: "heading", level: 2, text },
      { kind: "paragraph", text },
      { kind: "paragraph", text, tone: "warning" },
      { kind: "heading", level: 3, text },
      { kind: "facts", items },
      table,
      { kind: "list", items: [text, text] },
      {
        kind: "figure",
        title: text,
        description: text,
        drawing: {
          width: 200,
          height: 40,
          shapes: [
            { shape: "box", x: 0, y: 0, width: 100, height: 20, fill: "warn" },
            { shape: "line", x1: 0, y1: 0, x2: 50, y2: 30 },
            { shape: "label", x: 4, y: 12, text, size: 8 },
          ],
        },
      },
      { kind: "record", id: text, title: text, result: text, items, tables: [table] },
      { kind: "approvals", caption: text, lines: [{ role: text, meaning: text }] },
      { kind: "history", revisions: [{ version: text, date: text, change: text, reason: text, changedBy: text }] },
    ],
  };
}

/** A document of so many steps that passed. */
export function documentOfSteps(steps: number): DocumentModel {
  const { head, asOf } = documentOfText("text");
  const items = [
    { name: "Expected", value: "403 AccessDenied, the version stays readable" },
    { name: "Evidence", value: { code: `oq/step.json  SHA-256 ${sha256Hex("step")}` } },
  ];
  const blocks = Array.from({ length: steps }, (_, i) => {
    return { kind: "record" as const, id: `OQ-${i}`, title: `Step ${i}`, result: "PASS", items, tables: [] };
  });
  return { schemaVersion: 1, head, asOf, blocks };
}
