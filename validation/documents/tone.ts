// SPDX-License-Identifier: Apache-2.0

/** How a result is coloured; the word itself says it all, for print without colour. What is in neither list stays open. */
export function toneOf(result: string): "good" | "bad" | "open" {
  if (/^(?:PASS|COMPLETE|VERIFIED|CLOSED|SHOWN|IN ORDER|SAME|HOLDS)$/.test(result)) return "good";
  return /^(?:FAIL|FAILED|ERROR|NO RESULT|GAP|DEVIATION OPEN|OPEN|DIFFERS|ENDED)$/.test(result) ? "bad" : "open";
}
