// SPDX-License-Identifier: Apache-2.0
import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { Part11Error } from "../error";
import type { Queues, Waiting } from "./replay";

/** Seconds for which a message that was taken is hidden: longer than a batch takes. */
const HIDDEN_SECONDS = 120;
/** Long polling asks every server, so that no message means none (SQS developer guide, "Amazon SQS short and long polling"). */
const WAIT_SECONDS = 5;

/**
 * Queues in SQS, by the credentials of the clients.
 *
 * @param queue name or URL of the dead-letter queue
 * @param to name or URL of the queue that its messages came from; undefined for the one whose dead letters it keeps
 * @throws SUBJECT_NOT_FOUND when that is none or several
 */
export async function sqsQueues(sqs: SQSClient, sts: STSClient, queue: string, to?: string): Promise<Queues> {
  const from = await urlOf(sqs, queue);
  const target = to === undefined ? await sourceOf(sqs, from) : await urlOf(sqs, to);
  if (target === from) throw notFound(from, "another queue than the one that is emptied", "the same");
  const { Arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
  return {
    from,
    to: target,
    caller: Arn,
    async take(most) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: from,
          MaxNumberOfMessages: most,
          VisibilityTimeout: HIDDEN_SECONDS,
          WaitTimeSeconds: WAIT_SECONDS,
        }),
      );
      return Messages.map(({ MessageId = "", Body = "", ReceiptHandle = "" }): Waiting => {
        return { messageId: MessageId, body: Body, receipt: ReceiptHandle };
      });
    },
    async send({ body }) {
      await sqs.send(new SendMessageCommand({ QueueUrl: target, MessageBody: body }));
    },
    async remove({ receipt }) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: receipt }));
    },
  };
}

async function urlOf(sqs: SQSClient, queue: string): Promise<string> {
  if (/^https?:\/\//.test(queue)) return queue;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue }));
  return QueueUrl ?? "";
}

async function sourceOf(sqs: SQSClient, QueueUrl: string): Promise<string> {
  const { queueUrls = [] } = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl }));
  if (queueUrls.length === 1) return queueUrls[0]!;
  throw notFound(QueueUrl, "one queue whose dead letters it keeps", queueUrls.join(", ") || "none");
}

function notFound(where: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "SUBJECT_NOT_FOUND",
    what: "no queue to send to",
    where,
    expected,
    got,
    todo: "name the queue of ingest with --to",
  });
}
