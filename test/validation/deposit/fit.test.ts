// SPDX-License-Identifier: Apache-2.0
import { type ArchiveFacts, parsePeriod } from "../../../validation/deposit";
import { assertFits, standingOf } from "../../../validation/deposit/fit";
import type { Summary } from "../../../validation/evidence";
import { NOW, PRODUCTION } from "./in-memory";

const fits = (facts: ArchiveFacts, keep = "25 years") =>
  assertFits("evidence", facts, "qualification", parsePeriod(keep), NOW);

test("evidence of a qualification fits a production bucket that keeps it as long as asked", () => {
  expect(() => fits(PRODUCTION)).not.toThrow();
  expect(() => fits({ ...PRODUCTION, lock: { mode: "COMPLIANCE", days: 9131 } })).not.toThrow();
});

test.each<[string, ArchiveFacts, string, RegExp]>([
  ["a development bucket", { ...PRODUCTION, tags: { Environment: "development" } }, "25 years", /got development/],
  ["a bucket without a lock", { ...PRODUCTION, lock: undefined }, "25 years", /got no lock/],
  ["a lock that can be lifted", { ...PRODUCTION, lock: { mode: "GOVERNANCE", years: 25 } }, "25 years", /GOVERNANCE/],
  ["a lock that ends before the records", PRODUCTION, "26 years", /at least 26 years.* got 25 years/],
  ["a lock one day short", { ...PRODUCTION, lock: { mode: "COMPLIANCE", days: 9130 } }, "25 years", /got 9130 days/],
  ["a lock without a period", { ...PRODUCTION, lock: { mode: "COMPLIANCE" } }, "1 days", /got 0 days/],
])("it does not fit %s", (_title, facts, keep, message) => {
  expect(() => fits(facts, keep)).toThrow(
    expect.objectContaining({ code: "DEPOSIT_REFUSED", message: expect.stringMatching(message) }),
  );
});

test.each(["25", "0 years", "-1 years", "25 Years", "1.5 years", "25 years ", "100000 days"])(
  "a period written %j is refused",
  (text) => {
    expect(() => parsePeriod(text)).toThrow(expect.objectContaining({ code: "USAGE" }));
  },
);

const summary = (kind: string, execution?: object) => ({ target: { kind }, execution }) as unknown as Summary;

test("only an approved run on AWS is evidence of a qualification", () => {
  expect(standingOf(summary("aws", { provisional: false }))).toBe("qualification");
  expect(standingOf(summary("aws", { provisional: true }))).toBe("development");
  expect(standingOf(summary("aws"))).toBe("development");
  expect(standingOf(summary("emulator", { provisional: false }))).toBe("development");
});
