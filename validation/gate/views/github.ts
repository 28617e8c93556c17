// SPDX-License-Identifier: Apache-2.0
import type { ControlDecision, Decisions, Finding } from "../decisions";
import { commandMessage, commandProperty } from "../escape/github-command";
import { visible } from "../escape/terminal";
import { basisOf, counts, digestsOf, isRefusal, type Outcome, setAside, statusWord, totalsLine } from "./outcome";
import type { Places } from "./places";

type Level = "error" | "warning" | "notice";

/**
 * Workflow commands of GitHub Actions. The verdict comes first and what fails the gate next, since GitHub shows ten
 * annotations of a level and step; the log has them all.
 */
export function githubView(outcome: Outcome, places: Places): string {
  if (isRefusal(outcome)) {
    const { code, message } = outcome.error;
    return command("error", { title: `part11 gate: error ${code}` }, `could not judge: ${message}`);
  }
  const findings = outcome.controls.flatMap((control) =>
    control.findings.map((finding) => ({ control, finding, level: levelOf(outcome, control, finding) })),
  );
  const inOrder = (["error", "warning", "notice"] as const).flatMap((level) =>
    findings.filter((one) => one.level === level),
  );
  return [
    command(
      outcome.verdict === "pass" ? "notice" : "error",
      { title: `part11 gate: ${outcome.verdict}, ${outcome.environment}` },
      totalsLine(outcome),
    ),
    ...inOrder.map(({ control, finding, level }) => annotation(control, finding, level, places)),
    ...controlLines(outcome),
  ].join("");
}

function levelOf(decisions: Decisions, control: ControlDecision, finding: Finding): Level {
  if (counts(decisions, control, finding)) return "error";
  return setAside(control, finding) === undefined ? "warning" : "notice";
}

function annotation(control: ControlDecision, finding: Finding, level: Level, places: Places): string {
  const { address, attribute, status, severity, expected, actual, construct, fix } = finding;
  const { file, line } = places(finding);
  const aside = setAside(control, finding);
  const message = [
    `${status} ${severity}: ${address} ${attribute}`,
    `want ${expected}`,
    `got ${actual}`,
    ...(construct === null ? [] : [`in ${construct}`]),
    `fix ${fix}`,
    `clause ${control.clauses.join(", ")}`,
    ...(aside === undefined ? [] : [aside]),
    ...digestsOf(finding).map(([name, hex]) => `${name} ${hex}`),
  ];
  const where = { file, line: String(line), title: `${control.id} ${control.title}` };
  return command(level, where, ...message);
}

/** Statuses and digests, plain lines of a folded group. */
function controlLines(decisions: Decisions): readonly string[] {
  const lines = [
    ...decisions.controls.map(
      ({ id, status, title, reason }) => `${id} ${statusWord(status)}  ${title}${reason ? ` (${reason})` : ""}`,
    ),
    ...basisOf(decisions).map(([name, value]) => `${name} ${value}`),
  ];
  return ["::group::part11 controls and digests\n", ...lines.map((line) => `  ${visible(line)}\n`), "::endgroup::\n"];
}

function command(level: Level, properties: Readonly<Record<string, string>>, ...lines: readonly string[]): string {
  const named = Object.entries(properties).map(([name, value]) => `${name}=${commandProperty(value)}`);
  return `::${level} ${named.join(",")}::${lines.map(commandMessage).join("%0A")}\n`;
}
