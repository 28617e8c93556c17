// SPDX-License-Identifier: Apache-2.0
import { compare } from "../../../../validation/target/emulator/preflight/scenario";

test("an absent answer is called nothing", () => {
  expect(compare("mode", "COMPLIANCE", undefined)).toEqual({ what: "mode", expected: "COMPLIANCE", got: "nothing" });
});

test("an absent expectation is not met by an absent answer", () => {
  const { expected, got } = compare("version", undefined, undefined);
  expect(got).not.toBe(expected);
});

test("a time is told in ISO 8601", () => {
  expect(compare("until", new Date(0), new Date(0)).got).toBe("1970-01-01T00:00:00.000Z");
});
