// SPDX-License-Identifier: Apache-2.0
import { Arrivals } from "../../../modules/ingest/arrivals/arrival";
import type { Challenge } from "../../../validation/oq/challenge";
import { trialChallenges } from "../../../validation/oq/challenges/trial";
import { FOLDER, InstalledRange, type InstalledRangeOptions, TRIAL_FOLDER } from "./installed-range";
import { ownClock } from "./patience";

jest.mock("node:timers/promises", () => jest.requireActual("./patience").noWaiting);

beforeEach(ownClock);
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const [keptOut, tooLarge] = trialChallenges as [Challenge, Challenge];
const run = (challenge: Challenge, options: InstalledRangeOptions = {}) =>
  challenge.run(new InstalledRange(options).range);

/** An ingest with another limit, or none. */
function limit(largestTrialBytes: number): void {
  const object = Arrivals.prototype.object;
  jest.spyOn(Arrivals.prototype, "object").mockImplementation(function (this: Arrivals, version) {
    Object.assign((this as unknown as { props: object }).props, { largestTrialBytes });
    return object.call(this, version);
  });
}

describe("a trial", () => {
  it("is kept out by the ingest that is installed", async () => {
    expect(await run(keptOut)).toMatchObject({
      result: "PASS",
      actual: expect.stringMatching(/no event; 1 versions of its name in the buckets of records, 0 of them not/),
      twin: { result: "PASS" },
      mutant: { result: "PASS", actual: expect.stringContaining("PROMOTED") },
    });
  });

  it.each([7, 2555])("fails the step where it is locked for %p days", async (lockedDays) => {
    expect(await run(keptOut, { lockedDays })).toMatchObject({
      result: "FAIL",
      reason: "it is not locked as the inbox locks what comes",
    });
  });

  it("fails the step where a record was made of it", async () => {
    const afterwards: InstalledRangeOptions["afterwards"] = ({ objects, now }, { key }) => {
      if (key.startsWith(TRIAL_FOLDER))
        objects.put("raw", `${FOLDER}2026-11-22/${key.slice(TRIAL_FOLDER.length)}`, "x", now);
    };
    expect(await run(keptOut, { afterwards })).toMatchObject({
      result: "FAIL",
      reason: "a trial has become part of the ledger or of the records",
    });
  });

  it("fails the step where the ledger speaks of it", async () => {
    limit(1);
    expect(await run(keptOut)).toMatchObject({
      result: "FAIL",
      actual: expect.stringContaining("QUARANTINED"),
      reason: "a trial has become part of the ledger or of the records",
    });
  });

  it("fails the step where nothing becomes a record, so that the look is blind", async () => {
    jest.spyOn(Arrivals.prototype, "object").mockResolvedValue("taken");
    expect(await run(keptOut)).toMatchObject({ result: "FAIL", twin: { result: "FAIL" }, mutant: { result: "FAIL" } });
  });
});

describe("a trial above the limit", () => {
  it("is refused and told of by the ingest that is installed", async () => {
    expect(await run(tooLarge)).toMatchObject({
      result: "PASS",
      actual: expect.stringMatching(/^QUARANTINED; 0 versions .*; SHA-256 none; told: QUARANTINED \(vendor oq-sender/),
      twin: { result: "PASS", actual: expect.stringMatching(/^100 bytes: no event/) },
    });
  });

  it("fails the step where there is no limit", async () => {
    limit(Number.POSITIVE_INFINITY);
    expect(await run(tooLarge)).toMatchObject({ result: "FAIL", actual: expect.stringMatching(/^no event/) });
  });

  it("fails the step where the limit is another", async () => {
    limit(99);
    expect(await run(tooLarge)).toMatchObject({ result: "FAIL", twin: { result: "FAIL" } });
  });

  it("fails the step where nobody is told", async () => {
    expect(await run(tooLarge, { silent: true })).toMatchObject({
      result: "FAIL",
      reason: "the vendor is not told of it, or not as it must be",
    });
  });
});
