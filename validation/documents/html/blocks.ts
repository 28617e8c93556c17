// SPDX-License-Identifier: Apache-2.0
import { html, type SafeHtml } from "../../gate/escape/html";
import { APPROVAL_COLUMNS, approvalRows, HISTORY_COLUMNS, historyRows } from "../lines-to-sign";
import { type Block, type Cell, type Column, type Fact, type Inline, linesOf, type RecordBlock } from "../model";
import { toneOf } from "../tone";
import { figure } from "./figure";

/** @param anchor id of a section's heading */
export function blockHtml(block: Block, anchor: string): SafeHtml {
  switch (block.kind) {
    case "heading":
      return block.level === 2 ? html`<h2 id="${anchor}">${block.text}</h2>\n` : html`<h3>${block.text}</h3>\n`;
    case "paragraph":
      return block.tone ? html`<p class="warning">${block.text}</p>\n` : html`<p>${block.text}</p>\n`;
    case "facts":
      return facts(block.items);
    case "table":
      return table(block.caption, block.columns, block.rows);
    case "list":
      return html`<ul>\n${block.items.map((item) => html`<li>${item}</li>\n`)}</ul>\n`;
    case "figure":
      return figure(block, anchor);
    case "record":
      return record(block);
    case "approvals":
      return html`<div class="lines">${table(block.caption, APPROVAL_COLUMNS, approvalRows(block))}</div>\n`;
    case "history":
      return table("Revision history", HISTORY_COLUMNS, historyRows(block));
  }
}

function facts(items: readonly Fact[]): SafeHtml {
  return html`<dl class="facts">\n${items.map(({ name, value }) => html`<dt>${name}</dt><dd>${cell(value)}</dd>\n`)}</dl>\n`;
}

/** On a narrow screen each row becomes a card with the column names inside. */
function table(caption: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): SafeHtml {
  if (rows.length === 0) return html`<p>${caption}: none.</p>\n`;
  const total = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => html`<col width="${Math.round((share / total) * 100)}%">`);
  const heads = columns.map(({ title }) => html`<th scope="col">${title}</th>`);
  const cells = (row: readonly Cell[]) =>
    row.map((value, i) =>
      i === 0 && value !== ""
        ? html`<th scope="row">${cell(value)}</th>`
        : html`<td data-label="${columns[i]!.title}">${cell(value)}</td>`,
    );
  return html`<table>
<caption>${caption}</caption>
<colgroup>${widths}</colgroup>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody>
</table>
`;
}

/** Closed where it passed: a reader opens what interests, paper shows all. */
function record({ id, title, result, items, tables }: RecordBlock): SafeHtml {
  const head = html`<summary>${result === undefined ? html`` : html`${resultText(result)} `}<code>${id}</code> <h3>${title}</h3></summary>`;
  const body = html`${facts(items)}${tables.map((t) => table(t.caption, t.columns, t.rows))}`;
  return result === undefined || toneOf(result) === "good"
    ? html`<details>${head}\n${body}</details>\n`
    : html`<details open>${head}\n${body}</details>\n`;
}

function cell(value: Cell): SafeHtml {
  const [first, ...rest] = linesOf(value);
  if (first === undefined) return html``;
  return rest.length === 0 ? inline(first) : html`${[first, ...rest].map((line) => html`<div>${inline(line)}</div>`)}`;
}

function inline(value: Inline): SafeHtml {
  if (typeof value === "string") return html`${value}`;
  return "code" in value ? html`<code>${value.code}</code>` : resultText(value.result);
}

function resultText(result: string): SafeHtml {
  const tone = toneOf(result);
  return html`<span class="result${tone === "open" ? "" : ` ${tone}`}">${result}</span>`;
}
