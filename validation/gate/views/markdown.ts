// SPDX-License-Identifier: Apache-2.0
import type { ControlDecision, Decisions, Finding } from "../decisions";
import { code, prose } from "../escape/markdown";
import {
  basisOf,
  byClause,
  counts,
  digestsOf,
  isRefusal,
  type Outcome,
  setAside,
  statusWord,
  totalsLine,
} from "./outcome";

/** By this line a bot finds its comment of the last run again. */
const MARKER = "<!-- part11 gate -->";

/** GitHub takes comments of up to 65,536 characters; tables of controls and digests need a good third of them. */
const MAX_FINDING_CHARACTERS = 36_000;

const SIGNS: Readonly<Record<string, string>> = { pass: "✅", fail: "❌", error: "⛔" };

/** A comment for a pull request: verdict, findings by clause, and folded below them every control, digests and tools. */
export function markdownView(outcome: Outcome): string {
  if (isRefusal(outcome)) {
    const { code: name, message } = outcome.error;
    return [
      MARKER,
      `## ${SIGNS.error} part11 gate: could not judge`,
      "",
      `Error ${code(name)}: ${prose(message)}`,
      "",
    ].join("\n");
  }
  return [
    MARKER,
    `## ${SIGNS[outcome.verdict] ?? SIGNS.error} part11 gate: ${outcome.verdict}, ${prose(outcome.environment)}`,
    "",
    `${totalsLine(outcome)}.`,
    "",
    ...findingBlocks(outcome),
    ...folded("All controls", controlTable(outcome)),
    ...folded(
      "Digests and tools",
      basisOf(outcome).map(([name, value]) => `- ${name}: ${code(value)}`),
    ),
  ].join("\n");
}

function findingBlocks(decisions: Decisions): readonly string[] {
  const lines: string[] = [];
  let left = MAX_FINDING_CHARACTERS;
  let hidden = 0;
  for (const [clause, controls] of byClause(decisions.controls)) {
    const blocks = controls.flatMap((control) => {
      const shown = control.findings
        .map((finding) => findingLines(decisions, control, finding))
        .filter((block) => {
          left -= block.join("\n").length;
          if (left < 0) hidden++;
          return left >= 0;
        });
      if (shown.length === 0) return [];
      return [`**${code(control.id)}** ${prose(control.title)}`, "", ...shown.flat(), ""];
    });
    if (blocks.length > 0) lines.push(`### ${prose(clause)}`, "", ...blocks);
  }
  if (hidden > 0)
    lines.push(`And ${hidden} more findings, too many for a comment: the JSON decisions hold them all.`, "");
  return lines;
}

function findingLines(decisions: Decisions, control: ControlDecision, finding: Finding): readonly string[] {
  const { status, severity, address, attribute, expected, actual, construct, fix } = finding;
  const aside = setAside(control, finding);
  const sign = counts(decisions, control, finding) ? SIGNS.fail : aside === undefined ? "❔" : "⏸️";
  return [
    `- ${sign} **${status}** ${severity}: ${code(address)} ${code(attribute)}`,
    `  - want ${code(expected)}`,
    `  - got ${code(actual)}`,
    ...(construct === null ? [] : [`  - in ${code(construct)}`]),
    `  - fix: ${prose(fix)}`,
    ...digestsOf(finding).map(([name, hex]) => `  - ${name} ${code(hex)}`),
    ...(aside === undefined ? [] : [`  - ${prose(aside)}`]),
  ];
}

function controlTable({ controls }: Decisions): readonly string[] {
  return [
    "| control | status | severity | title |",
    "|---|---|---|---|",
    ...controls.map(({ id, status, severity, title, reason }) => {
      const said = reason === undefined ? prose(title) : `${prose(title)} (${prose(reason)})`;
      return `| ${code(id)} | ${statusWord(status)} | ${severity} | ${said} |`;
    }),
  ];
}

function folded(title: string, lines: readonly string[]): readonly string[] {
  return ["<details>", `<summary>${title}</summary>`, "", ...lines, "", "</details>", ""];
}
