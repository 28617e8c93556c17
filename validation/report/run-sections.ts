// SPDX-License-Identifier: Apache-2.0
import {
  clocksInWords,
  type Executor,
  entriesOf,
  identityInWords,
  loginInWords,
  type PendingControl,
  type PlannedPlan,
  type RunRecord,
  stepOutcomes,
  totalsOf,
} from "../evidence";
import { html, type SafeHtml } from "../gate/escape/html";
import { code, evidenceList, facts, findingCount, table, tag } from "./parts";

const EXECUTION_LABELS: Readonly<Record<string, string>> = { provisional: "provisional", attempt: "attempt" };

const CLOCK_LABELS: Readonly<Record<string, string>> = {
  "clocks.kind": "Second source of time",
  "clocks.startSkewMs": "Its skew at the start, ms",
  "clocks.endSkewMs": "Its skew at the end, ms",
};

const COUNT_LABELS: ReadonlyArray<readonly [string, string]> = [
  ["planned", "planned"],
  ["executed", "executed"],
  ["passed", "passed"],
  ["failed", "failed"],
  ["blocked", "blocked"],
  ["notRun", "not run"],
  ["notApplicable", "not applicable"],
  ["iqRows.total", "IQ rows"],
  ["iqRows.passed", "IQ rows passed"],
  ["iqRows.failed", "IQ rows failed"],
  ["iqRows.notAvailable", "IQ rows not available"],
  ["problems", "problems"],
];

/** Conclusion, problems and the counts with their identity. */
export function conclusionSection(record: RunRecord): SafeHtml {
  const { summary } = record;
  const { counts } = summary;
  const identity = `planned ${counts.planned} = executed ${counts.executed} + blocked ${counts.blocked} + not run ${counts.notRun} + not applicable ${counts.notApplicable}`;
  return html`<section id="conclusion">
<h2>Conclusion</h2>
<p class="verdict ${summary.status.toLowerCase()}">${tag(summary.status)} ${summary.conclusion}</p>
${summary.target.kind === "emulator" ? html`<p>Every step is to be repeated on AWS; ${counts.notRun} of them were not run here, each with its reason. <a href="#cannot-show">What this target cannot show</a>.</p>\n` : html``}<ul class="counts">
${COUNT_LABELS.map(([name, label]) => html`<li>${total(record, name)}${label}</li>\n`)}</ul>
<p>${rowsInWords(record)}</p>
<p>Time: ${clocksInWords(summary.clocks)}.</p>
<p>Identity: ${identity}; ${summary.identityHolds ? "it holds." : "it does not hold: a planned step has no result."}</p>
${facts([
  ["Status", total(record, "status")],
  ...Object.keys(summary.execution ?? {}).map((name) => [EXECUTION_LABELS[name]!, total(record, name)] as const),
  ...Object.entries(CLOCK_LABELS)
    .filter(([name]) => totalsOf(summary).has(name))
    .map(([name, label]) => [label, total(record, name)] as const),
  ["Bundle", total(record, "bundle")],
  ["Journal head", html`<span class="id">${total(record, "journalHead")}</span>`],
])}<h3>Problems</h3>
${table(
  ["Status", "Where", "What"],
  summary.problems.map((p) => [tag(p.status), code(p.where), p.what]),
)}</section>
`;
}

/** A row that passed because nothing is there says less than one that passed with a value. */
function rowsInWords({ protocols, entries }: RunRecord): string {
  const rows = stepOutcomes(protocols, entries).flatMap(({ finished }) => finished?.rows ?? []);
  const passed = rows.filter(({ result }) => result === "PASS");
  const valued = passed.filter(({ live }) => live.kind === "value").length;
  const unseen = rows.filter(({ result }) => result === "NOT AVAILABLE").length;
  return `IQ rows passed: ${valued} with a value read back, ${passed.length - valued} absent or at their default, as configured. Not available live: ${unseen}.`;
}

/** The element that `part11 verify` compares with summary.json. */
function total({ summary }: RunRecord, name: string): SafeHtml {
  const value = totalsOf(summary).get(name)!;
  return html`<data class="total" id="total-${name}" value="${value}">${value}</data>`;
}

/** Who executed, as the target and the machine say. */
function executorFacts(executor: Executor | undefined): ReadonlyArray<readonly [string, string]> {
  if (!executor) return [];
  return [
    ["Executor, as STS says", identityInWords(executor)],
    ["Executor, as the machine says", loginInWords(executor)],
  ];
}

