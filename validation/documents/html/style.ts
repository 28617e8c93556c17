// SPDX-License-Identifier: Apache-2.0
import { headItems, stampOf } from "../head-lines";
import type { DocumentHead } from "../model";
import { cssString } from "./css-string";

/** Narrow letters where there are any: labels are cut to the width of those of the PDF. */
export const PICTURE_FONT = '"DejaVu Sans Condensed", "Segoe UI", Roboto, Arial, sans-serif';

/** The only style sheet of a document: no font, picture or script is fetched. */
const STYLE = `
:root { --ink: #1b1f24; --soft: #57606a; --line: #8c959f; --ground: #f6f8fa; --good: #116329; --bad: #a40e26; --warn: #7d4e00; }
* { box-sizing: border-box; }
body { margin: 0; overflow-wrap: anywhere; color: var(--ink); background: #fff; font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
header, main, nav, footer { max-width: 70rem; margin: 0 auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0.75rem 0 0.25rem; line-height: 1.25; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; padding-top: 0.75rem; border-top: 2px solid var(--line); }
h3 { font-size: 1rem; margin: 1rem 0 0.25rem; }
p, li { max-width: 75ch; }
p { margin: 0.5rem 0; }
a { color: #0550ae; }
code { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.86em; white-space: pre-wrap; overflow-wrap: anywhere; }
.stamp { border: 2px solid var(--bad); color: var(--bad); font-weight: 700; padding: 0.35rem 0.75rem; margin: 1rem 0 0; max-width: none; }
.warning { background: #fff8c5; border: 1px solid var(--warn); border-radius: 6px; padding: 0.6rem 1rem; font-weight: 600; max-width: none; }
.head { display: flex; flex-wrap: wrap; gap: 0.1rem 1.5rem; margin: 0.25rem 0 0.75rem; color: var(--soft); }
.head div { display: flex; gap: 0.4rem; }
.head dt { font-weight: 600; flex: none; }
.head dd, .facts dd { margin: 0; overflow-wrap: anywhere; }
nav ol { columns: 18rem; padding-left: 1.5rem; }
.facts { display: grid; grid-template-columns: 12rem minmax(0, 1fr); gap: 0.2rem 1rem; margin: 0.5rem 0; }
.facts dt { color: var(--soft); }
.facts dd { white-space: pre-wrap; }
table { border-collapse: collapse; width: 100%; margin: 0.75rem 0; table-layout: fixed; }
caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.6rem; border: 1px solid var(--line); overflow-wrap: anywhere; font-weight: 400; }
thead th { background: var(--ground); font-weight: 600; }
.lines td, .lines th { height: 4rem; }
td:empty { height: 2rem; }
.result { font-weight: 700; color: var(--warn); }
.good { color: var(--good); }
.bad { color: var(--bad); }
details { border: 1px solid var(--line); border-radius: 6px; margin: 0.4rem 0; padding: 0 0.75rem; }
summary { cursor: pointer; padding: 0.45rem 0.75rem; margin: 0 -0.75rem; background: var(--ground); border-radius: 6px; overflow-wrap: anywhere; }
summary h3 { display: inline; margin: 0; }
figure { margin: 0.75rem 0; }
.picture { overflow-x: auto; }
.picture svg { max-width: 100%; height: auto; display: block; font-family: ${PICTURE_FONT}; }
figcaption { color: var(--soft); font-size: 0.9em; }
footer { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 0.75rem; padding-bottom: 1.5rem; color: var(--soft); font-size: 0.9em; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .facts dd { margin-bottom: 0.5rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, caption, tbody, tr, td, tbody th { display: block; width: 100%; }
  tr { border: 1px solid var(--line); border-radius: 6px; margin-bottom: 0.5rem; padding: 0.25rem 0; }
  td, tbody th { border: 0; padding: 0.15rem 0.6rem; }
  tbody th { font-weight: 600; }
  td::before { content: attr(data-label); display: block; font-size: 0.8em; font-weight: 600; color: var(--soft); }
  .lines td, .lines th { height: auto; }
  .lines td:empty { min-height: 3rem; border-bottom: 1px solid var(--line); margin: 0 0.6rem 0.4rem; width: auto; padding: 0; }
}
@media screen and (max-width: 640px) {
  .picture svg { max-width: none; width: 44rem; }
}
@media print {
  body { font-size: 9.5pt; }
  header, main, footer { max-width: none; padding: 0; }
  nav { display: none; }
  h2, h3, summary, caption, thead { break-after: avoid; }
  tr, .warning, figure { break-inside: avoid; }
  details { border: 0; padding: 0; }
  summary { margin: 0; }
  details::details-content { content-visibility: visible; height: auto; }
  .picture { overflow: visible; }
  .warning, thead th, summary, .picture rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

/** Style with the running head and foot of every printed page. */
export function pageStyle(head: DocumentHead): string {
  const [system, environment, ...control] = headItems(head).map(([name, value]) => `${name}: ${value}`);
  const box = (place: string, text: string) =>
    `@${place} { content: ${cssString(text)}; font-size: 6.5pt; vertical-align: middle; }`;
  return `${STYLE}@page { size: A4; margin: 26mm 14mm 18mm; ${[
    box("top-left", `${head.title} ${head.id}. ${system}`),
    box("top-center", stampOf(head)),
    box("top-right", `${environment}. ${control.join(". ")}`),
    box("bottom-left", `${head.confidentiality}`),
    box("bottom-center", `Status ${head.status}`),
    `@bottom-right { content: "Page " counter(page) " of " counter(pages); font-size: 6.5pt; }`,
  ].join(" ")} }\n`;
}
