// SPDX-License-Identifier: Apache-2.0
import { SaxesParser } from "saxes";
import { render, visible } from "../../../../validation/gate";
import { xml } from "../../../../validation/gate/escape/xml";
import { filledWith } from "../views/sample";
import { hostileStrings, inBatches, WHOLE_VIEWS } from "./hostile";

const STRINGS = hostileStrings("XML");

test("a real parser finds XML well-formed and reads every hostile string back from element and attribute", () => {
  for (const batch of inBatches(STRINGS, 500)) {
    const items = batch.map((text) => `<i a="${xml(text)}">${xml(text)}</i>`);
    const { attributes, texts } = read(`<r>${items.join("")}</r>`);
    const expected = batch.map(visible);
    expect(attributes).toEqual(expected);
    expect(texts).toEqual(expected);
  }
});

test("no hostile string changes the elements of the JUnit report", () => {
  const harmless = read(render("junit", filledWith("plain"))).names;
  for (const text of STRINGS.slice(0, WHOLE_VIEWS)) {
    expect({ text, names: read(render("junit", filledWith(text))).names }).toEqual({ text, names: harmless });
  }
});

/** Strict: what is not well-formed throws. */
function read(document: string) {
  const [names, attributes, texts] = [[] as string[], [] as string[], [] as string[]];
  const parser = new SaxesParser();
  let text = "";
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes: given }) => {
    names.push(`${name} ${Object.keys(given)}`);
    if (name === "i") attributes.push(given.a as string);
    text = "";
  });
  parser.on("text", (part) => {
    text += part;
  });
  parser.on("closetag", ({ name }) => {
    if (name === "i") texts.push(text);
  });
  parser.write(document).close();
  return { names, attributes, texts };
}
