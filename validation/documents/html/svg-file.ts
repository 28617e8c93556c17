// SPDX-License-Identifier: Apache-2.0
import { html, SafeHtml } from "../../gate/escape/html";
import type { Figure } from "../model";
import { named, SCALE, shapeSvg } from "./figure";
import { PICTURE_FONT } from "./style";

/** Colours of a dark screen; paper stays light. */
const STYLE = `
svg { background: #ffffff; font-family: ${PICTURE_FONT}; }
@media screen and (prefers-color-scheme: dark) {
  svg { background: #0d1117; }
  text { fill: #e6edf3; }
  line { stroke: #9198a1; }
  polygon { fill: #9198a1; }
  rect { stroke: #9198a1; }
  rect[stroke-dasharray] { stroke: #ff7b72; }
  .good { fill: #12431f; } .bad { fill: #67161f; } .warn { fill: #513b04; } .soft { fill: #21262d; } .paper { fill: #161b22; }
}
`;

/** A picture as a file of its own that loads nothing and runs nothing. */
export function svgFile(figure: Figure): string {
  const { width, height, shapes } = figure.drawing;
  return html`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" lang="en" viewBox="0 0 ${width} ${height}" width="${width * SCALE}" height="${Math.round(height * SCALE)}" role="img" aria-labelledby="picture-title picture-desc">
${named(figure, "picture")}<style>${new SafeHtml(STYLE)}</style>
${shapes.map(shapeSvg)}</svg>
`.text;
}
