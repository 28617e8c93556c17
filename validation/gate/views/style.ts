// SPDX-License-Identifier: Apache-2.0

/** The only style sheet of the HTML view, inline, so that the file needs nothing beside it. Text on its ground has a contrast of at least 4.5. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1b1f24; --soft: #57606a; --line: #d8dee4; --ground: #f6f8fa; --good: #116329; --bad: #a40e26; --doubt: #7d4e00; --aside: #57606a; --on: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #0d1117; --ink: #e6edf3; --soft: #9aa4af; --line: #30363d; --ground: #161b22; --good: #56d364; --bad: #ff8f87; --doubt: #e3b341; --aside: #9aa4af; --on: #0d1117; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
header, main { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
main { padding-bottom: 3rem; }
h1 { font-size: 1rem; font-weight: 600; color: var(--soft); margin: 1.5rem 0 0.5rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 0.75rem; }
h3 { font-size: 0.95rem; font-weight: 600; color: var(--soft); margin: 1.5rem 0 0.5rem; }
h4 { font-size: 1rem; margin: 0; }
p { margin: 0.4rem 0; }
code, .id { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.875em; overflow-wrap: anywhere; }
.id { white-space: nowrap; color: var(--soft); }
.soft { color: var(--soft); }
.verdict { font-size: 1.6rem; font-weight: 600; margin: 0 0 1rem; }
.verdict .tag { font-size: 1.1rem; vertical-align: 0.15em; margin-right: 0.3rem; }
.counts { list-style: none; display: flex; flex-wrap: wrap; gap: 0.4rem 1.5rem; margin: 0; padding: 0.75rem 0; border: solid var(--line); border-width: 1px 0; color: var(--soft); }
.counts b { color: var(--ink); font-size: 1.15rem; }
.tag { display: inline-block; border-radius: 1em; padding: 0 0.7em; font-size: 0.8rem; font-weight: 600; color: var(--on); background: var(--aside); white-space: nowrap; }
.tag.good { background: var(--good); }
.tag.bad { background: var(--bad); }
.tag.doubt { background: var(--doubt); }
article { border: 1px solid var(--line); border-radius: 8px; padding: 0.75rem 1rem; margin: 0 0 0.75rem; break-inside: avoid; }
.finding { border-left: 3px solid var(--aside); padding-left: 0.75rem; margin: 0.75rem 0 0.25rem; }
.finding.bad { border-color: var(--bad); }
.finding.doubt { border-color: var(--doubt); }
.address { font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin: 0.3rem 0; }
.finding dl { grid-template-columns: minmax(4.75rem, max-content) 1fr; gap: 0.15rem 0.5rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; font-size: 0.9rem; }
@media (max-width: 640px) {
  dl:not(.finding dl) { grid-template-columns: 1fr; gap: 0; }
  dl:not(.finding dl) dd { margin-bottom: 0.3rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; }
  tr { padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  td { border: 0; padding: 0.1rem 0; }
  td:not(:first-child) { display: inline-block; margin-right: 1rem; }
  td:not(:first-child, :nth-child(2))::before { content: attr(data-label) " "; color: var(--soft); font-size: 0.85rem; }
}
@media print {
  .tag { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .table { overflow: visible; }
}
`;
