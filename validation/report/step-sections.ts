// SPDX-License-Identifier: Apache-2.0
import {
  entriesOf,
  type IqRow,
  type Observation,
  type RunRecord,
  type StepOutcome,
  stepOutcomes,
  untiedSource,
} from "../evidence";
import { html, type SafeHtml } from "../gate/escape/html";
import { canonicalJson } from "../json";
import { code, evidenceList, facts, findingCount, reading, table, tag } from "./parts";

/** Steps of one kind: each a block that opens, those that did not pass open already. */
export function stepsSection(record: RunRecord, kind: "IQ" | "OQ", title: string): SafeHtml {
  const outcomes = stepOutcomes(record.protocols, record.entries).filter((o) => o.protocol.kind === kind);
  const times = stepTimes(record);
  return html`<section id="${kind.toLowerCase()}">
<h2>${title}</h2>
${outcomes.map((outcome) => stepBlock(outcome, times.get(`${outcome.protocol.id} ${outcome.step.id}`) ?? ""))}</section>
`;
}

function stepTimes({ entries }: RunRecord): Map<string, string> {
  const times = new Map<string, string>();
  for (const { at, body } of entriesOf(entries, "step-started"))
    times.set(`${body.protocol} ${body.step}`, `${at} to `);
  for (const { at, body } of entriesOf(entries, "step-finished")) {
    const key = `${body.protocol} ${body.step}`;
    times.set(key, `${times.get(key) ?? ""}${at}`);
  }
  return times;
}

function stepBlock({ step, finished }: StepOutcome, time: string): SafeHtml {
  const result = finished?.result ?? "NO RESULT";
  const summary = html`<summary>${tag(result)} <span class="id">${step.id}</span> <h3>${step.title}</h3></summary>`;
  const body = html`${facts([
    ["Controls", step.controls.join(", ")],
    ["Requirements", step.requirements.join(", ")],
    ["Clauses", step.clauses.join(", ")],
    ["Challenge", step.kind ?? ""],
    ["Principal, protocol", step.principal ?? ""],
    ["Principal, calls", finished?.principal ? code(finished.principal) : ""],
    ["Action", step.action],
    ["Layer that must refuse", step.layer ?? ""],
    ["Layer that refused", finished?.layer ?? ""],
    ["Expected", step.expected],
    ["Acceptance", step.acceptance],
    ["Actual", finished?.actual === "" ? "" : html`<pre>${finished?.actual ?? "no result recorded"}</pre>`],
    ["Positive twin", step.twin ?? ""],
    ["Twin, observed", observation(finished?.twin)],
    ["Mutant without the layer", step.mutant ?? ""],
    ["Mutant, observed", observation(finished?.mutant)],
    ["Reason", finished?.reason ?? ""],
    ["Time", time],
    ["Evidence", evidenceList(finished?.evidence ?? [])],
  ])}${finished?.rows ? rowsTable(finished.rows) : html``}`;
  return result === "PASS"
    ? html`<details>${summary}\n${body}</details>\n`
    : html`<details open>${summary}\n${body}</details>\n`;
}

function observation(seen: Observation | undefined): SafeHtml | string {
  return seen ? html`${tag(seen.result)} ${seen.actual}` : "";
}

function rowsTable(rows: readonly IqRow[]): SafeHtml {
  return table(
    ["Result", "Attribute", "Readings"],
    rows.map((row) => [tag(row.result), code(row.attribute), readings(row)]),
  );
}

/** Four sources, those that say the same told once: `config = plan = state = live`, and the value. */
function readings(row: IqRow): SafeHtml {
  const sources = new Map<string, string[]>();
  for (const source of ["config", "plan", "state", "live"] as const) {
    const said = canonicalJson(row[source]);
    sources.set(said, [...(sources.get(said) ?? []), source]);
  }
  const groups = [...sources.values()].map(
    (names) =>
      html`<div class="reading"><span class="soft">${names.join(" = ")}</span> ${reading(row[names[0] as "config"])}</div>`,
  );
  return html`${groups}`;
}

/** Steps that were not run or do not apply, and rows that could not be read, each with its reason. */
export function notRunSection({ protocols, entries }: RunRecord): SafeHtml {
  const outcomes = stepOutcomes(protocols, entries);
  const steps = outcomes.filter(
    ({ finished }) => finished?.result === "NOT RUN" || finished?.result === "NOT APPLICABLE",
  );
  const rows = outcomes.flatMap(({ finished }) => finished?.rows ?? []).filter((row) => row.result === "NOT AVAILABLE");
  return html`<section id="not-run">
<h2>Not run</h2>
${table(
  ["Result", "Step or resource", "What", "Reason"],
  [
    ...steps.map(({ step, finished }) => [tag(finished!.result), code(step.id), step.title, finished!.reason ?? ""]),
    ...rows.map((row) => [
      tag(row.result),
      code(row.address),
      html`live value of ${code(row.attribute)}`,
      row.live.kind === "not-available" ? row.live.reason : "",
    ]),
  ],
)}</section>
`;
}

/** Failed and blocked steps and those without a result, for each of which a deviation record is to be opened; and what departs knowingly. */
export function deviationsSection(record: RunRecord): SafeHtml {
  const deviating = stepOutcomes(record.protocols, record.entries).filter(
    ({ finished }) => !finished || finished.result === "FAIL" || finished.result === "BLOCKED",
  );
  const steps =
    deviating.length === 0
      ? html`<p>No step departed from its protocol.</p>
`
      : table(
          ["Result", "Step", "Expected", "Actual", "Reason"],
          deviating.map(({ step, finished }) => [
            tag(finished?.result ?? "NO RESULT"),
            code(step.id),
            step.expected,
            finished?.actual ?? "no result recorded",
            finished?.reason ?? "",
          ]),
        );
  return html`<section id="deviations">
<h2>Deviations</h2>
${steps}<h3>Known departures</h3>
<ul>
${knownDepartures(record)}</ul>
</section>
`;
}

/** What was known before the run or has no step of its own, with the section that tells it. */
function knownDepartures({ summary, entries, commitments }: RunRecord): SafeHtml {
  const untied = untiedSource(summary);
  const found = entriesOf(entries, "gate-decided").flatMap(({ body }) => body.findings);
  const committed = commitments.plans.flatMap(({ findings }) => findings).length;
  const waiting = new Set(
    entriesOf(entries, "gate-decided").flatMap(({ body }) => body.pending.map(({ control }) => control)),
  );
  const drifted = entriesOf(entries, "second-plan").flatMap(({ body }) => body.drift).length;
  const items: [string, string, string][] = [
    ...(untied ? ([["target", "Sources", untied]] as [string, string, string][]) : []),
    ["plans", "Gate findings", `${findingCount(found)}, committed by the target profile with the reason: ${committed}`],
    [
      "plans",
      "Controls that decided nothing yet",
      waiting.size === 0 ? "none" : `${[...waiting].sort().join(", ")}: pending, in every plan that names them`,
    ],
    [
      "plans",
      "Read back otherwise than applied",
      `${drifted} resources; attributes that the target profile commits with a reason: ${commitments.drift.length}`,
    ],
    ["not-run", "Steps not run", String(summary.counts.notRun)],
    ["not-run", "IQ rows not available live", String(summary.iqRows.notAvailable)],
  ];
  return html`${items.map(([section, name, text]) => html`<li><a href="#${section}">${name}</a>: ${text}</li>\n`)}`;
}
