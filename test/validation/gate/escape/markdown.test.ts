// SPDX-License-Identifier: Apache-2.0
import MarkdownIt from "markdown-it";
import { render, visible } from "../../../../validation/gate";
import { code, prose } from "../../../../validation/gate/escape/markdown";
import { filledWith } from "../views/sample";
import { hostileStrings, WHOLE_VIEWS } from "./hostile";

type Token = ReturnType<MarkdownIt["parse"]>[number];

const STRINGS = hostileStrings("Markdown");
const markdown = new MarkdownIt("default", { html: true, linkify: true });

/** What forges make links of, in text outside code. */
const ACTIVE = /@\w|#\d|GH-\d|https?:|www\.|\w@\w|:\w+:|\b[0-9a-f]{7,}\b(?<!\b\d+)|[<>[\]*_`~|\\$]/i;

test("a hostile string as code is read back as one span of code", () => {
  const wrong = STRINGS.filter((text) => {
    const inline = children(`x ${code(text)} y`);
    const spans = inline.filter(({ type }) => type === "code_inline").map(({ content }) => content);
    const expected = visible(text).trim() === "" ? '""' : visible(text).replaceAll("|", "\\u{7c}");
    return !(inline.every(isQuiet) && spans.length === 1 && spans[0] === expected);
  });
  expect(wrong).toEqual([]);
});

test("a hostile string as code stays in its cell of a table", () => {
  const wrong = STRINGS.filter((text) => {
    const tokens = markdown.parse(`| a | b |\n|---|---|\n| ${code(text)} | end |\n`, {});
    const cells = tokens.filter(({ type }) => type === "inline").map(({ content }) => content);
    return cells.length !== 4 || cells[3] !== "end";
  });
  expect(wrong).toEqual([]);
});

test("a hostile string as a sentence becomes words and code, and nothing that acts", () => {
  const wrong = STRINGS.filter((text) => {
    const inline = children(`Fix: ${prose(text)}`);
    const words = inline.filter(({ type }) => type === "text").map(({ content }) => content);
    return !inline.every(isQuiet) || ACTIVE.test(words.join("\u0000").replace(/^Fix: ?/, ""));
  });
  expect(wrong).toEqual([]);
});

test("no hostile string changes the blocks of the comment", () => {
  const blocks = (text: string) => markdown.parse(render("markdown", filledWith(text)), {}).map(({ type }) => type);
  const harmless = blocks("plain");
  for (const text of STRINGS.slice(0, WHOLE_VIEWS))
    expect({ text, blocks: blocks(text) }).toEqual({ text, blocks: harmless });
});

test("what a sentence sets is one piece of code with its value", () => {
  expect(prose("Set object_lock_enabled = true on the bucket.")).toBe(
    "Set `object_lock_enabled = true` on the bucket.",
  );
});

test("a plain sentence stays readable", () => {
  expect(prose("Set aws_s3_bucket.a to COMPLIANCE (21 CFR 11.10(c)), or ask.")).toBe(
    "Set `aws_s3_bucket.a` to COMPLIANCE (21 CFR 11.10(c)), or ask.",
  );
});

function children(text: string): readonly Token[] {
  const tokens = markdown.parse(text, {});
  expect(tokens.map(({ type }) => type)).toEqual(["paragraph_open", "inline", "paragraph_close"]);
  return tokens[1]!.children!;
}

function isQuiet({ type }: Token): boolean {
  return type === "text" || type === "code_inline";
}
