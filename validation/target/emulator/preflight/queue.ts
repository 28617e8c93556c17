// SPDX-License-Identifier: Apache-2.0
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { until } from "./scenario";
import { policyDocument, type Stage } from "./stage";

export interface Queue {
  readonly url: string;
  readonly arn: string;
}

/** A queue that one service may send to; without a service nobody may. */
export async function queue(stage: Stage, service: string | undefined): Promise<Queue> {
  const QueueName = stage.name("queue");
  const arn = `arn:aws:sqs:${stage.emulator.region}:${stage.emulator.accountId}:${QueueName}`;
  const send = { Effect: "Allow", Principal: { Service: service }, Action: "sqs:SendMessage", Resource: arn };
  const Attributes = service === undefined ? undefined : { Policy: policyDocument(send) };
  const { QueueUrl } = await stage.sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return { url: QueueUrl!, arn };
}

/** Body of the next message, undefined when none comes in time; short seconds ask whether nothing came. */
export async function message(stage: Stage, from: Queue, seconds = stage.patienceSeconds): Promise<string | undefined> {
  return until(async () => {
    const answer = await stage.sqs.send(new ReceiveMessageCommand({ QueueUrl: from.url, MaxNumberOfMessages: 1 }));
    return answer.Messages?.[0]?.Body;
  }, seconds);
}
