// SPDX-License-Identifier: Apache-2.0
import { contentSecurityPolicy, html, SafeHtml } from "../../gate/escape/html";
import { headItems, stampOf } from "../head-lines";
import type { DocumentModel } from "../model";
import { blockHtml } from "./blocks";
import { pageStyle } from "./style";

/** A document as one HTML file without script, that loads nothing; the same document gives the same bytes. */
export function renderHtml({ head, asOf, blocks }: DocumentModel): string {
  const style = pageStyle(head);
  const sections = blocks.flatMap((block, i) => (block.kind === "heading" && block.level === 2 ? [{ block, i }] : []));
  const items = [["Document", head.id], ...headItems(head), ["Status", head.status]] as const;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new SafeHtml(contentSecurityPolicy(style))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${head.id} ${head.title}</title>
<style>${new SafeHtml(style)}</style>
</head>
<body>
<header>
<p class="stamp">${stampOf(head)}</p>
<h1>${head.title}</h1>
<dl class="head">
${items.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
</header>
<nav aria-label="Sections">
<ol>
${sections.map(({ block, i }) => html`<li><a href="#block-${i}">${block.text}</a></li>\n`)}</ol>
</nav>
<main>
${blocks.map((block, i) => blockHtml(block, `block-${i}`))}</main>
<footer>
<p>${head.id}, version ${head.version}, ${stampOf(head)}. ${head.confidentiality}. Contents as of ${asOf} (UTC).</p>
</footer>
</body>
</html>
`.text;
}
