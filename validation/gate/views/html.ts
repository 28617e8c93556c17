// SPDX-License-Identifier: Apache-2.0
import type { ControlDecision, Decisions, Finding } from "../decisions";
import { contentSecurityPolicy, html, SafeHtml } from "../escape/html";
import { subjectsLine } from "../subjects";
import {
  basisOf,
  byClause,
  counts,
  digestsOf,
  isRefusal,
  type Outcome,
  type Refusal,
  setAside,
  statusWord,
  type Tone,
  tally,
  toneOf,
} from "./outcome";
import { STYLE } from "./style";

/** One HTML file without script that loads nothing, light or dark as the reader has it, readable on a phone and on paper. */
export function htmlView(outcome: Outcome): string {
  const title = isRefusal(outcome)
    ? "part11 gate: could not judge"
    : `part11 gate: ${outcome.verdict}, ${outcome.environment}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new SafeHtml(contentSecurityPolicy(STYLE))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new SafeHtml(STYLE)}</style>
</head>
<body>
${isRefusal(outcome) ? refusedBody(outcome) : decidedBody(outcome)}</body>
</html>
`;
  return page.text;
}

function refusedBody({ error }: Refusal): SafeHtml {
  return html`<header><h1>part11 gate</h1>
<p class="verdict bad">${word("bad", "error")} could not judge</p></header>
<main><p><code>${error.code}</code> ${error.message}</p></main>
`;
}

function decidedBody(decisions: Decisions): SafeHtml {
  const { verdict, environment, controls, evaluatedResources } = decisions;
  const tone: Tone = verdict === "pass" ? "good" : "bad";
  return html`<header><h1>part11 gate</h1>
<p class="verdict ${tone}">${word(tone, verdict)} ${environment}</p>
<ul class="counts">
${tally(controls).map(({ status, count }) => html`<li><b>${count}</b> ${statusWord(status)}</li>\n`)}<li><b>${evaluatedResources.count}</b> resources judged</li>
</ul></header>
<main>
<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
${findings(decisions)}</section>
<section aria-labelledby="controls"><h2 id="controls">All ${controls.length} controls</h2>
<div class="table"><table>
<thead><tr><th scope="col">Control</th><th scope="col">Status</th><th scope="col">Severity</th><th scope="col">Clauses</th></tr></thead>
<tbody>
${controls.map(row)}</tbody>
</table></div></section>
<section aria-labelledby="basis"><h2 id="basis">Digests and tools</h2>
<dl>
${basisOf(decisions).map(([name, value]) => html`<dt>${name}</dt><dd><code>${value}</code></dd>\n`)}</dl></section>
</main>
`;
}

function findings(decisions: Decisions): SafeHtml {
  const groups = [...byClause(decisions.controls)];
  if (groups.length === 0) return html`<p class="soft">None.</p>\n`;
  return html`${groups.map(
    ([clause, controls]) => html`<h3>21 CFR ${clause}</h3>
${controls.map((control) => controlCard(decisions, control))}`,
  )}`;
}

function controlCard(decisions: Decisions, control: ControlDecision): SafeHtml {
  const { id, title, status, reason } = control;
  return html`<article>
<h4><span class="id">${id}</span> ${title}</h4>
${toneOf(status) === "aside" ? html`<p class="soft">${statusWord(status)}${reason === undefined ? "" : `: ${reason}`}</p>\n` : html``}${control.findings.map((finding) => findingItem(decisions, control, finding))}</article>
`;
}

function findingItem(decisions: Decisions, control: ControlDecision, finding: Finding): SafeHtml {
  const { address, attribute, status, severity, expected, actual, construct, fix } = finding;
  const aside = setAside(control, finding);
  const tone: Tone = counts(decisions, control, finding) ? "bad" : aside === undefined ? "doubt" : "aside";
  const pairs: ReadonlyArray<readonly [string, SafeHtml | string]> = [
    ["attribute", html`<code>${attribute}</code>`],
    ["want", html`<code>${expected}</code>`],
    ["got", html`<code>${actual}</code>`],
    ...(construct === null ? [] : [["in", html`<code>${construct}</code>`] as const]),
    ["fix", fix],
    ...(aside === undefined ? [] : [["set aside", aside] as const]),
    ...digestsOf(finding).map(([name, hex]) => [name, html`<code>${hex}</code>`] as const),
  ];
  return html`<div class="finding ${tone}">
<p>${word(tone, `${status} ${severity}`)} <code class="address">${address}</code></p>
<dl>
${pairs.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>
</div>
`;
}

function row({ id, title, status, severity, clauses, reason, subjects }: ControlDecision): SafeHtml {
  const notes = [
    ...(reason === undefined ? [] : [reason]),
    ...(subjects === undefined ? [] : [subjectsLine(subjects)]),
  ];
  return html`<tr><td data-label="Control"><span class="id">${id}</span> ${title}${notes.map((note) => html`<br><span class="soft">${note}</span>`)}</td><td data-label="Status">${word(toneOf(status), statusWord(status))}</td><td data-label="Severity">${severity}</td><td data-label="Clauses">${clauses.join(", ")}</td></tr>
`;
}

/** A coloured word that says it all without its colour. */
function word(tone: Tone, text: string): SafeHtml {
  return html`<span class="tag ${tone}">${text}</span>`;
}
