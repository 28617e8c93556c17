// SPDX-License-Identifier: Apache-2.0
import {
  clocksInWords,
  type EvidenceRef,
  entriesOf,
  type GateFinding,
  identityInWords,
  loginInWords,
  type RunRecord,
} from "../../evidence";
import { canonicalJson } from "../../json";
import { type Block, type Inline, NOT_RECORDED, type Table } from "../model";
import { code, facts, ids, paragraph, result, table } from "./blocks";

/** Where and when the run was, by whom, on which inputs. */
export function environmentBlocks({ summary, entries }: RunRecord): readonly Block[] {
  const start = entriesOf(entries, "run-started")[0]?.body;
  const target = entriesOf(entries, "target")[0]?.body;
  const { source } = summary;
  const operator = start ? [start.operator.name, start.operator.host].filter(Boolean).join(" on ") : NOT_RECORDED;
  return [
    facts(
      ["Run", code(summary.bundle)],
      ["Begin and end", `${summary.startedAt} to ${summary.finishedAt} (UTC, clock of the machine)`],
      ["Second source of time", clocksInWords(summary.clocks)],
      ["Target", `${summary.target.name} (${summary.target.kind})`],
      ["Account", target ? code(target.account) : NOT_RECORDED],
      ["Regions", target ? ids(target.regions) : NOT_RECORDED],
      ["Partition", NOT_RECORDED],
      ["Environment", summary.environment],
      [
        "State, serial and lineage",
        `${NOT_RECORDED}; the state itself is left out, since it may hold sensitive values`,
      ],
      ["Source commit", source.commit === null ? "under no version control" : code(source.commit)],
      ["Uncommitted changes", source.dirty === null ? "unknown" : source.dirty ? "yes" : "no"],
      ["Executor, as STS says", start?.executor ? identityInWords(start.executor) : NOT_RECORDED],
      ["Executor, as the machine says", start?.executor ? loginInWords(start.executor) : NOT_RECORDED],
      ["Started by", `login "${operator}" of the machine, which identifies no person`],
      ["Machine principals", principals(entries)],
      ["Head of the journal", code(summary.journalHead)],
    ),
  ];
}

function principals(entries: RunRecord["entries"]): readonly Inline[] {
  const named = new Set(entriesOf(entries, "step-finished").flatMap(({ body }) => body.principal ?? []));
  const lines = [...named].sort().map((arn): Inline => ({ code: arn }));
  return lines.length > 0 ? lines : [NOT_RECORDED];
}

export function toolsTable({ entries }: Pick<RunRecord, "entries">): Table {
  const tools = entriesOf(entries, "tool-versions").flatMap(({ body }) => body.tools);
  return table(
    "Tools and materials of the run",
    { Name: 36, Version: 18, "SHA-256": 46 },
    tools.map(({ name, version, sha256 }) => [name, version, sha256 ? code(sha256) : "none recorded"]),
  );
}

/** Plans with their gate decisions, applies and second plans: what installed the thing that was tested. */
export function plansTable({ entries, commitments }: RunRecord): Table {
  const rows = commitments.plans.map(({ plan, findings, reason }) => {
    const of = <T extends { readonly body: { readonly plan: string } }>(all: readonly T[]) =>
      all.filter(({ body }) => body.plan === plan).map(({ body }) => body as T["body"]);
    const made = of(entriesOf(entries, "plan-made"))[0];
    const gate = of(entriesOf(entries, "gate-decided"))[0];
    const apply = of(entriesOf(entries, "apply-finished"))[0];
    const second = of(entriesOf(entries, "second-plan"))[0];
    const found = gate
      ? `${distinct(gate.findings)} findings, ${distinct(findings)} of them committed before the run`
      : "";
    return [
      plan,
      made ? code(made.planSha256) : NOT_RECORDED,
      gate ? [{ result: gate.verdict.toUpperCase() }, found, ...(reason ? [reason] : [])] : "not judged",
      apply ? `${apply.status}, exit code ${apply.exitCode}, ${apply.resources} resources` : "not applied",
      second ? secondPlan(second) : "none made",
    ] as const;
  });
  return table(
    "Plans: by SHA-256, judged, applied, planned again",
    { Plan: 14, "SHA-256 of the plan file": 24, Gate: 30, Apply: 16, "Second plan": 16 },
    rows,
  );
}

/** A finding is one control at one attribute of one resource; the gate may tell it several times. */
export function distinct(findings: readonly GateFinding[]): number {
  return new Set(findings.map(canonicalJson)).size;
}

function secondPlan({
  changes,
  drift,
  exitCode,
}: {
  changes: readonly string[];
  drift: readonly unknown[];
  exitCode: number;
}) {
  const first =
    exitCode === 0 && changes.length === 0 ? "no change" : `exit code ${exitCode}, ${changes.length} changes`;
  return `${first}; ${drift.length} resources read back otherwise, without asking for a change`;
}

/** Preflight: whether the environment of the test behaves as the steps rely on. */
export function preflightTable({ entries }: RunRecord): Table {
  const checks = entriesOf(entries, "preflight").flatMap(({ body }) => body.checks);
  return table(
    "Checks of the test environment before the run",
    { Check: 30, Result: 10, Expected: 30, Observed: 30 },
    checks.map(({ id, title, result: got, expected, actual }) => [
      [{ code: id }, title],
      result(got),
      expected ?? "the check could not be made",
      actual,
    ]),
  );
}

/** What no result on this target speaks for. */
export function limitsBlocks({ commitments, summary }: RunRecord): readonly Block[] {
  const { cannotShow } = commitments;
  if (cannotShow.length === 0) return [paragraph(`The target's profile commits no limit of ${summary.target.name}.`)];
  return [
    table(
      "What this target cannot show, committed before the run",
      { "Property of AWS": 26, "Why nothing here speaks for it": 74 },
      cannotShow.map(({ property, reason }) => [property, reason]),
    ),
  ];
}

/** Every file of evidence with where it came from. */
export function evidenceIndex({ entries }: RunRecord, of: (type: string, protocol?: string) => boolean): Table {
  const seen = new Set<string>();
  const rows = entries.flatMap(({ at, type, body }) => {
    const named = body as { readonly protocol?: string; readonly step?: string; readonly plan?: string };
    if (!of(type, named.protocol)) return [];
    const source = [type, named.step ?? named.plan ?? named.protocol].filter(Boolean).join(" ");
    return refsIn(body)
      .filter(({ path }) => !seen.has(path) && seen.add(path))
      .map((ref) => [code(ref.path), source, at, mediaType(ref.path), String(ref.size), code(ref.sha256)]);
  });
  return table(
    "Files of evidence in the bundle",
    { File: 26, Source: 18, "Collected (UTC)": 12, "Media type": 11, Bytes: 8, "SHA-256": 25 },
    rows,
  );
}

function refsIn(body: object): readonly EvidenceRef[] {
  const isRef = (value: unknown): value is EvidenceRef =>
    typeof value === "object" && value !== null && "path" in value && "sha256" in value && "size" in value;
  return Object.values(body)
    .flatMap((value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter(isRef);
}

function mediaType(file: string): string {
  if (file.endsWith(".json")) return "application/json";
  return file.endsWith(".jsonl") ? "application/jsonl" : "text/plain";
}
