// SPDX-License-Identifier: Apache-2.0
import { toleratedUnknowns } from "./decide";
import type { ControlDecision, ControlStatus, Decisions, Finding } from "./decisions";
import { visible } from "./visible";
import { wrap } from "./wrap";

/** Findings printed in full; a screen holds about this many. */
const MAX_FINDINGS = 8;

const VALUE_INDENT = "      want ".length;
const FIX_INDENT = "    fix  ".length;

const COLOURS = { red: 31, yellow: 33, green: 32, bold: 1, dim: 2 } as const;
type Colour = keyof typeof COLOURS;
type Paint = (colour: Colour, text: string) => string;

export interface TextOptions {
  /** ANSI colours, for a terminal only. */
  readonly colour: boolean;
  /** Longest line, where there are spaces to break it. @default Infinity */
  readonly columns?: number;
}

type Fold = (line: string, indent: number) => string;

/** The decisions on one screen: verdict, findings by clause with construct path and fix, totals. */
export function decisionText(
  decisions: Decisions,
  { colour, columns = Number.POSITIVE_INFINITY }: TextOptions,
): string {
  const paint: Paint = (name, text) => (colour ? `\u001b[${COLOURS[name]}m${text}\u001b[0m` : text);
  const folded: Fold = (line, indent) => wrap(line, columns, indent);
  const blocks = [
    headline(decisions, paint),
    ...findingBlocks(decisions, paint, folded),
    ...pendingBlock(decisions, folded),
    totals(decisions, paint, folded),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function headline(decisions: Decisions, paint: Paint): string {
  const unknowns = toleratedUnknowns(decisions);
  const verdict = decisions.verdict === "pass" && unknowns > 0 ? `pass, ${unknowns} unknown` : decisions.verdict;
  const tone = decisions.verdict !== "pass" ? "red" : unknowns > 0 ? "yellow" : "green";
  return `${paint("bold", "part11 gate")}  ${paint(tone, verdict)}  ${decisions.environment}`;
}

function findingBlocks(decisions: Decisions, paint: Paint, folded: Fold): readonly string[] {
  const blocks: string[] = [];
  let left = MAX_FINDINGS;
  let hidden = 0;
  for (const [clause, controls] of byClause(decisions.controls)) {
    const lines: string[] = [];
    for (const control of controls) {
      const shown = control.findings.slice(0, left);
      left -= shown.length;
      hidden += control.findings.length - shown.length;
      if (shown.length > 0) lines.push(...controlLines(control, shown, paint, folded));
    }
    if (lines.length > 0) blocks.push([paint("bold", clause), ...lines].join("\n"));
  }
  if (hidden > 0) blocks.push(paint("dim", `and ${hidden} more findings: --format json or --out shows all`));
  return blocks;
}

/** Controls that wait for their module, a line each: on one screen their findings would hide those that count. */
function pendingBlock({ controls }: Decisions, folded: Fold): readonly string[] {
  const pending = controls.filter(({ status }) => status === "pending");
  if (pending.length === 0) return [];
  const lines = pending.map(({ id, title, findings }) =>
    folded(`  ${id}  ${visible(title)} (${findings.length} findings)`, 2),
  );
  return [[`pending: ${visible(pending[0]?.reason ?? "")}`, ...lines].join("\n")];
}

function controlLines(
  control: ControlDecision,
  shown: readonly Finding[],
  paint: Paint,
  folded: Fold,
): readonly string[] {
  const lines = [`  ${control.id}  ${visible(control.title)}`];
  for (const finding of shown) {
    const mark = paint(finding.status === "fail" ? "red" : "yellow", `${finding.status} ${finding.severity}`);
    lines.push(`    ${mark}  ${visible(finding.address)}  ${visible(finding.attribute)}`);
    if (finding.construct !== null) lines.push(`      in   ${visible(finding.construct)}`);
    lines.push(folded(`      want ${visible(finding.expected)}`, VALUE_INDENT));
    lines.push(folded(`      got  ${visible(finding.actual)}`, VALUE_INDENT));
  }
  lines.push(paint("dim", folded(`    fix  ${visible(shown[0]!.fix)}`, FIX_INDENT)));
  return lines;
}

// A control with several clauses stands under its first: once on the screen is enough.
function byClause(controls: readonly ControlDecision[]): ReadonlyMap<string, readonly ControlDecision[]> {
  const groups = new Map<string, ControlDecision[]>();
  for (const control of controls) {
    if (control.findings.length === 0 || control.status === "pending") continue;
    const clause = control.clauses[0] ?? "no clause";
    groups.set(clause, [...(groups.get(clause) ?? []), control]);
  }
  return groups;
}

function totals(decisions: Decisions, paint: Paint, folded: Fold): string {
  const order: readonly ControlStatus[] = ["pass", "fail", "unknown", "error", "pending", "waived", "not_applicable"];
  const counts = order
    .map((status) => ({ status, count: decisions.controls.filter((c) => c.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status.replace("_", " ")}`);
  const { count } = decisions.evaluatedResources;
  const lines = [
    `${decisions.controls.length} controls: ${counts.join(", ")}; ${count} resources judged; target ${decisions.target ?? "not understood"}`,
  ];
  const digests = Object.entries(decisions.digests).map(([name, hex]) => `${name} ${hex?.slice(0, 12) ?? "not given"}`);
  return [...lines, paint("dim", folded(digests.join("  "), 0))].join("\n");
}
