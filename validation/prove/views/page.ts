// SPDX-License-Identifier: Apache-2.0
import { contentSecurityPolicy, html, SafeHtml } from "../../gate/escape/html";
import { pageStyle } from "../../report/style";
import type { ProofFacts, StoredVersion } from "../facts";
import type { Link, LinkState } from "../judge/link";
import type { Proof, VerdictKind } from "../judge/proof";
import {
  copiesOf,
  EVENT_COLUMNS,
  eventCells,
  eventsOf,
  MIRROR_COLUMNS,
  mirrorCells,
  STATE_WORDS,
  subjectText,
  TRAIL_COLUMNS,
  TRANSFER_COLUMNS,
  trailCells,
  transferCells,
  versionLines,
} from "./lines";

/** Columns of hashes, keys and ARNs; the words of the others stay whole. */
const LONG: readonly string[] = ["Says", "Link", "Object", "By", "Path", "Request", "Of"];

/** Hashes and keys break anywhere, or they would push the rest out of sight. */
const OWN_STYLE = `.verdict { font-weight: 600; }
.links td, .records .long, .name { overflow-wrap: anywhere; }
.records td { overflow-wrap: break-word; }
.records .long { min-width: 6rem; }
.links td:first-child { width: 9rem; }
.links td:nth-child(2) { width: 10rem; font-weight: 600; }
.records { font-size: 0.86em; }
.tag.holds { background: var(--good); }
.tag.fails { background: var(--bad); }
.tag.none { background: var(--soft); }
@media (max-width: 640px) {
  .links td::before { content: none; }
  .links td:first-child, .links td:nth-child(2) { display: inline-block; width: auto; padding-right: 0; }
}
`;

const VERDICT_TONES: Readonly<Record<VerdictKind, string>> = {
  "unmodified-since-manifest": "complete",
  "unmodified-since-receipt": "complete",
  fails: "failed",
  "not-looked-at": "open",
};
const STATE_TONES: Readonly<Record<LinkState, string>> = {
  holds: "holds",
  fails: "fails",
  "not-looked-at": "open",
  "not-applicable": "none",
};

/** The proof as one HTML file without script, that loads nothing. The same proof gives the same bytes. */
export function proofPage({ verdict, links, facts }: Proof): string {
  const { subject, asOf, object, replica, ledger, trail, transfer } = facts;
  const style = `${pageStyle(`Proof of ${subject.bucket}`, `as of ${asOf}`)}${OWN_STYLE}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new SafeHtml(contentSecurityPolicy(style))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Proof of ${subject.key}</title>
<style>${new SafeHtml(style)}</style>
</head>
<body>
<header>
<h1>Proof of one file</h1>
<p class="name"><code>${subjectText(facts)}</code></p>
<dl class="head">
<div><dt>As of</dt><dd>${asOf}</dd></div>
${"seen" in ledger ? html`<div><dt>Ledger</dt><dd>chain ${ledger.seen.chain}, ${ledger.seen.entries} entries</dd></div>` : html``}
</dl>
</header>
<main>
<p class="verdict ${VERDICT_TONES[verdict.kind]}">${verdict.sentence}</p>
${linksSection(links)}${versionSection("object", "The version", "seen" in object ? object.seen : null)}${recordsSection("events", "Events of the ledger", EVENT_COLUMNS, eventsOf(facts).map(eventCells))}${recordsSection("copies", "Their copies in the audit bucket", MIRROR_COLUMNS, copiesOf(facts).map(mirrorCells))}${trailSection(trail)}${recordsSection("transfer", "Log of the transfer", TRANSFER_COLUMNS, transfer && "seen" in transfer ? transfer.seen.lines.map(transferCells) : [])}${versionSection("replica", "The second copy", replica !== "none" && "seen" in replica ? replica.seen.version : null)}</main>
<footer>
<p>Times are UTC. Unmodified is said only when every link that applies was looked at and holds. What it means, and which rights it takes: <code>docs/guides/prove-a-file.md</code>. Who made this page is not shown by it: keep it with the name of whoever ran <code>part11 prove</code>.</p>
</footer>
</body>
</html>
`;
  return page.text;
}

function linksSection(links: readonly Link[]): SafeHtml {
  const rows = links.map(
    ({ state, title, says }) =>
      html`<tr><td data-label="Result"><span class="tag ${STATE_TONES[state]}">${STATE_WORDS[state]}</span></td><td data-label="Link">${title}</td><td data-label="What was seen">${says}</td></tr>\n`,
  );
  return html`<section aria-labelledby="links">
<h2 id="links">Link by link</h2>
<div class="wide"><table class="links">
<thead><tr><th scope="col">Result</th><th scope="col">Link</th><th scope="col">What was seen</th></tr></thead>
<tbody>
${rows}</tbody>
</table></div>
</section>
`;
}

function versionSection(id: string, title: string, version: StoredVersion | null): SafeHtml {
  if (!version) return html``;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<dl class="facts">
${versionLines(version).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>
</section>
`;
}

function trailSection(trail: ProofFacts["trail"]): SafeHtml {
  if ("unseen" in trail) return html``;
  const { source, from, until, events } = trail.seen;
  const where = html`<p class="soft">${source}, written between ${from} and ${until}.</p>`;
  return recordsSection("trail", "Records of CloudTrail", TRAIL_COLUMNS, events.map(trailCells), where);
}

function recordsSection(
  id: string,
  title: string,
  columns: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
  note: SafeHtml = html``,
): SafeHtml {
  if (rows.length === 0) return html``;
  const cell = (text: string, index: number) => {
    const column = columns[index]!;
    return html`<td data-label="${column}" class="${LONG.includes(column) ? "long" : ""}">${text}</td>`;
  };
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${note}<div class="wide"><table class="records">
<thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody>
</table></div>
</section>
`;
}
