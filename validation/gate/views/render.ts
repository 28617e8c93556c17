// SPDX-License-Identifier: Apache-2.0
import { githubView } from "./github";
import { htmlView } from "./html";
import { jsonView } from "./json";
import { junitView } from "./junit";
import { markdownView } from "./markdown";
import { oscalView } from "./oscal";
import { isRefusal, type Outcome } from "./outcome";
import type { Places } from "./places";
import { sarifView } from "./sarif";
import { decisionText, refusalText, type TextOptions } from "./text";

export const FORMATS = ["text", "json", "sarif", "junit", "markdown", "github", "html", "oscal"] as const;
export type Format = (typeof FORMATS)[number];

export interface RenderOptions {
  /** `@default` no colours, lines as long as they are */
  readonly text?: TextOptions;
  /** Where findings are, for the formats that point at lines. `@default` the first line of the plan */
  readonly places?: Places;
  /** When it was judged, for the formats that must say so. `@default` now */
  readonly now?: Date;
}

const FIRST_LINE: Places = () => ({ file: "plan.json", line: 1 });

const VIEWS: Readonly<Record<Format, (outcome: Outcome, options: Required<RenderOptions>) => string>> = {
  text: (outcome, { text }) => (isRefusal(outcome) ? refusalText(outcome) : decisionText(outcome, text)),
  json: jsonView,
  sarif: (outcome, { places }) => sarifView(outcome, places),
  junit: junitView,
  markdown: markdownView,
  github: (outcome, { places }) => githubView(outcome, places),
  html: htmlView,
  oscal: (outcome, { now }) => oscalView(outcome, now),
};

/** One view of an outcome, as it is written to stdout or to a file. */
export function render(
  format: Format,
  outcome: Outcome,
  { text = { colour: false }, places = FIRST_LINE, now = new Date() }: RenderOptions = {},
): string {
  return VIEWS[format](outcome, { text, places, now });
}
