// SPDX-License-Identifier: Apache-2.0
import { READ_ONLY, type RunRecord, SEAL_MEANING, untiedSource } from "../evidence";
import { contentSecurityPolicy, html, SafeHtml } from "../gate/escape/html";
import { approvalsSection, attemptsSection, PROVISIONAL } from "./approval-sections";
import { basisSection, cannotShowSection } from "./limits-sections";
import { conclusionSection, plansSection, protocolsSection, targetSection } from "./run-sections";
import { deviationsSection, notRunSection, stepsSection } from "./step-sections";
import { pageStyle } from "./style";

/**
 * The report of a run: one HTML file without script, that loads nothing, readable on a phone and on paper.
 * The same record gives the same bytes.
 */
export function renderReport(record: RunRecord): string {
  const { summary } = record;
  const { bundle, target, status, system, environment } = summary;
  const emulator = target.kind === "emulator";
  const provisional = summary.execution?.provisional === true;
  const untied = untiedSource(summary);
  const readOnly = target.access === "read-only";
  const title = emulator ? "Development evidence report" : readOnly ? "Read-only report" : "Qualification report";
  const marked = [
    status,
    ...(provisional ? [`PROVISIONAL: ${PROVISIONAL}`] : []),
    ...(readOnly ? [`READ-ONLY: ${READ_ONLY}`] : []),
  ].join(", ");
  const style = pageStyle(`${bundle}, ${system}`, `${target.name}, ${marked}`);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new SafeHtml(contentSecurityPolicy(style))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} ${bundle}</title>
<style>${new SafeHtml(style)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<dl class="head">
${headItems([
  ["Document", bundle],
  ["System", system],
  ["Target", `${target.name} (${target.kind})`],
  ["Environment", environment],
  ["Status", marked],
  ["Run", `${summary.startedAt} to ${summary.finishedAt}`],
])}</dl>
${emulator ? html`<p class="banner">Development evidence, not qualification: the target is an emulator. Locks of the environment ${environment} last one day; production was judged by the gate and not applied.</p>` : html``}
${provisional ? html`<p class="banner">PROVISIONAL: ${PROVISIONAL}.</p>` : html``}
${readOnly ? html`<p class="banner">READ-ONLY: ${READ_ONLY}. No refusal was seen; every step that writes is NOT RUN, by name.</p>` : html``}
${untied ? html`<p class="banner">This evidence was ${untied}.</p>` : html``}
</header>
<main>
${conclusionSection(record)}${approvalsSection(record)}${attemptsSection(record)}${targetSection(record)}${plansSection(record)}${protocolsSection(record)}${stepsSection(record, "IQ", "Installation qualification")}${stepsSection(record, "OQ", "Operational qualification")}${notRunSection(record)}${deviationsSection(record)}${cannotShowSection(record)}${basisSection(record)}${personSection(record)}</main>
<footer>
<p>${bundle}, ${system}, ${target.name}, ${marked}. Seal: ${SEAL_MEANING}. Check this folder with <code>part11 verify</code> and a key that you got from the signer. Journal head <span class="id">${summary.journalHead}</span>.</p>
</footer>
</body>
</html>
`;
  return page.text;
}

function headItems(items: readonly (readonly [string, string])[]): readonly SafeHtml[] {
  return items.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`);
}

/** What software leaves to people: 21 CFR 11.10(a), 11.50; EU GMP Annex 15 on deviations. */
function personSection({ summary }: RunRecord): SafeHtml {
  const open = [
    "Review and approve protocols and this report: performed by, reviewed by, approved by quality, each with printed name, date and time, and meaning (21 CFR 11.50). What stands in this bundle are approval records of protocols, where there are any, and never such a signature.",
    "Assess the adequacy of this tool for its intended use, and keep that record (EU GMP Annex 11 §4.7, 2011).",
    "Record the id of the seal's key outside the bundle, as the run printed it: whoever can rewrite a bundle can seal it again with another key.",
    "Deposit the bundle, with the public key of its seal obtained separately, in a store that cannot be changed.",
  ];
  if (summary.problems.length > 0)
    open.unshift(
      `Open a deviation for each of the ${summary.problems.length} problems, find the cause, decide, and repeat the run; keep this bundle.`,
    );
  if (summary.target.kind === "emulator") {
    open.unshift(
      `Run the qualification on AWS, all ${summary.counts.planned} steps of it: what passed here was seen on an emulator only.`,
    );
  }
  if (summary.target.access === "read-only") {
    open.unshift(
      `Execute the ${summary.counts.notRun} steps that were not run in a qualification environment, and show that this one is equivalent to it: nothing that writes was tried here.`,
    );
  }
  return html`<section id="open">
<h2>What a person must still do</h2>
<ul>
${open.map((item) => html`<li>${item}</li>\n`)}</ul>
</section>
`;
}
