// SPDX-License-Identifier: Apache-2.0
import { logArchiveChallenges } from "../../../validation/oq/challenges/log-archive";
import { PlayedZone, SERVER_LOG } from "./played-zone";

// No step waits here: a pause moves the clock on.
jest.mock("node:timers/promises", () => ({ setTimeout: async (ms: number) => jest.setSystemTime(Date.now() + ms) }));
beforeAll(() =>
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12), doNotFake: ["nextTick", "setImmediate", "setTimeout"] }),
);
afterAll(() => jest.useRealTimers());

const [archive] = logArchiveChallenges;

test("what both groups have of a login lies locked in the audit bucket, once, and the clock copies as well", async () => {
  const seen = await archive!.run(new PlayedZone().range());
  expect(seen).toMatchObject({ result: "PASS", mutant: { result: "PASS", actual: "1 of 1 later events in no copy" } });
  expect(seen.actual).toContain("0 of 2 in no copy; 2 copies, not locked: none; 2 versions of copies, copied again 2");
});

test.each([
  ["server writes nothing", "the login left no line in one of the groups, so there is nothing to copy"],
  ["a line is left out", "an event of the groups stands in no copy"],
  ["copy not locked", "a copy is not locked"],
  ["written once more", "what is copied already is written once more"],
  ["stopped clock", "the clock does not copy, or was not put back"],
  ["clock not put back", "the clock does not copy, or was not put back"],
])("%s: the step fails, %s", async (fault, reason) => {
  expect(await archive!.run(new PlayedZone(fault).range())).toMatchObject({ result: "FAIL", reason });
});

test("a function that fails leaves the step unobserved, with what it said", async () => {
  await expect(archive!.run(new PlayedZone("failing functions").range())).rejects.toThrow(
    "a run has failed in acme-log-archive: expected a run that comes to its end, got AccessDenied",
  );
});

test("a comparison that cannot miss a line proves nothing", async () => {
  const played = new PlayedZone("no later line");
  // The clock's line is there already: only that of the mutant does not come.
  played.log(SERVER_LOG, {}, Date.now() - 3_600_000, "oq-abcd-earlier");
  const seen = await archive!.run(played.range());
  expect([seen.result, seen.mutant?.result]).toEqual(["FAIL", "FAIL"]);
});
