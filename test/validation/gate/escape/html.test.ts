// SPDX-License-Identifier: Apache-2.0
import { type DefaultTreeAdapterTypes, parse, parseFragment } from "parse5";
import { render, visible } from "../../../../validation/gate";
import { html } from "../../../../validation/gate/escape/html";
import { filledWith } from "../views/sample";
import { hostileStrings, inBatches, WHOLE_VIEWS } from "./hostile";

type Node = DefaultTreeAdapterTypes.Node;

const STRINGS = hostileStrings("HTML");

/** What stands in the HTML for a text: line ends stay. */
const shown = (text: string) => text.split("\n").map(visible).join("\n");

test("a real parser reads every hostile string back as the text of its element and attribute", () => {
  for (const batch of inBatches(STRINGS, 500)) {
    const { childNodes } = parseFragment(html`${batch.map((text) => html`<i title="${text}">.${text}</i>`)}`.text);
    const read = childNodes.map((node) => ("attrs" in node ? [node.attrs, node.childNodes] : node));
    const expected = batch.map((text) => [
      [{ name: "title", value: shown(text) }],
      [expect.objectContaining({ nodeName: "#text", value: `.${shown(text)}` })],
    ]);
    expect(read).toEqual(expected);
  }
});

test("no hostile string changes the elements and attributes of the page", () => {
  const harmless = skeleton(parse(render("html", filledWith("plain"))));
  for (const text of STRINGS.slice(0, WHOLE_VIEWS)) {
    expect({ text, page: skeleton(parse(render("html", filledWith(text)))) }).toEqual({ text, page: harmless });
  }
});

test("the page runs and loads nothing, and says so to the browser", () => {
  const page = render("html", filledWith("plain"));
  const names = new Set(skeleton(parse(page)).match(/<\w+/g));
  for (const active of ["<script", "<link", "<img", "<iframe", "<object", "<form", "<a"])
    expect(names).not.toContain(active);
  expect(page).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
  expect(page).not.toMatch(/ style=|url\(|@import/);
});

/** Elements and attribute names, in their nesting. */
function skeleton(node: Node): string {
  const children = "childNodes" in node ? node.childNodes.map(skeleton).join("") : "";
  if (!("tagName" in node)) return children;
  return `<${node.tagName} ${node.attrs.map(({ name }) => name).join(" ")}>${children}</${node.tagName}>`;
}
