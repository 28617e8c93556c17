// SPDX-License-Identifier: Apache-2.0
import { visible } from "../../../../validation/gate";
import { hostileStrings } from "./hostile";

test("no hostile string reaches a terminal with a control, bidi or invisible character, nor a log with a command", () => {
  const bad = hostileStrings("terminal").filter((text) => {
    const shown = visible(text);
    return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}\p{NChar}]|##(?:vso|teamcity)?\[/iu.test(shown);
  });
  expect(bad).toEqual([]);
});

test.each([
  ["##[group]x", "\\u{23}#[group]x"],
  ["a ##vso[x]", "a \\u{23}#vso[x]"],
  ["###[x]", "#\\u{23}#[x]"],
  ["# 1 ## 2", "# 1 ## 2"],
  ["a\ufe0f\u3164\uffff", "a\\u{fe0f}\\u{3164}\\u{ffff}"],
])("%j is written %j", (text, shown) => {
  expect(visible(text)).toBe(shown);
});
