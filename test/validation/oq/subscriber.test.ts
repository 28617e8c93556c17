// SPDX-License-Identifier: Apache-2.0
import type { Principal } from "../../../validation/oq/principal";
import { receive } from "../../../validation/oq/subscriber";

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: { readonly ReceiptHandle?: string; readonly MaxNumberOfMessages?: number };
}

/** A queue whose messages are hidden while it is read, and come back as SQS has them come back: unless they were taken out. */
function queue(...texts: readonly string[]) {
  const waiting = new Map(texts.map((text, at) => [`receipt ${at}`, JSON.stringify({ Message: text })]));
  const hidden = new Set<string>();
  const send = async ({ constructor: { name }, input }: Command) => {
    if (name === "DeleteMessageCommand") {
      waiting.delete(input.ReceiptHandle!);
      return {};
    }
    const seen = [...waiting].filter(([receipt]) => !hidden.has(receipt)).slice(0, input.MaxNumberOfMessages);
    for (const [receipt] of seen) hidden.add(receipt);
    return { Messages: seen.map(([ReceiptHandle, Body]) => ({ ReceiptHandle, Body })) };
  };
  const principal = { sqs: () => ({ send }) } as unknown as Principal;
  return {
    read: async () => (await receive(principal, "queue")).map(({ text }) => text),
    comeBack: () => hidden.clear(),
  };
}

test("a queue is read to its end", async () => {
  const texts = Array.from({ length: 23 }, (_, at) => `told ${at}`);
  expect(await queue(...texts).read()).toEqual(texts);
});

test("what was read once is no news when its time of hiding is over", async () => {
  const { read, comeBack } = queue("the alarm rings");
  expect(await read()).toEqual(["the alarm rings"]);
  comeBack();
  expect(await read()).toEqual([]);
});
