// SPDX-License-Identifier: Apache-2.0
import * as fc from "fast-check";

/** Strings that are put into whole views too, which takes longer than the escapers alone. */
export const WHOLE_VIEWS = process.env.PART11_FULL === "1" ? 500 : 125;

/** What breaks out of one sink or another, whole and in parts. */
const PIECES = [
  ...[
    "<",
    ">",
    "&",
    '"',
    "'",
    "</p>",
    "</style>",
    "</title>",
    "<script>alert(1)</script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
  ],
  ...[
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "&lt;",
    "&#60;",
    "&amp;#60;",
    "<?xml?>",
    "<!DOCTYPE a>",
    "]>",
  ],
  ...[
    "::error::x",
    "::add-mask::x",
    "\n::set-env name=A::b",
    "##[group]",
    "##vso[task.setvariable]",
    "%0A",
    "%25",
    ":",
    ",",
  ],
  ...[
    "::stop-commands::x",
    "##teamcity[message]",
    "\r\n",
    "\n",
    "\r",
    "\t",
    "\v",
    "\f",
    "\u0000",
    "\u0007",
    "\u001b[2J",
  ],
  ...[
    "\u001b]8;;http://x\u0007",
    "\u009b31m",
    "\u0085",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\u00ad",
  ],
  ...["\ud800", "\udc00", "\ufffe", "\uffff", "\u3164", "\ufe0f", "\u{e0041}", "\u{1f512}", "ü", "試験"],
  ...[
    "`",
    "``",
    "```",
    "~~~",
    "|",
    "\\",
    "\\|",
    "\\`",
    "*",
    "**",
    "_",
    "__",
    "~~",
    "[",
    "]",
    "](http://x)",
    "[a](http://x)",
  ],
  ...[
    "![a](http://x)",
    "[a]: http://x",
    "http://example.org",
    "www.example.org",
    "a@example.org",
    "@octocat",
    "@org/team",
  ],
  ...[
    "#1",
    "GH-1",
    "org/repo#1",
    "deadbeefdeadbeef",
    "deadbeef",
    ":smile:",
    "# h",
    "- a",
    "1. a",
    "> q",
    "---",
    "===",
    "| a |",
  ],
  ...[
    "|---|",
    "$x$",
    "$$",
    "\\(x\\)",
    "^[n]",
    "[^1]",
    "{0}",
    "{{",
    "$\u007bx}",
    "%s",
    " ",
    "  ",
    "a",
    "word",
    "Words, like these.",
  ],
];

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 6 })), {
    minLength: 0,
    maxLength: 8,
  })
  .map((pieces) => pieces.join(""));

const SEED = 20261121;

/** Strings that an escaper is tried with: every piece, and drawn ones, 2,000 of them and 50,000 in `npm run test:full`. */
export function hostileStrings(name: string): readonly string[] {
  const numRuns = process.env.PART11_FULL === "1" ? 50_000 : 2_000;
  process.stdout.write(`${name}: ${numRuns} hostile strings, seed ${SEED}\n`);
  return [...PIECES, ...fc.sample(hostile, { seed: SEED, numRuns: numRuns - PIECES.length })];
}

/** Runs of at most `size`, so that a parser is started once for many strings. */
export function inBatches<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
