// SPDX-License-Identifier: Apache-2.0
import type { ClauseReference } from "../../requirements";

/** Clauses by text and edition, a line each. */
export function clauseLines(clauses: readonly ClauseReference[]): readonly string[] {
  const texts = new Map<string, string[]>();
  for (const { name, edition, clause } of clauses) {
    const text = `${name}, ${edition}`;
    texts.set(text, [...(texts.get(text) ?? []), clause]);
  }
  return [...texts].map(([text, cited]) => `${text}: ${cited.join(", ")}`);
}
