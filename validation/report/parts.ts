// SPDX-License-Identifier: Apache-2.0
import type { EvidenceRef, GateFinding, Reading } from "../evidence";
import { html, type SafeHtml } from "../gate/escape/html";
import { canonicalJson } from "../json";

/** A result as a coloured word; the word itself says it all, for print without colour. */
export function tag(result: string): SafeHtml {
  return html`<span class="tag ${result.toLowerCase().replace(/[^a-z]+/g, "-")}">${result}</span>`;
}

/** Table with a head; on a narrow screen each row becomes a card with the column names inside. */
export function table(columns: readonly string[], rows: readonly (readonly (SafeHtml | string)[])[]): SafeHtml {
  if (rows.length === 0) return html`<p class="soft">None.</p>`;
  const cells = (row: readonly (SafeHtml | string)[]) =>
    row.map((c, i) => html`<td data-label="${columns[i]!}">${c}</td>`);
  return html`<div class="wide"><table>
<thead><tr>${columns.map((name) => html`<th>${name}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody>
</table></div>
`;
}

/** Names and values, in the order given; empty values are left out. */
export function facts(pairs: readonly (readonly [string, SafeHtml | string])[]): SafeHtml {
  const shown = pairs.filter(([, value]) => value !== "");
  return html`<dl class="facts">
${shown.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>
`;
}

export function code(text: string): SafeHtml {
  return html`<code>${text}</code>`;
}

/** Evidence files as links below the bundle, with their digests. */
export function evidenceList(refs: readonly EvidenceRef[]): SafeHtml | string {
  if (refs.length === 0) return "";
  return html`${refs.map(({ path, sha256 }) => html`<div><a href="${path}">${code(path)}</a> <span class="soft id">${sha256.slice(0, 16)}…</span></div>`)}`;
}

/** A reading in words, its value as JSON text. */
export function reading(value: Reading): SafeHtml | string {
  if (value.kind === "value" || value.kind === "default") {
    const text = typeof value.value === "object" ? JSON.stringify(value.value, null, 1) : JSON.stringify(value.value);
    const read = html`<pre>${text ?? ""}</pre>`;
    return value.kind === "value" ? read : html`${read} the default when nobody sets it: ${value.source}`;
  }
  return value.kind === "not-available" ? `not available: ${value.reason}` : value.kind.replace("-", " ");
}

/**
 * How many findings, and how many different ones where that is less: a control may find the same of one attribute twice,
 * once in each region, and a target profile commits it once.
 */
export function findingCount(findings: readonly GateFinding[]): string {
  const different = new Set(findings.map((found) => canonicalJson({ ...found }))).size;
  return different === findings.length ? String(different) : `${findings.length} (${different} different)`;
}
