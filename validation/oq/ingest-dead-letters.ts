// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { Part11Error } from "../error";
import type { PutVersion, Range } from "./range";
import type { Setting } from "./restore";

/** Seconds between two tries while a challenge watches a message fail: five tries at ninety minutes each are no challenge. */
export const TRY_SECONDS = 5;
const POLL_MS = 1000;
/** "Within minutes": what is given up is given up after five. */
const PATIENCE_MS = 5 * 60_000;
/** Long enough to take out what one look has shown. */
const HIDDEN_SECONDS = 60;
/** Long polling asks every server, so that no message means none (SQS developer guide, "Amazon SQS short and long polling"). */
const WAIT_SECONDS = 2;

/** A message in the dead-letter queue. */
export interface DeadLetter {
  readonly id: string;
  readonly body: string;
}

/** The installed queue of arrivals, and the one that keeps what could not be dealt with. */
export class IngestDeadLetters {
  private constructor(
    private readonly sqs: SQSClient,
    /** URL of the queue of arrivals. */
    readonly arrivals: string,
    /** URL of the dead-letter queue. */
    readonly url: string,
  ) {}

  static async of(range: Range): Promise<IngestDeadLetters> {
    const sqs = (await range.administrator()).sqs();
    const urlOf = async (ending: string) => {
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: range.zone.queueNamed(ending) }));
      return QueueUrl!;
    };
    return new IngestDeadLetters(sqs, await urlOf("-ingest"), await urlOf("-ingest-dead-letters"));
  }

  /** Puts an event into the queue of arrivals; answers with the id of its message. */
  async send(event: object): Promise<string> {
    const command = new SendMessageCommand({ QueueUrl: this.arrivals, MessageBody: JSON.stringify(event) });
    return String((await this.sqs.send(command)).MessageId);
  }

  /** What waits in the dead-letter queue, up to ten messages; nothing is hidden from others by the look. */
  async waiting(): Promise<readonly DeadLetter[]> {
    const look = { QueueUrl: this.url, MaxNumberOfMessages: 10, VisibilityTimeout: 0, WaitTimeSeconds: WAIT_SECONDS };
    const { Messages = [] } = await this.sqs.send(new ReceiveMessageCommand(look));
    const found = new Map(Messages.map(({ MessageId, Body = "" }) => [String(MessageId), Body]));
    return [...found].map(([id, body]) => ({ id, body }));
  }

  /** Looks until a message about each of the texts waits, or patience ends. */
  async until(...texts: readonly string[]): Promise<readonly DeadLetter[]> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const letters = await this.waiting();
      if (texts.every((text) => letters.some(({ body }) => body.includes(text))) || Date.now() > deadline)
        return letters;
      await sleep(POLL_MS);
    }
  }

  /**
   * Takes a challenge's own messages out of the dead-letter queue, for good.
   *
   * @returns what else waits there
   * @throws TRANSPORT when the queue has not come to its end before patience has
   */
  async takeOut(own: string): Promise<readonly DeadLetter[]> {
    const others: DeadLetter[] = [];
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
      const look = { MaxNumberOfMessages: 10, VisibilityTimeout: HIDDEN_SECONDS, WaitTimeSeconds: WAIT_SECONDS };
      const { Messages = [] } = await this.sqs.send(new ReceiveMessageCommand({ QueueUrl: this.url, ...look }));
      if (Messages.length === 0) return others;
      for (const { MessageId, Body = "", ReceiptHandle } of Messages) {
        if (!Body.includes(own)) others.push({ id: String(MessageId), body: Body });
        else await this.sqs.send(new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle }));
      }
    }
    throw new Part11Error({
      code: "TRANSPORT",
      what: "messages of a challenge not taken out",
      where: this.url,
      expected: `an empty dead-letter queue within ${PATIENCE_MS / 1000} seconds`,
      got: `messages at every look, ${others.length} of them of others`,
      todo: "find out what sends to the queue, empty it, and run the qualification again",
    });
  }

  /** The visibility timeout of the queue of arrivals as a setting that a challenge shortens to TRY_SECONDS. */
  visibility(): Setting {
    const QueueUrl = this.arrivals;
    const put = (VisibilityTimeout: string) =>
      this.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout } }));
    return {
      name: "the visibility timeout of the queue of arrivals",
      read: async () => {
        const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["VisibilityTimeout"] });
        return String((await this.sqs.send(command)).Attributes?.VisibilityTimeout);
      },
      change: () => put(String(TRY_SECONDS)),
      restore: put,
    };
  }
}

/** What EventBridge tells of a new version (S3 user guide, "EventBridge event message structure"). */
export function objectCreated(range: Range, { bucket, key, versionId }: Omit<PutVersion, "sha256">): object {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Object Created",
    source: "aws.s3",
    account: range.target.accountId,
    time: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    region: range.target.region,
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: "0",
      bucket: { name: bucket },
      object: { key, size: 1, "version-id": versionId },
      requester: range.target.accountId,
      reason: "PutObject",
    },
  };
}
