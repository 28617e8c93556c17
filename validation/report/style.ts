// SPDX-License-Identifier: Apache-2.0
/** The only style sheet of a report, inline, so that the file needs nothing beside it. */
export const STYLE = `
:root { --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --ground: #f6f8fa; --good: #116329; --bad: #a40e26; --warn: #7d4e00; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
main, header, footer { max-width: 70rem; margin: 0 auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 1rem 0 0.25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; padding-top: 0.75rem; border-top: 2px solid var(--line); }
h3 { font-size: 1rem; margin: 0; display: inline; font-weight: 600; }
p { margin: 0.5rem 0; max-width: 75ch; }
code, pre, .id { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.86em; overflow-wrap: anywhere; }
pre { margin: 0; white-space: pre-wrap; }
header { border-bottom: 1px solid var(--line); padding-bottom: 0.75rem; }
.head { display: flex; flex-wrap: wrap; gap: 0.15rem 1.5rem; margin: 0; color: var(--soft); }
.head div { display: flex; gap: 0.4rem; }
.head dt { font-weight: 600; }
.head dd, .facts dd { margin: 0; overflow-wrap: anywhere; }
.facts dd { white-space: pre-wrap; }
a { color: #0550ae; }
.banner { background: #fff8c5; border: 1px solid #d4a72c; border-radius: 6px; padding: 0.6rem 1rem; font-weight: 600; margin: 1rem 0 0; max-width: none; }
.verdict { border-left: 6px solid var(--warn); background: var(--ground); padding: 0.6rem 1rem; margin: 1rem 0; max-width: none; font-size: 1.05rem; }
.verdict.complete { border-color: var(--good); }
.verdict.failed { border-color: var(--bad); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; margin: 0.5rem 0; }
.facts dt { color: var(--soft); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.6rem; border: 1px solid var(--line); overflow-wrap: break-word; }
td code, td .id { overflow-wrap: break-word; }
th { background: var(--ground); white-space: nowrap; font-weight: 600; }
details { border: 1px solid var(--line); border-radius: 6px; margin: 0.4rem 0; }
summary { cursor: pointer; padding: 0.45rem 0.75rem; background: var(--ground); border-radius: 6px; overflow-wrap: anywhere; }
details > .facts, details > .wide, details > p { margin: 0.5rem 0.75rem; }
.reading { margin: 0 0 0.35rem; }
.tag { display: inline-block; border-radius: 1em; padding: 0 0.6em; font-size: 0.8em; font-weight: 700; color: #fff; background: var(--warn); white-space: nowrap; }
.tag.pass, .tag.complete { background: var(--good); }
.tag.fail, .tag.failed, .tag.error { background: var(--bad); }
.counts { list-style: none; display: flex; flex-wrap: wrap; gap: 0.5rem; padding: 0; margin: 0.5rem 0; }
.counts li { border: 1px solid var(--line); border-radius: 6px; padding: 0.35rem 0.8rem; text-align: center; min-width: 6rem; }
.counts data { display: block; font-size: 1.4rem; font-weight: 700; }
.soft { color: var(--soft); }
footer { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 0.75rem; padding-bottom: 1.5rem; color: var(--soft); font-size: 0.9em; }
@media (max-width: 640px) {
  .facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: 0.4rem; }
  table, tbody, tr, td { display: block; width: 100%; }
  thead { display: none; }
  tr { border: 1px solid var(--line); border-radius: 6px; margin-bottom: 0.5rem; padding: 0.25rem 0; }
  td { border: 0; padding: 0.15rem 0.6rem; }
  td, td code, td .id { overflow-wrap: anywhere; }
  td::before { content: attr(data-label); display: block; font-size: 0.8em; font-weight: 600; color: var(--soft); }
}
@media print {
  body { font-size: 10pt; }
  main, header, footer { max-width: none; padding: 0; }
  h2, summary { break-after: avoid; }
  tr { break-inside: avoid; }
  td, td code, td .id { overflow-wrap: anywhere; }
  details { border: 0; }
  details::details-content { content-visibility: visible; height: auto; }
  .wide { overflow: visible; }
  .tag, .banner, .verdict, th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@page { margin: 18mm 14mm; @bottom-right { content: "page " counter(page) " of " counter(pages); font-size: 8pt; } }
`;

/** Running head and foot of every printed page. Takes ids only: letters, digits, `.`, `_`, `-`, `:`, `+`, commas and spaces; anything else is left out. */
export function pageStyle(head: string, foot: string): string {
  const plain = (text: string) => text.replace(/[^A-Za-z0-9._,:+ -]/g, "");
  return `${STYLE}@page { @top-left { content: "${plain(head)}"; font-size: 8pt; } @bottom-left { content: "${plain(foot)}"; font-size: 8pt; } }\n`;
}
