// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import fc from "fast-check";
import { parse } from "parse5";
import { renderHtml } from "../../../validation/documents";
import { cssString } from "../../../validation/documents/html/css-string";
import { drawn } from "../../drawn";
import { documentOfText } from "./sample-documents";

interface Node {
  readonly nodeName: string;
  readonly childNodes?: readonly Node[];
  readonly attrs?: ReadonlyArray<{ readonly name: string }>;
}

/** Names of elements and attributes in their order: what no text may change. */
function shape(html: string): readonly string[] {
  const names = ({ nodeName, attrs = [], childNodes = [] }: Node): string[] => [
    `${nodeName} ${attrs.map(({ name }) => name).join(" ")}`,
    ...childNodes.filter((node) => node.nodeName !== "#text").flatMap(names),
  ];
  return names(parse(html) as unknown as Node);
}

const plain = renderHtml(documentOfText("text"));

test("no text adds an element or an attribute to a page", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 80 }), (text) => {
      expect(shape(renderHtml(documentOfText(text)))).toEqual(shape(plain));
    }),
    drawn("texts of an HTML document", 150),
  );
});

test.each([
  ["an end of the style sheet", "</style><script>alert(1)</script>"],
  ["an end of a rule", '"; } @import url(https://example.org); a { b: "'],
  ["a line break in a string of CSS", "a\nb\\"],
  ["an attribute", `" onload="alert(1)`],
  ["an end of the picture", "</text></svg><script>alert(1)</script>"],
])("a page is the same of %s", (_name, text) => {
  const page = renderHtml(documentOfText(text));
  expect(shape(page)).toEqual(shape(plain));
  expect(page).not.toContain("<script");
  expect(/<style>([\s\S]*?)<\/style>/.exec(page)![1]).not.toContain("@import");
});

test("a string of CSS holds letters, digits, spaces and escapes only", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(cssString(text)).toMatch(/^"(?:[A-Za-z0-9 ]|\\[0-9a-f]+ )*"$/);
    }),
    drawn("strings of CSS", 300),
  );
});

test("a page allows its own style sheet, by digest, and nothing else", () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(plain)?.[1];
  const style = /<style>([\s\S]*?)<\/style>/.exec(plain)![1]!;
  const digest = createHash("sha256").update(style).digest("base64");
  expect(policy).toBe(`default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`);
});

test("every header of a table says what it heads", () => {
  expect(plain.match(/<th(?=[ >])(?! scope="(?:col|row)")/g)).toBeNull();
});

test("a line to sign is empty", () => {
  const signed = /<tr><th scope="row">text<\/th><td data-label="Meaning of the signature">text<\/td>(.*?)<\/tr>/.exec(
    plain,
  );
  expect(signed![1]!.replace(/ data-label="[^"]*"/g, "")).toBe("<td></td><td></td><td></td>");
});
