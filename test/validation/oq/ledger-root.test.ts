// SPDX-License-Identifier: Apache-2.0
import { ledgerRootChallenges } from "../../../validation/oq/challenges/ledger-root";
import { PlayedZone } from "./played-zone";

// No step waits here: a pause moves the clock on.
jest.mock("node:timers/promises", () => ({ setTimeout: async (ms: number) => jest.setSystemTime(Date.now() + ms) }));
beforeAll(() =>
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12), doNotFake: ["nextTick", "setImmediate", "setTimeout"] }),
);
afterAll(() => jest.useRealTimers());

const [root] = ledgerRootChallenges;
const DAY = "2026-11-22";

/** A zone whose sender has three entries, and another vendor one. */
function zone(fault?: string): PlayedZone {
  const played = new PlayedZone(fault);
  for (const name of ["a", "b", "c"]) played.receive("oq-sender", { bucket: "inbox", key: name, versionId: "v" });
  played.receive("edc", { bucket: "raw", key: "x", versionId: "v" });
  return played;
}

const fails = async (played: PlayedZone, reason: string) =>
  expect(await root!.run(played.range())).toMatchObject({ result: "FAIL", reason });

test("a root that the sweep has written shows the cut, and so do the copies", async () => {
  const played = zone();
  played.writeRoot();
  const seen = await root!.run(played.range());
  expect(seen).toMatchObject({ result: "PASS", twin: { result: "PASS" }, mutant: { result: "PASS" } });
  expect(seen.actual).toContain("oq-sender 3 is missing, and the root of 2026-11-22 names it");
  expect(seen.actual).toContain("oq-sender 3 stands in the mirror and not in the ledger");
});

test("where the day has no root yet the sweep is asked to hurry, and its clock is put back", async () => {
  const played = zone();
  expect((await root!.run(played.range())).result).toBe("PASS");
  expect(played.rules.get("acme-ingest-sweep")!.ScheduleExpression).toBe("rate(1 hour)");
});

test("entries that came after the root are cut with those that it names", async () => {
  const played = zone();
  played.writeRoot();
  played.receive("oq-sender", { bucket: "inbox", key: "d", versionId: "v" });
  const seen = await root!.run(played.range());
  expect([seen.result, seen.mutant?.actual]).toEqual(["PASS", "2 entries less: 2 chains, 0 problems"]);
});

const NOT_LOCKED = "there is no locked root of this day, or the clock was not put back";
test.each(["root not locked", "idle sweep", "stopped clock", "clock not put back"])("%s: the step fails", (fault) =>
  fails(zone(fault), NOT_LOCKED),
);

test("a second version of the root fails the step", async () => {
  const played = zone();
  played.writeRoot();
  played.writeRoot();
  await fails(played, NOT_LOCKED);
});

test("a root that names another link fails the step", async () => {
  const played = zone();
  played.writeRoot(DAY, { "oq-sender": { sequence: 3, hash: "b".repeat(64) } });
  await fails(played, "the root does not name the last link of the vendor's chain as it is");
});

test("a root that names entries which the whole ledger does not hold fails the step", async () => {
  const played = zone();
  played.writeRoot(DAY, { other: { sequence: 1, hash: "b".repeat(64) } });
  await fails(played, "the root does not show what was cut off");
});

test("copies that lack what was cut off fail the step", async () => {
  const played = zone();
  played.receive("oq-sender", { bucket: "inbox", key: "d", versionId: "v" }, false);
  await fails(played, "the copies do not show what was cut off");
});

test("a root of another day that does not hold fails the step by its twin", async () => {
  const played = zone();
  played.writeRoot("2026-11-20", { edc: { sequence: 9, hash: "b".repeat(64) } });
  played.writeRoot();
  await fails(played, "the whole ledger is not sound, so a problem of a part proves nothing");
});
