// SPDX-License-Identifier: Apache-2.0
import { renderHtml, renderPdf } from "../../validation/documents";
import { documentOfSteps } from "../validation/documents/sample-documents";

const STEPS = 2000;

/** Tells how long a document of many steps takes in each format, beside the 5 s that are aimed at; it judges nothing. */
export async function benchDocuments(print: (line: string) => void): Promise<boolean> {
  const model = documentOfSteps(STEPS);
  for (const [format, render] of [
    ["PDF", renderPdf],
    ["HTML", renderHtml],
  ] as const) {
    const from = performance.now();
    const { length } = await render(model);
    const seconds = (performance.now() - from) / 1000;
    print(
      `        document of ${STEPS} steps as ${format}: ${seconds.toFixed(1)} s (aim 5 s), ${(length / 1e6).toFixed(1)} MB`,
    );
  }
  return true;
}
