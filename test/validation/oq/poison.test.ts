// SPDX-License-Identifier: Apache-2.0
import { poisonChallenges } from "../../../validation/oq/challenges/poison";
import { replayedChallenges } from "../../../validation/oq/challenges/replayed";
import { uploadCutOffChallenges } from "../../../validation/oq/challenges/upload-cut-off";
import type { Fault } from "./ingest-model";
import { modelledRange } from "./modelled-range";

// Nobody waits: to sleep is to set the clock.
jest.mock("node:timers/promises", () => ({
  setTimeout: async (ms: number) => void jest.setSystemTime(Date.now() + ms),
}));

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate", "setTimeout", "performance"] });
});

afterEach(() => jest.useRealTimers());

async function run(id: string, fault?: Fault) {
  const challenges = [...poisonChallenges, ...replayedChallenges, ...uploadCutOffChallenges];
  const { result, reason, twin } = await challenges.find(({ step }) => step.id === id)!.run(modelledRange(fault));
  return { result, reason, twin: twin?.result };
}

const STEPS = ["OQ-poison-dead-letter", "OQ-poison-replayed", "OQ-upload-cut-off"];

test.each(STEPS)("%s passes where everything is as it must be", async (id) => {
  expect(await run(id)).toEqual({ result: "PASS", reason: undefined, twin: "PASS" });
});

test.each<[Fault, string]>([
  ["a letter before", "the dead-letter queue or its alarm is not quiet before"],
  ["alarm rings before", "the dead-letter queue or its alarm is not quiet before"],
  ["poison holds others up", "the file beside it is held up"],
  ["poison is lost", "the message is not in the dead-letter queue, or more than once"],
  ["silent function", "the function does not say why it failed"],
  ["deaf alarm", "nobody is told of it"],
  ["timeout stays", "the visibility timeout is not as it was"],
  ["another dead letter", "something is left in the dead-letter queue"],
])("a poison message where %s fails: %s", async (fault, reason) => {
  expect(await run("OQ-poison-dead-letter", fault)).toMatchObject({ result: "FAIL", reason });
});

test("a poison message proves nothing where every event is given up", async () => {
  const { result, twin } = await run("OQ-poison-dead-letter", "every event is given up");
  expect([result, twin]).toEqual(["FAIL", "FAIL"]);
});

test.each<[Fault, string]>([
  ["a letter before", "the dead-letter queue is not empty before"],
  ["poison is lost", "the messages are not in the dead-letter queue"],
  ["promotes without the scan", "the file is not as it must be while it waits"],
  ["scanner stays broken", "the scan function is not as it was"],
  ["no source of dead letters", "the replay does not bring every message back"],
  ["another source of dead letters", "the replay does not bring every message back"],
  ["nothing is promoted after an outage", "the file does not become a record"],
  ["timeout stays", "the visibility timeout is not as it was"],
])("a replay where %s fails: %s", async (fault, reason) => {
  expect(await run("OQ-poison-replayed", fault)).toMatchObject({ result: "FAIL", reason });
});

test.each<[Fault, string]>([
  ["failures are not recorded", "the failed transfer is not in the ledger as it was"],
  ["another user", "the failed transfer is not in the ledger as it was"],
  ["no reason of a failure", "the failed transfer is not in the ledger as it was"],
  ["failures are not told", "nobody is told of the failed transfer"],
  ["no log of the server", "the server's log has no line of it"],
  ["a part is promoted", "the part is not as it must be"],
  ["the whole is not promoted", "the whole file does not become a record"],
])("an upload that breaks off where %s fails: %s", async (fault, reason) => {
  expect(await run("OQ-upload-cut-off", fault)).toMatchObject({ result: "FAIL", reason });
});
