// SPDX-License-Identifier: Apache-2.0
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { STSClient } from "@aws-sdk/client-sts";
import { sqsQueues } from "../../../validation/replay/sqs-queues";

const DEAD = "https://sqs.eu-central-1.amazonaws.com/111122223333/dead";

/** SQS with so many queues whose dead letters go to DEAD, which keeps what it was asked. */
function sqs(sources: readonly string[]) {
  const asked: Array<[string, Record<string, unknown>]> = [];
  const answers: Record<string, object> = {
    GetQueueUrlCommand: { QueueUrl: DEAD },
    ListDeadLetterSourceQueuesCommand: { queueUrls: sources },
    ReceiveMessageCommand: { Messages: [{ MessageId: "m", Body: "b", ReceiptHandle: "r" }] },
    GetCallerIdentityCommand: { Arn: "arn:aws:sts::111122223333:assumed-role/operator/ann" },
  };
  const send = async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
    asked.push([command.constructor.name, command.input]);
    return answers[command.constructor.name] ?? {};
  };
  return { client: { send } as unknown as SQSClient & STSClient, asked };
}

test("the queue to send to is the one whose dead letters it keeps", async () => {
  const { client, asked } = sqs(["ingest-url"]);
  const queues = await sqsQueues(client, client, "dead");
  const [message] = await queues.take(3);
  await queues.send(message!);
  await queues.remove(message!);
  expect([queues.from, queues.to, queues.caller]).toEqual([DEAD, "ingest-url", expect.stringContaining("operator")]);
  expect(asked.slice(-3)).toMatchObject([
    ["ReceiveMessageCommand", { QueueUrl: DEAD, MaxNumberOfMessages: 3, WaitTimeSeconds: 5 }],
    ["SendMessageCommand", { QueueUrl: "ingest-url", MessageBody: "b" }],
    ["DeleteMessageCommand", { QueueUrl: DEAD, ReceiptHandle: "r" }],
  ]);
});

test.each([[[]], [["one", "two"]]])("of the sources %j none is guessed", async (sources) => {
  const { client } = sqs(sources);
  await expect(sqsQueues(client, client, DEAD)).rejects.toMatchObject({ code: "SUBJECT_NOT_FOUND" });
});

test("a queue is not sent to itself", async () => {
  const { client } = sqs([]);
  await expect(sqsQueues(client, client, DEAD, DEAD)).rejects.toMatchObject({ code: "SUBJECT_NOT_FOUND" });
});
