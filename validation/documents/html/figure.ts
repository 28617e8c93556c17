// SPDX-License-Identifier: Apache-2.0
import { html, type SafeHtml } from "../../gate/escape/html";
import { arrowHead } from "../arrow-head";
import type { Shape, Tint } from "../drawing";
import type { Figure } from "../model";

const FILL: Readonly<Record<Tint, string>> = {
  good: "#a6e0b4",
  bad: "#f2aab4",
  warn: "#f5d98b",
  soft: "#eaeef2",
  paper: "#ffffff",
};

/** Pixels of a point: the smallest letters are read on a screen. */
export const SCALE = 1.6;

/** The picture inline as SVG of attributes only, which the page's policy allows; on a phone it is moved sideways. */
export function figure(block: Figure, anchor: string): SafeHtml {
  const { title, description, drawing } = block;
  return html`<figure>
<div class="picture" tabindex="0" role="group" aria-label="${title}">
<svg viewBox="0 0 ${drawing.width} ${drawing.height}" width="${drawing.width * SCALE}" role="img" aria-labelledby="${anchor}-title ${anchor}-desc">
${named(block, anchor)}${drawing.shapes.map(shapeSvg)}</svg>
</div>
<figcaption>${title}. ${description}</figcaption>
</figure>
`;
}

/** Name and description inside a picture, for those who do not see it. */
export function named({ title, description }: Figure, anchor: string): SafeHtml {
  return html`<title id="${anchor}-title">${title}</title>\n<desc id="${anchor}-desc">${description}</desc>\n`;
}

export function shapeSvg(shape: Shape): SafeHtml {
  if (shape.shape === "box") {
    const { x, y, width, height, fill, dashed } = shape;
    const stroke = dashed
      ? html`stroke="#a40e26" stroke-width="1.2" stroke-dasharray="3 2"`
      : html`stroke="#57606a" stroke-width="0.6"`;
    return html`<rect class="${fill}" x="${x}" y="${y}" width="${width}" height="${height}" fill="${FILL[fill]}" ${stroke}/>\n`;
  }
  if (shape.shape === "line") {
    const { x1, y1, x2, y2, arrow } = shape;
    const line = html`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#57606a" stroke-width="0.8"/>\n`;
    const corners = arrowHead(shape).map((corner) => corner.join(","));
    return arrow ? html`${line}<polygon points="${corners.join(" ")}" fill="#57606a"/>\n` : line;
  }
  const weight = shape.bold ? "bold" : "normal";
  return html`<text x="${shape.x}" y="${shape.y}" font-size="${shape.size}" font-weight="${weight}" fill="#1b1f24">${shape.text}</text>\n`;
}
