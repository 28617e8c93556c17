// SPDX-License-Identifier: Apache-2.0
import { scheduleOf } from "../../../validation/oq/clock";
import { changedFor } from "../../../validation/oq/restore";
import { PlayedZone } from "./played-zone";

const NAME = "acme-ingest-sweep";
const FOUND = { ScheduleExpression: "rate(1 hour)", State: "DISABLED", Description: "Sweep of the inbox" };

/** A zone whose sweep was found so, and what a challenge saw of its rule meanwhile. */
async function hurried(fault?: string) {
  const played = new PlayedZone(fault);
  played.rules.set(NAME, { ...FOUND });
  let meanwhile: object | undefined;
  const seen = await changedFor(await scheduleOf(played.range(), "-ingest-sweep"), async () => {
    meanwhile = played.rules.get(NAME);
    return undefined;
  });
  return { seen, meanwhile, after: played.rules.get(NAME) };
}

beforeEach(() => jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12), doNotFake: ["nextTick", "setImmediate"] }));
afterEach(() => jest.useRealTimers());

test("a rule runs once a minute while a challenge hurries it, and keeps what is not of its schedule", async () => {
  expect((await hurried()).meanwhile).toEqual({ ...FOUND, ScheduleExpression: "rate(1 minute)", State: "ENABLED" });
});

test("afterwards the rule is as it was found, also one that was off", async () => {
  const { seen, after } = await hurried();
  expect([seen.ok, after]).toEqual([true, FOUND]);
});

test("a rule that stays on is not as before", async () => {
  expect((await hurried("clock not put back")).seen).toMatchObject({ ok: false });
});
