// SPDX-License-Identifier: Apache-2.0
import { type DocumentModel, renderHtml, renderPdf } from "../../validation/documents";
import { documentOfSteps } from "../validation/documents/sample-documents";

const STEPS = 2000;
/** Attributes that a step of an installation qualification compares, as many as in the landing zone on average. */
const ROWS = 7;

/** Tells how long documents of many steps take in each format, beside the 5 s that are aimed at; it judges nothing. */
export async function benchDocuments(print: (line: string) => void): Promise<boolean> {
  for (const [name, model] of [
    [`${STEPS} steps`, documentOfSteps(STEPS)],
    [`${STEPS} steps of ${ROWS} compared attributes`, withRows(documentOfSteps(STEPS))],
  ] as const) {
    for (const [format, render] of [
      ["PDF", renderPdf],
      ["HTML", renderHtml],
    ] as const) {
      const from = performance.now();
      const cpu = process.cpuUsage();
      const { length } = await render(model);
      const seconds = (performance.now() - from) / 1000;
      const { user, system } = process.cpuUsage(cpu);
      const busy = ((user + system) / 1e6).toFixed(1);
      print(
        `        document of ${name} as ${format}: ${seconds.toFixed(1)} s (aim 5 s), ${busy} s of processor, ${(length / 1e6).toFixed(1)} MB`,
      );
    }
  }
  return true;
}

/** The steps as a read-back reports them: a table of four sources for each. */
function withRows(model: DocumentModel): DocumentModel {
  const columns = ["Attribute", "Configured", "Planned", "In state", "Live", "Result"].map((title) => ({
    title,
    share: 1,
  }));
  const rows = Array.from({ length: ROWS }, (_, i) => [
    { code: `rule.default_retention.attribute_${i}` },
    ...["config", "plan", "state", "live"].map((source) => ({ code: `"value of ${source} ${i}"` })),
    { result: "PASS" },
  ]);
  const table = { kind: "table" as const, caption: "Four sources", columns, rows };
  const blocks = model.blocks.map((block) => (block.kind === "record" ? { ...block, tables: [table] } : block));
  return { ...model, blocks };
}
