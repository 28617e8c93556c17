// SPDX-License-Identifier: Apache-2.0
import { visible } from "../gate";
import type { SelfTestRecord } from "./record";

/** The record for a terminal: what was not as expected, then how much was tried, with which tools. @param verbose every case */
export function recordText({ cases, totals, tools, verdict, startedAt }: SelfTestRecord, verbose = false): string {
  const shown = verbose ? cases : cases.filter(({ asExpected }) => !asExpected);
  const lines = [
    `part11 self-test  ${verdict}  ${startedAt}`,
    "",
    ...shown.flatMap(({ id, kind, title, expected, got, asExpected }) => [
      `${asExpected ? "ok  " : "MISS"} ${id}  (${kind}) ${title}`,
      ...(asExpected ? [] : [`     expected ${expected}`, `     got      ${got.join("; ") || "nothing"}`]),
    ]),
    ...(shown.length > 0 ? [""] : []),
    `${totals.cases} cases = ${totals.good} inputs in order + ${totals.faults} seeded faults; ${totals.notAsExpected} not as expected`,
    ...tools.map(({ name, version, sha256 }) => `${name} ${version}${sha256 === null ? "" : `  sha256 ${sha256}`}`),
  ];
  return `${lines.map(visible).join("\n")}\n`;
}
