// SPDX-License-Identifier: Apache-2.0
import * as fc from "fast-check";
import { wrap } from "../../../validation/gate/wrap";
import { drawn } from "../../drawn";

test.each([
  ["a line that fits", "one two", 7, 0, "one two"],
  ["a line one column too long", "one two", 6, 0, "one\ntwo"],
  ["a hanging indent", "fix  set the mode", 12, 5, "fix  set the\n     mode"],
  ["a word longer than the line", "address.of.a.thing is long", 10, 2, "address.of.a.thing\n  is long"],
  ["a line that begins with spaces", "  address.of.a.thing", 8, 0, "  address.of.a.thing"],
  ["no limit", "one two", Number.POSITIVE_INFINITY, 0, "one two"],
])("%s", (_title, line, columns, indent, wrapped) => {
  expect(wrap(line, columns, indent)).toBe(wrapped);
});

test("words and their order stay, and a line is longer than the limit only for a single word", () => {
  const word = fc.stringMatching(/^[a-z.]{1,12}$/);
  const text = fc.array(word, { minLength: 1, maxLength: 20 }).map((words) => words.join(" "));
  const holds = (line: string, columns: number, indent: number) => {
    const lines = wrap(line, columns, indent).split("\n");
    expect(lines.map((one) => one.trim()).join(" ")).toBe(line);
    expect(lines.filter((one) => one.length > columns && one.slice(indent).trim().includes(" "))).toEqual([]);
  };
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 8 }), holds),
    drawn("wrapped lines", 300),
  );
});
