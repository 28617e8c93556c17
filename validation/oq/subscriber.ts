// SPDX-License-Identifier: Apache-2.0
import { SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import type { Principal } from "./principal";
import type { Range } from "./range";

/** What SNS has put into a queue: the published text and its message attributes. */
export interface Received {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * A queue of this run as one more subscriber: a measuring instrument, gone afterwards.
 *
 * @param filter of message attributes, as JSON. @default - everything is received
 */
export async function subscribeQueue(
  range: Range,
  administrator: Principal,
  topic: string,
  label: string,
  filter?: string,
) {
  const sqs = administrator.sqs();
  const QueueName = `${range.unlocked}-${label}`;
  const resource = `arn:aws:sqs:${range.target.region}:${range.target.accountId}:${QueueName}`;
  const fromTopic = { ArnEquals: { "aws:SourceArn": topic } };
  const statement = {
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: resource,
    Condition: fromTopic,
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const { QueueUrl: url } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn"] }));
  const subscribe = {
    TopicArn: topic,
    Protocol: "sqs",
    Endpoint: Attributes!.QueueArn,
    ReturnSubscriptionArn: true,
    ...(filter === undefined ? {} : { Attributes: { FilterPolicy: filter, FilterPolicyScope: "MessageAttributes" } }),
  };
  const { SubscriptionArn } = await administrator.sns().send(new SubscribeCommand(subscribe));
  const remove = async () => {
    await administrator.sns().send(new UnsubscribeCommand({ SubscriptionArn }));
    await administrator.sqs().send(new DeleteQueueCommand({ QueueUrl: url }));
  };
  return { url: url!, remove };
}

/** Reads a queue to its end. What was read is taken out: a message that comes back would be told once more. */
export async function receive(administrator: Principal, QueueUrl: string): Promise<Received[]> {
  const sqs = administrator.sqs();
  const look = { QueueUrl, WaitTimeSeconds: 0, MaxNumberOfMessages: 10 };
  const received: Received[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(look));
    if (Messages.length === 0) return received;
    for (const { Body, ReceiptHandle } of Messages) {
      received.push(receivedOf(Body));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

/** SNS's own JSON around what was published (SNS developer guide, "Amazon SNS message and JSON formats"). */
function receivedOf(body: string | undefined): Received {
  const { Message, MessageAttributes = {} } = JSON.parse(body ?? "{}") as {
    Message?: string;
    MessageAttributes?: Record<string, { Value: string }>;
  };
  const attributes = Object.entries(MessageAttributes).map(([name, { Value }]) => [name, Value] as const);
  return { text: Message ?? "{}", attributes: Object.fromEntries(attributes) };
}