/** Target, account, patches, tools, preflight. */
export function targetSection({ entries }: RunRecord): SafeHtml {
  const start = entriesOf(entries, "run-started")[0]?.body;
  const target = entriesOf(entries, "target")[0]?.body;
  const tools = entriesOf(entries, "tool-versions").flatMap(({ body }) => body.tools);
  const preflights = entriesOf(entries, "preflight").map(({ body }) => body);
  const checks = preflights.flatMap((body) => body.checks);
  return html`<section id="target">
<h2>Target and tools</h2>
${facts([
  ["Target", target ? `${target.name} (${target.kind})` : "not recorded"],
  ["Account", target?.account ?? "not recorded"],
  ["Regions", target?.regions.join(", ") ?? "not recorded"],
  ["Environment", start?.environment ?? "not recorded"],
  ...executorFacts(start?.executor),
  [
    "Login on the machine (no identified person)",
    start ? `${start.operator.name}${start.operator.host ? ` on ${start.operator.host}` : ""}` : "not recorded",
  ],
  ["Source commit", start?.source.commit ?? "unknown"],
  ["Uncommitted changes", start?.source.dirty === null || !start ? "unknown" : start.source.dirty ? "yes" : "no"],
])}${table(
  ["Tool", "Version", "SHA-256"],
  tools.map(({ name, version, sha256 }) => [name, version, sha256 ? code(sha256) : ""]),
)}<details><summary><h3>Patches of the target</h3> (${target?.patches.length ?? 0})</summary>
${table(
  ["Patch", "Source"],
  (target?.patches ?? []).map(({ id, source }) => [code(id), source]),
)}</details>
<details><summary><h3>Preflight</h3> (${checks.length})</summary>
${preflights.map(
  (
    body,
  ) => html`<p>Done from ${body.startedAt} to ${body.finishedAt}, before the journal was opened: what the target did when it was tried, before anything of the stack was there. Requests and answers: ${evidenceList(body.evidence)}</p>
`,
)}${table(
  ["Result", "Check", "Expected", "Observed"],
  checks.map((c) => [tag(c.result), html`${code(c.id)} ${c.title}`, c.expected ?? "", c.actual]),
)}</details>
</section>
`;
}

/** Plans, gate decisions, applies and second plans. */
export function plansSection({ entries, commitments }: RunRecord): SafeHtml {
  const sections = commitments.plans.map((planned) => {
    const { plan, findings, reason } = planned;
    const of = <T extends { readonly body: { readonly plan: string } }>(all: readonly T[]) =>
      all.filter((e) => e.body.plan === plan);
    const gates = of(entriesOf(entries, "gate-decided"));
    const applies = of(entriesOf(entries, "apply-finished"));
    const seconds = of(entriesOf(entries, "second-plan"));
    return html`<details open><summary><h3>Plan ${plan}</h3> ${gates.map(({ body }) => html`gate: ${tag(body.verdict)}${intended(planned, body.verdict)}${waiting(body.pending)} `)}</summary>
${facts([
  ["Why findings are intended", reason ?? ""],
  ...of(entriesOf(entries, "plan-made")).flatMap(({ body }) => [
    ["Plan file, SHA-256", code(body.planSha256)] as const,
    ["Made", `${body.startedAt} to ${body.finishedAt}`] as const,
    ["Synthesized stack", evidenceList(body.evidence)] as const,
    ...Object.entries(body.digests).map(([name, digest]) => [`${name}, SHA-256`, code(digest)] as const),
  ]),
  ...gates.flatMap(({ body }) => [
    ["Judged document", evidenceList([body.facts])] as const,
    ["Decisions", evidenceList([body.decisions])] as const,
    ["Findings", `${findingCount(body.findings)}, committed by the target profile: ${findings.length}`] as const,
    ["Pending, decided nothing", pendingList(body.pending)] as const,
  ]),
  ...applies.map(
    ({ body }) => ["Apply", `${body.status}, exit code ${body.exitCode}, ${body.resources} resources`] as const,
  ),
  ...seconds.flatMap(({ body }) => [
    [
      "Read back otherwise than applied",
      body.drift.length === 0
        ? "nothing"
        : html`${body.drift.length} resources, without asking for a change: ${evidenceList(body.evidence)}`,
    ] as const,
  ]),
  ...seconds.map(
    ({ body }) =>
      [
        "Second plan",
        body.changes.length === 0 && body.exitCode === 0
          ? "empty"
          : `not empty, exit code ${body.exitCode}: ${body.changes.join(", ")}`,
      ] as const,
  ),
])}${gates.map(({ body }) =>
  body.findings.length === 0
    ? html``
    : table(
        ["Control", "Address", "Attribute", "Status"],
        body.findings.map((f) => [code(f.control), code(f.address), code(f.attribute), tag(f.status.toUpperCase())]),
      ),
)}</details>
`;
  });
  return html`<section id="plans">
<h2>Plans and gate decisions</h2>
${sections}<details><summary><h3>What may read back otherwise than applied</h3> (${commitments.drift.length} attributes, committed by the target profile)</summary>
${table(
  ["Type", "Attribute", "Reason"],
  commitments.drift.map(({ type, attribute, reason }) => [code(type), code(attribute), reason]),
)}</details>
</section>
`;
}

function waiting(pending: readonly PendingControl[]): string {
  return pending.length === 0 ? "" : `, ${pending.length} pending`;
}

/** A verdict says nothing of these controls, so it never stands without their names. */
function pendingList(pending: readonly PendingControl[]): SafeHtml | string {
  if (pending.length === 0) return "none";
  return html`<ul>${pending.map(({ control, title, reason }) => html`<li>${code(control)} ${title}: ${reason}</li>`)}</ul>`;
}

/** The word beside a red verdict that was meant to be red; whether the findings are exactly the committed ones is the conclusion's matter. */
function intended({ findings, reason }: PlannedPlan, verdict: string): string {
  return verdict === "fail" && findings.length > 0 && reason !== undefined
    ? ` intended: ${findings.length} committed`
    : "";
}

/** Protocols with the hash that was fixed before their first step. */
export function protocolsSection({ entries }: RunRecord): SafeHtml {
  return html`<section id="protocols">
<h2>Protocols</h2>
${table(
  ["Protocol", "Kind", "Steps", "Fixed at", "SHA-256"],
  entriesOf(entries, "protocol-fixed").map(({ at, body }) => [
    code(body.protocol),
    body.kind,
    String(body.steps),
    at,
    code(body.protocolSha256),
  ]),
)}</section>
`;
}
