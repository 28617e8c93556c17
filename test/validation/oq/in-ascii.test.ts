// SPDX-License-Identifier: Apache-2.0
import { inAscii } from "../../../validation/oq/in-ascii";

test.each([
  ["a b+c%20.csv", "a b+c%20.csv"],
  ["\u00e9 e\u0301", "\\u{e9} e\\u{301}"],
  ["a\nb\u0007", "a\\u{a}b\\u{7}"],
  ["\u{1f9ea}\u202e", "\\u{1f9ea}\\u{202e}"],
])("%j is written out as %j", (text, written) => {
  expect(inAscii(text)).toBe(written);
});
