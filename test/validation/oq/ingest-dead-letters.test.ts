// SPDX-License-Identifier: Apache-2.0
import { IngestDeadLetters } from "../../../validation/oq/ingest-dead-letters";
import type { Range } from "../../../validation/oq/range";
import { ownClock } from "./patience";

beforeEach(ownClock);
afterEach(() => jest.useRealTimers());

/** The dead-letter queue with these messages; each look takes its time. */
async function letters(bodies: readonly string[], isDeaf = false) {
  const waiting = new Map(bodies.map((Body, at) => [`m${at}`, Body]));
  const shown = new Set<string>();
  const send = async ({ constructor: { name }, input }: { constructor: { name: string }; input: object }) => {
    if (name === "GetQueueUrlCommand") return { QueueUrl: "queue" };
    if (name === "DeleteMessageCommand") {
      if (!isDeaf) waiting.delete((input as { ReceiptHandle: string }).ReceiptHandle);
      return {};
    }
    jest.setSystemTime(Date.now() + 2000);
    const seen = [...waiting].filter(([id]) => isDeaf || !shown.has(id));
    for (const [id] of seen) shown.add(id);
    return { Messages: seen.map(([id, Body]) => ({ MessageId: id, Body, ReceiptHandle: id })) };
  };
  const range = { administrator: async () => ({ sqs: () => ({ send }) }), zone: { queueNamed: () => "dead" } };
  return { waiting, queue: await IngestDeadLetters.of(range as unknown as Range) };
}

test("a challenge takes its own messages out, and leaves those of others", async () => {
  const { waiting, queue } = await letters(["about v1", "of somebody else", "about v1 again"]);
  expect(await queue.takeOut("v1")).toEqual([{ id: "m1", body: "of somebody else" }]);
  expect([...waiting.values()]).toEqual(["of somebody else"]);
});

test("a queue that never comes to its end is not looked at for ever", async () => {
  const { queue } = await letters(["about v1"], true);
  await expect(queue.takeOut("v1")).rejects.toMatchObject({ code: "TRANSPORT" });
});
