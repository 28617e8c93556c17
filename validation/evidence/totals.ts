// SPDX-License-Identifier: Apache-2.0
import type { Summary } from "./summary";

/** The figures that report and summary must share, as text. */
export function totalsOf(summary: Summary): ReadonlyMap<string, string> {
  const { counts, iqRows, execution, clocks } = summary;
  return new Map([
    ["bundle", summary.bundle],
    ["status", summary.status],
    ["journalHead", summary.journalHead],
    ["problems", String(summary.problems.length)],
    ...(execution ? Object.entries(execution).map(([name, value]) => [name, String(value)] as const) : []),
    ...(clocks ? Object.entries(clocks).map(([name, value]) => [`clocks.${name}`, String(value)] as const) : []),
    ...Object.entries(counts).map(([name, value]) => [name, String(value)] as const),
    ...Object.entries(iqRows).map(([name, value]) => [`iqRows.${name}`, String(value)] as const),
  ]);
}

const TOTAL = /<data class="total" id="total-([A-Za-z.]+)" value="([^"<>&]*)">([^<>&]*)<\/data>/g;

/** Where the `<data class="total">` elements of a report differ from its summary; empty when each stands once and agrees. */
export function totalsProblems(report: string, summary: Summary): string[] {
  const expected = totalsOf(summary);
  const seen = new Set<string>();
  const problems: string[] = [];
  for (const [, name, value, shown] of report.matchAll(TOTAL)) {
    if (seen.has(name!)) problems.push(`${name} stands twice`);
    seen.add(name!);
    const want = expected.get(name!);
    if (want === undefined) problems.push(`${name} is no total of the summary`);
    else if (value !== want || shown !== want)
      problems.push(`${name}: expected ${want}, got ${value} shown as ${shown}`);
  }
  for (const name of expected.keys()) if (!seen.has(name)) problems.push(`${name} is missing`);
  return problems;
}
