// SPDX-License-Identifier: Apache-2.0
import { type Notice, type ToldOf, untilTold } from "../../../validation/oq/notices";
import type { Range } from "../../../validation/oq/range";
import { ownClock } from "./patience";

jest.mock("node:timers/promises", () => jest.requireActual("./patience").noWaiting);
beforeEach(ownClock);
afterEach(() => jest.useRealTimers());

const message = (status: string, facts: object) => {
  const MessageAttributes = { status: { Value: status } };
  return { Body: JSON.stringify({ Message: JSON.stringify(facts), MessageAttributes }), ReceiptHandle: status };
};

type Batches = ReadonlyArray<ReadonlyArray<ReturnType<typeof message>>>;

/** A queue that has one more batch of messages at each look, and none afterwards. */
function range(...batches: Batches): Range {
  const left = batches.flatMap((batch) => [batch, []]);
  const send = async ({ constructor: { name } }: object) =>
    name === "ReceiveMessageCommand" ? { Messages: left.shift() ?? [] } : {};
  return { administrator: async () => ({ sqs: () => ({ send }) }) } as unknown as Range;
}

async function told(of: ToldOf, wanted: readonly string[], ...batches: Batches) {
  const own: Notice[] = [];
  await untilTold(range(...batches), "queue", of, own, wanted);
  return own.map(({ status }) => status);
}

const RECEIVED = message("RECEIVED", { version: "v1" });
const PROMOTED = message("PROMOTED", { version: "v1" });
const OF_RECORD = message("RECORDED", { version: "r1", record: "raw/2026-11-22/ARM_1.csv" });
const OF_OTHER = message("RECEIVED", { version: "v2", file: "ARM_2.csv" });

test("notices of a version are waited for until every status that is wanted was told", async () => {
  expect(await told({ versionId: "v1" }, ["RECEIVED", "PROMOTED"], [RECEIVED, OF_OTHER], [], [PROMOTED])).toEqual([
    "RECEIVED",
    "PROMOTED",
  ]);
});

test("patience ends where one of them is not told", async () => {
  expect(await told({ versionId: "v1" }, ["RECEIVED", "PROMOTED"], [RECEIVED])).toEqual(["RECEIVED"]);
});

test("a notice of another version that holds the name is about the file as well", async () => {
  const of = { versionId: "v1", naming: "ARM_1.csv" };
  expect(await told(of, ["RECEIVED"], [OF_RECORD, OF_OTHER, RECEIVED])).toEqual(["RECORDED", "RECEIVED"]);
});

test("where none is wanted the queue is looked at once", async () => {
  expect(await told({ versionId: "v1" }, [], [RECEIVED], [PROMOTED])).toEqual(["RECEIVED"]);
});
