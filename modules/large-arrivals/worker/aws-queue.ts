// SPDX-License-Identifier: Apache-2.0
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { LargeQueue, Taken } from "./work";

/** Seconds for which a message in hand is hidden, and after which one whose task died is seen again. */
export const HELD_SECONDS = 600;
/** Longest poll of SQS. */
const WAIT_SECONDS = 20;

/** The queue in SQS, which hides a message for twelve hours in all and no longer (API ChangeMessageVisibility). */
export class AwsLargeQueue implements LargeQueue {
  constructor(
    private readonly sqs: SQSClient,
    private readonly url: string,
  ) {}

  async receive(stop: AbortSignal): Promise<Taken | undefined> {
    try {
      const { Messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.url,
          MaxNumberOfMessages: 1,
          VisibilityTimeout: HELD_SECONDS,
          WaitTimeSeconds: WAIT_SECONDS,
        }),
        { abortSignal: stop },
      );
      const [first] = Messages;
      return first && { messageId: first.MessageId ?? "", body: first.Body ?? "", receipt: first.ReceiptHandle ?? "" };
    } catch (error) {
      if (stop.aborted) return undefined;
      throw error;
    }
  }

  async hold({ receipt }: Taken): Promise<void> {
    await this.hide(receipt, HELD_SECONDS);
  }

  async release({ receipt }: Taken): Promise<void> {
    await this.hide(receipt, 0);
  }

  async remove({ receipt }: Taken): Promise<void> {
    await this.sqs.send(new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle: receipt }));
  }

  private async hide(ReceiptHandle: string, VisibilityTimeout: number): Promise<void> {
    await this.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: this.url, ReceiptHandle, VisibilityTimeout }));
  }
}
