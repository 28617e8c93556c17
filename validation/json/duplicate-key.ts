// SPDX-License-Identifier: Apache-2.0

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/gs;

/**
 * First key that stands twice in one object of a JSON text, as it is written there; undefined when there is none.
 * Requires valid JSON. Slow: only for the wording of a refusal.
 */
export function firstDuplicateKey(text: string): string | undefined {
  const open: Array<Set<string>> = [];
  let previous = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") {
      const seen = open[open.length - 1]!;
      const key = JSON.parse(previous) as string;
      if (seen.has(key)) return previous;
      seen.add(key);
    }
    previous = token;
  }
  return undefined;
}
