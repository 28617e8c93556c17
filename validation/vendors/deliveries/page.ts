// SPDX-License-Identifier: Apache-2.0
import { contentSecurityPolicy, html, SafeHtml } from "../../gate/escape/html";
import { pageStyle } from "../../report/style";
import type { ArrivalRow } from "./arrivals";
import { type ArrivalsReport, countsOf, ledgerSentence, minute, needsAttention, recordWord } from "./report";

/** Times stay on one line; a hash breaks anywhere, or it would push the last column out of sight. */
const COLUMNS = `.when { white-space: nowrap; }
.hash { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.8em; color: var(--soft); overflow-wrap: anywhere; }
`;

/** The arrivals as one HTML file without script, that loads nothing. The same report gives the same bytes. */
export function arrivalsPage(report: ArrivalsReport): string {
  const { study, asOf, rows, ledger } = report;
  const style = `${pageStyle(`Arrivals ${study}`, `as of ${minute(asOf)} UTC`)}${COLUMNS}`;
  const open = rows.filter(({ problems }) => problems.length > 0);
  const rest = rows.filter(({ problems }) => problems.length === 0);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new SafeHtml(contentSecurityPolicy(style))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Arrivals ${study}, ${minute(asOf)} UTC</title>
<style>${new SafeHtml(style)}</style>
</head>
<body>
<header>
<h1>Arrivals of ${study}</h1>
<dl class="head">
<div><dt>As of</dt><dd>${minute(asOf)} UTC</dd></div>
<div><dt>Ledger</dt><dd>${ledger.entries} entries</dd></div>
</dl>
</header>
<main>
<p class="verdict ${needsAttention(report) ? "failed" : "complete"}">${verdict(report)}</p>
<p>Ledger: ${ledgerSentence(report)}.</p>
<ul class="counts">
${countsOf(rows).map(([status, count]) => html`<li><data value="${count}">${count}</data>${status}</li>\n`)}</ul>
${section("needs-a-look", "Needs a look", open)}${section("in-order", "In order", rest)}</main>
<footer>
<p>Times are UTC. Verified: the SHA-256 that the sender stated is that of the bytes received. Promoted: the record lies locked in the record bucket. Put there by its sender: a system of one's own wrote it into that bucket, and nobody says when one is due. Of what the settings expect nothing is due either. What happened to one file says <code>part11 prove</code>.</p>
</footer>
</body>
</html>
`;
  return page.text;
}

function verdict({ rows, ledger }: ArrivalsReport): string {
  const open = rows.filter(({ problems }) => problems.length > 0).length;
  if (ledger.problems.length > 0) return "The ledger does not hold: this page may be wrong.";
  return open === 0 ? "Everything that was due has come and is in order." : `${open} of ${rows.length} need a look.`;
}

function section(id: string, title: string, rows: readonly ArrivalRow[]): SafeHtml {
  if (rows.length === 0) return html``;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<div class="wide">
<table>
<thead><tr><th scope="col">Status</th><th scope="col">Vendor</th><th scope="col">File</th><th scope="col">Due</th><th scope="col">Received</th><th scope="col">Bytes</th><th scope="col">Record</th></tr></thead>
<tbody>
${rows.map(tableRow)}</tbody>
</table>
</div>
</section>
`;
}

const TONE: Readonly<Record<string, string>> = {
  overdue: "fail",
  refused: "fail",
  failed: "fail",
  verified: "pass",
  arrived: "pass",
};

function tableRow(row: ArrivalRow): SafeHtml {
  const { status, vendor, delivery, due, version, problems } = row;
  const name = version?.name ?? delivery?.files ?? "";
  const notes = problems.map(({ kind, says }) => html`<br><strong>${kind}</strong>: ${says}`);
  const blinding = delivery?.blinding === "unblinded" ? html` <strong>unblinded</strong>` : html``;
  const hash = version ? html`<br>SHA-256 <span class="hash">${version.sha256 ?? "unknown"}</span>` : html``;
  return html`<tr><td data-label="Status"><span class="tag ${TONE[status] ?? ""}">${status}</span></td><td data-label="Vendor">${vendor}</td><td data-label="File"><code>${name}</code>${blinding}${notes}${hash}</td><td data-label="Due" class="when">${due === null ? "never" : minute(due)}</td><td data-label="Received" class="when">${version ? minute(version.receivedAt) : "not yet"}</td><td data-label="Bytes">${version?.bytes ?? ""}</td><td data-label="Record">${recordWord(row)}</td></tr>
`;
}
