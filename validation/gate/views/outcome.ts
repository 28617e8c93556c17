// SPDX-License-Identifier: Apache-2.0
import {
  type ControlDecision,
  type ControlStatus,
  type Decisions,
  type Finding,
  type FindingWaiver,
  SEVERITIES,
  type Severity,
} from "../decisions";

/** What stands in the place of decisions when nothing was judged. */
export interface Refusal {
  readonly schemaVersion: 1;
  readonly verdict: "error";
  readonly error: { readonly code: string; readonly message: string };
}

/** What every view shows: the decisions, or why there are none. */
export type Outcome = Decisions | Refusal;

export function isRefusal(outcome: Outcome): outcome is Refusal {
  return "error" in outcome;
}

/** How a view shows a control or a finding; `bad` is what nobody can overlook. */
export type Tone = "good" | "bad" | "doubt" | "aside";

const STATUS_TONES: Readonly<Record<ControlStatus, Tone>> = {
  pass: "good",
  fail: "bad",
  unknown: "doubt",
  error: "bad",
  pending: "aside",
  waived: "aside",
  not_applicable: "aside",
};

/** The tone of a control's status; a status that is not known here is bad. */
export function toneOf(status: string): Tone {
  return Object.hasOwn(STATUS_TONES, status) ? STATUS_TONES[status as ControlStatus] : "bad";
}

/** `not applicable` and the other statuses as people write them. */
export function statusWord(status: string): string {
  return status.replaceAll("_", " ");
}

const ORDER: readonly string[] = ["pass", "fail", "unknown", "error", "pending", "waived", "not_applicable"];

/** How many controls have each status that occurs. */
export function tally(controls: readonly ControlDecision[]): ReadonlyArray<{ status: string; count: number }> {
  const counts = new Map<string, number>();
  for (const { status } of controls) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .map(([status, count]) => ({ status, count }))
    .sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
}

/** `54 controls: 1 fail, 50 pass, 3 not applicable; 120 resources judged; target aws`. */
export function totalsLine({ controls, evaluatedResources, target }: Decisions): string {
  const counts = tally(controls).map(({ status, count }) => `${count} ${statusWord(status)}`);
  return `${controls.length} controls: ${counts.join(", ")}; ${evaluatedResources.count} resources judged; target ${target ?? "not understood"}`;
}

/** A waiver that covers nothing leaves the finding that it was for open as well: first, where eight findings do not hide why. */
const WAIVERS = "META-07";
const ECHO = "META-02";

/** Controls with findings by clause; a control with several clauses stands under its first: once is enough. */
export function byClause(controls: readonly ControlDecision[]): ReadonlyMap<string, readonly ControlDecision[]> {
  const groups = new Map<string, ControlDecision[]>();
  for (const control of [...controls].sort((a, b) => place(a) - place(b))) {
    if (control.findings.length === 0) continue;
    const clause = control.clauses[0] ?? "no clause";
    groups.set(clause, [...(groups.get(clause) ?? []), control]);
  }
  return groups;
}

// META-02 repeats what other controls could not know: behind them, where it hides nothing.
function place({ id }: ControlDecision): number {
  return id === WAIVERS ? 0 : id === ECHO ? 2 : 1;
}

/** A finding that somebody answers for. */
export function isWaived({ waiver }: Finding): boolean {
  return waiver !== undefined;
}

/** The gravest open findings: what fails before what is not known, and within both by severity. */
export function gravest(controls: readonly ControlDecision[], most: number): ReadonlySet<Finding> {
  const open = controls.flatMap((control) =>
    control.findings
      .filter((finding) => !isWaived(finding))
      .map((finding) => ({
        finding,
        rank: [place(control), finding.status === "fail" ? 0 : 1, -SEVERITIES.indexOf(finding.severity)],
      })),
  );
  const before = (a: readonly number[], b: readonly number[]) =>
    a.map((one, i) => one - b[i]!).find((by) => by !== 0) ?? 0;
  return new Set(
    open
      .sort((a, b) => before(a.rank, b.rank))
      .slice(0, most)
      .map(({ finding }) => finding),
  );
}

/** Why a finding does not count: waived in itself or with its control, or waiting for a module. */
export function setAside({ status, reason }: ControlDecision, finding: Finding): string | undefined {
  if (finding.waiver !== undefined) return `waived ${answering(finding.waiver)}`;
  if (status === "waived" || status === "pending") return reason === undefined ? status : `${status}: ${reason}`;
  return undefined;
}

/** What a waiver or an attestation of the finding repeats, by the names that the JSON decisions give it. */
export function digestsOf({ expectedDigest, valueDigest }: Finding): ReadonlyArray<readonly [string, string]> {
  return Object.entries({ expectedDigest, valueDigest }).flatMap(([name, hex]) =>
    hex === undefined ? [] : [[name, hex]],
  );
}

/**
 * Whether a finding fails the gate: a fail, or an unknown of a grave control, in decisions whose verdict is fail.
 * Where `--fail-on` let some fails pass beside others that did not, all of them count here.
 */
export function counts({ verdict }: Decisions, control: ControlDecision, finding: Finding): boolean {
  if (verdict === "pass" || setAside(control, finding) !== undefined) return false;
  return finding.status !== "unknown" || isGrave(finding.severity);
}

function isGrave(severity: Severity): boolean {
  return severity === "high" || severity === "critical";
}

/** Who answers for a finding, until when and why, in one line. */
function answering({ kind, by, approver, ticket, reason, evidence, at, expires }: FindingWaiver): string {
  if (kind === "attestation") {
    const seen = evidence === undefined ? "" : `: ${evidence.reference}, SHA-256 ${evidence.digest}`;
    return `attested by ${by} on ${at}, until ${expires}${seen}`;
  }
  return `by ${by}, approved by ${approver} on ${at}, ticket ${ticket}, until ${expires}: ${reason}`;
}

/** Target, digests, day of the waivers and tools as names and values, in the order of the record. */
export function basisOf({ target, digests, waiversAsOf, tools }: Decisions): ReadonlyArray<readonly [string, string]> {
  return [
    ["target", target ?? "not understood"],
    ...Object.entries(digests).map(([name, hex]) => [`${name} SHA-256`, hex ?? "not given"] as const),
    ...(waiversAsOf === undefined ? [] : [["waivers as of", waiversAsOf] as const]),
    ...Object.entries(tools).map(([name, version]) => [name, version] as const),
  ];
}
