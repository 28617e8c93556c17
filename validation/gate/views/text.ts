// SPDX-License-Identifier: Apache-2.0
import { toleratedUnknowns } from "../decide";
import type { ControlDecision, Decisions, Finding, FindingWaiver } from "../decisions";
import { visible } from "../escape/terminal";
import { subjectsLine } from "../subjects";
import { wrap } from "../wrap";
import { byClause, gravest, isWaived, type Refusal, statusWord, totalsLine } from "./outcome";

/** Findings printed in full without `verbose`; a screen holds about this many. */
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
  /** Every finding, and every control with what it judged. @default false */
  readonly verbose?: boolean;
}

type Fold = (line: string, indent: number) => string;

/** One line that says that nothing was judged; the reason stands on stderr. */
export function refusalText({ error }: Refusal): string {
  return `part11 gate  error ${error.code}  could not judge\n`;
}

/** The decisions on one screen: verdict, findings by clause with construct path and fix, totals. */
export function decisionText(
  decisions: Decisions,
  { colour, columns = Number.POSITIVE_INFINITY, verbose = false }: TextOptions,
): string {
  const paint: Paint = (name, text) => (colour ? `\u001b[${COLOURS[name]}m${text}\u001b[0m` : text);
  const folded: Fold = (line, indent) => wrap(line, columns, indent);
  const most = verbose ? Number.POSITIVE_INFINITY : MAX_FINDINGS;
  const blocks = [
    headline(decisions, paint),
    ...findingBlocks(decisions, most, paint, folded),
    ...waivedBlock(decisions, most, folded),
    ...pendingBlock(decisions, folded),
    ...(verbose ? [everyControl(decisions, folded)] : []),
    totals(decisions, paint, folded),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function headline(decisions: Decisions, paint: Paint): string {
  const unknowns = toleratedUnknowns(decisions);
  const waived = decisions.controls.flatMap(({ findings }) => findings.filter(isWaived)).length;
  const doubts = [...(unknowns > 0 ? [`${unknowns} unknown`] : []), ...(waived > 0 ? [`${waived} waived`] : [])];
  const verdict = decisions.verdict === "pass" ? ["pass", ...doubts].join(", ") : decisions.verdict;
  const tone = decisions.verdict !== "pass" ? "red" : doubts.length > 0 ? "yellow" : "green";
  return `${paint("bold", "part11 gate")}  ${paint(tone, verdict)}  ${decisions.environment}`;
}

function findingBlocks(decisions: Decisions, most: number, paint: Paint, folded: Fold): readonly string[] {
  const blocks: string[] = [];
  const judged = decisions.controls.filter(({ status }) => status !== "pending");
  const chosen = gravest(judged, most);
  const hidden = judged.flatMap(({ findings }) => findings).filter((one) => !isWaived(one)).length - chosen.size;
  for (const [clause, controls] of byClause(judged)) {
    const lines: string[] = [];
    for (const control of controls) {
      const shown = control.findings.filter((finding) => chosen.has(finding));
      if (shown.length > 0) lines.push(...controlLines(control, shown, paint, folded));
    }
    if (lines.length > 0) blocks.push([paint("bold", clause), ...lines].join("\n"));
  }
  if (hidden > 0) {
    const noun = hidden === 1 ? "finding" : "findings";
    blocks.push(paint("dim", `and ${hidden} more ${noun}: --verbose, --format json or --out shows all`));
  }
  return blocks;
}

/** Findings that somebody answers for, a line each; apart from the open ones, which they must not push off the screen. */
function waivedBlock({ controls, waiversAsOf }: Decisions, most: number, folded: Fold): readonly string[] {
  const lines = controls.flatMap(({ id, findings }) =>
    findings.flatMap(({ address, attribute, status, severity, waiver }) =>
      waiver === undefined
        ? []
        : [`  ${id}  ${status} ${severity}  ${address}  ${attribute}  until ${waiver.expires}, ${answering(waiver)}`],
    ),
  );
  if (lines.length === 0) return [];
  const shown = lines.slice(0, most).map((line) => folded(visible(line), 4));
  const more = lines.length > shown.length ? [`  and ${lines.length - shown.length} more`] : [];
  return [[`waived, as of ${waiversAsOf}`, ...shown, ...more].join("\n")];
}

function answering({ kind, by, approver, ticket }: FindingWaiver): string {
  return kind === "waiver" ? `${ticket} approved by ${approver}` : `attested by ${by}`;
}

/** Controls that wait for their module, a line each: on one screen their findings would hide those that count. */
function pendingBlock({ controls }: Decisions, folded: Fold): readonly string[] {
  const pending = controls.filter(({ status }) => status === "pending");
  if (pending.length === 0) return [];
  const lines = pending.map(({ id, title, findings }) =>
    folded(`  ${id}  ${visible(title)} (${findings.length} ${findings.length === 1 ? "finding" : "findings"})`, 2),
  );
  return [[folded(`pending: ${visible(pending[0]?.reason ?? "")}`, 2), ...lines].join("\n")];
}

/** What was judged by whom: by this a pass can be defended. */
function everyControl({ controls }: Decisions, folded: Fold): string {
  const lines = controls.flatMap(({ id, title, status, reason, subjects }) => [
    folded(`  ${id}  ${statusWord(status)}  ${visible(title)}`, 4),
    ...(reason === undefined ? [] : [folded(`    ${visible(reason)}`, 4)]),
    ...(subjects === undefined ? [] : [folded(`    ${visible(subjectsLine(subjects))}`, 4)]),
  ]);
  return ["all controls", ...lines].join("\n");
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
    if (finding.valueDigest !== undefined) lines.push(paint("dim", `      value ${finding.valueDigest}`));
  }
  lines.push(paint("dim", folded(`    fix  ${visible(shown[0]!.fix)}`, FIX_INDENT)));
  return lines;
}

function totals(decisions: Decisions, paint: Paint, folded: Fold): string {
  const digests = Object.entries(decisions.digests).map(([name, hex]) => `${name} ${hex?.slice(0, 12) ?? "not given"}`);
  return [folded(totalsLine(decisions), 0), paint("dim", folded(digests.join("  "), 0))].join("\n");
}
