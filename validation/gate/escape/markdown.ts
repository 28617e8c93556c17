// SPDX-License-Identifier: Apache-2.0
import { visible } from "./terminal";

/** A word, a number or a clause, `11.10(c)`, that no Markdown means anything by, with the punctuation of a sentence around it. */
const PLAIN_WORD = /^[("]?(?:[A-Za-z]+(?:[-'][A-Za-z]+)*|[0-9]{1,6}(?:\.[0-9]{1,6})?(?:\([a-z0-9]\))*)[)"]?[.,;:?]?$/;

/** Letters that a forge could take for the id of a commit. */
const COMMIT = /\b[a-f]{7,}\b/i;

/**
 * Text as a code span: no link, image, HTML, mention or emphasis in it is active, also in the cell of a table.
 * Nothing but its own fence ends a span, so the fence is longer than any run of backticks in it.
 */
export function code(text: string): string {
  const shown = visible(text).replaceAll("|", "\\u{7c}");
  if (shown.trim() === "") return '`""`';
  const runs = shown.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  // A space at each end is taken off again, and keeps a backtick of the text apart from the fence.
  const pad = /^[ `]|[ `]$/.test(shown) ? " " : "";
  return fence + pad + shown + pad + fence;
}

/** A sentence, every word of which that is more than letters stands as code. It must not begin a line. */
export function prose(text: string): string {
  const parts: Array<{ plain: boolean; words: string[] }> = [];
  for (const word of visible(text).split(" ")) {
    if (word === "") continue;
    const last = parts.at(-1);
    // `name = value` is one piece of code, whatever the value.
    const plain = PLAIN_WORD.test(word) && !COMMIT.test(word) && last?.words.at(-1) !== "=";
    if (last?.plain === plain) last.words.push(word);
    else parts.push({ plain, words: [word] });
  }
  return parts.map(({ plain, words }) => (plain ? words.join(" ") : codeInSentence(words.join(" ")))).join(" ");
}

/** The full stop of a sentence belongs to no name. */
function codeInSentence(text: string): string {
  const end = /[^.,;:?][.,;:?]$/.test(text) ? text.length - 1 : text.length;
  return code(text.slice(0, end)) + text.slice(end);
}
