// SPDX-License-Identifier: Apache-2.0
import { render, visible } from "../../../../validation/gate";
import { messageText } from "../../../../validation/gate/escape/sarif-message";
import { hasLoneSurrogate } from "../../../../validation/json";
import { filledWith } from "../views/sample";
import { hostileStrings, WHOLE_VIEWS } from "./hostile";

const STRINGS = hostileStrings("SARIF messages");

test("no hostile string is a link or a placeholder of a SARIF message", () => {
  const wrong = STRINGS.filter((text) => {
    const message = messageText(text);
    return (
      /\]\(/.test(message) ||
      /[{}]/.test(message.replaceAll("{{", "").replaceAll("}}", "")) ||
      message !== visible(message)
    );
  });
  expect(wrong).toEqual([]);
});

test.each(["json", "sarif", "oscal"] as const)("no hostile string changes the members of %s", (format) => {
  const now = new Date(0);
  const shape = (text: string) => members(JSON.parse(render(format, filledWith(text), { now })));
  const harmless = shape("plain");
  // JSON of a lone surrogate is refused where the plan is read, and RFC 8785 knows none.
  for (const text of STRINGS.filter((one) => !hasLoneSurrogate(one)).slice(0, WHOLE_VIEWS)) {
    expect({ text, shape: shape(text) }).toEqual({ text, shape: harmless });
  }
});

function members(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(members);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, members(inner)]));
}
