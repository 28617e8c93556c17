// SPDX-License-Identifier: Apache-2.0
import { History } from "../../../modules/ingest/arrivals/history";
import type { EventFacts, EventType } from "../../../modules/ledger/entry";
import type { Challenge } from "../../../validation/oq/challenge";
import { deliveryManifestChallenges } from "../../../validation/oq/challenges/delivery-manifest";
import { FOLDER, InstalledRange, type InstalledRangeOptions } from "./installed-range";
import { ownClock } from "./patience";

jest.mock("node:timers/promises", () => jest.requireActual("./patience").noWaiting);

beforeEach(ownClock);
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const [listed, mismatch] = deliveryManifestChallenges as [Challenge, Challenge];

function run(challenge: Challenge, options: InstalledRangeOptions = {}, manifest: "required" | "none" = "required") {
  const installed = new InstalledRange(options);
  installed.bench.deliveries = installed.bench.deliveries.map((one) =>
    one.name === "oq-listed" ? { ...one, manifest, sha256File: "optional" } : one,
  );
  return challenge.run(installed.range);
}

/** The ledger is told something else. */
function recorded(type: EventType, change: (facts: EventFacts) => EventFacts): void {
  const record = History.prototype.record;
  jest.spyOn(History.prototype, "record").mockImplementation(async function (this: History, as, version, facts) {
    return record.call(this, as, version, as === type ? change(facts) : facts);
  });
}

describe("a file that its manifest lists", () => {
  it("becomes a record in either order by the ingest that is installed", async () => {
    expect(await run(listed)).toMatchObject({
      result: "PASS",
      actual: expect.stringContaining("waits with ATTRIBUTED"),
    });
  });

  it("fails the step where no manifest is waited for", async () => {
    expect(await run(listed, {}, "none")).toMatchObject({ result: "FAIL" });
  });

  it("fails the step where the ledger names another version of the manifest", async () => {
    recorded("MANIFEST_OK", (facts) => ({ ...facts, manifest: { ...facts.manifest!, versionId: "v0" } }));
    expect(await run(listed)).toMatchObject({ result: "FAIL", actual: expect.stringContaining("by version v0") });
  });
});

describe("a file that its manifest lists otherwise", () => {
  it("is refused and told of by the ingest that is installed, and its neighbour is not", async () => {
    expect(await run(mismatch)).toMatchObject({
      result: "PASS",
      actual: expect.stringMatching(/^ATTRIBUTED, MANIFEST_MISMATCH, RECEIVED; .*; told: MANIFEST_MISMATCH/),
      twin: { result: "PASS" },
    });
  });

  it("fails the step where nobody compares", async () => {
    expect(await run(mismatch, {}, "none")).toMatchObject({ result: "FAIL", twin: { result: "FAIL" } });
  });

  it("fails the step where a record of its name lies in raw", async () => {
    const afterwards: InstalledRangeOptions["afterwards"] = ({ objects, now }, { bucket, key }) => {
      if (bucket === "inbox" && key.includes("LISTED_WRONG"))
        objects.put("raw", `${FOLDER}2026-11-22/${key.slice(FOLDER.length)}`, "x", now);
    };
    expect(await run(mismatch, { afterwards })).toMatchObject({
      result: "FAIL",
      reason: "what is not as its manifest states is not refused for it",
    });
  });

  it("fails the step where the ledger has another hash of the sender", async () => {
    recorded("MANIFEST_MISMATCH", (facts) => ({ ...facts, senderSha256: "0".repeat(64) }));
    expect(await run(mismatch)).toMatchObject({ result: "FAIL", twin: { result: "PASS" } });
  });

  it("fails the step where nobody is told", async () => {
    expect(await run(mismatch, { silent: true })).toMatchObject({
      result: "FAIL",
      reason: "the vendor is not told of it, or not as it must be",
    });
  });
});
