// SPDX-License-Identifier: Apache-2.0
import { html, type SafeHtml } from "../../gate/escape/html";
import type { Shape, Tint } from "../drawing";
import type { Figure } from "../model";

const FILL: Readonly<Record<Tint, string>> = {
  good: "#a6e0b4",
  bad: "#f2aab4",
  warn: "#f5d98b",
  soft: "#eaeef2",
  paper: "#ffffff",
};

/** The picture inline as SVG of attributes only, which the page's policy allows. */
export function figure({ title, description, drawing }: Figure, anchor: string): SafeHtml {
  const { width, height, shapes } = drawing;
  return html`<figure>
<svg viewBox="0 0 ${width} ${height}" width="${width * 1.6}" role="img" aria-labelledby="${anchor}">
${shapes.map(shapeSvg)}</svg>
<figcaption id="${anchor}">${title}. ${description}</figcaption>
</figure>
`;
}

function shapeSvg(shape: Shape): SafeHtml {
  if (shape.shape === "box") {
    const { x, y, width, height, fill } = shape;
    return html`<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${FILL[fill]}" stroke="#57606a" stroke-width="0.6"/>\n`;
  }
  if (shape.shape === "line") {
    return html`<line x1="${shape.x1}" y1="${shape.y1}" x2="${shape.x2}" y2="${shape.y2}" stroke="#57606a" stroke-width="0.8"/>\n`;
  }
  const weight = shape.bold ? "bold" : "normal";
  return html`<text x="${shape.x}" y="${shape.y}" font-size="${shape.size}" font-weight="${weight}" fill="#1b1f24">${shape.text}</text>\n`;
}
