// SPDX-License-Identifier: Apache-2.0
import { SNSClient } from "@aws-sdk/client-sns";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AwsNotices } from "../../delivery-notices/aws-notices";
import { AwsLedgerReader } from "../../ledger/aws-reader";
import type { ObjectVersion } from "../../ledger/entry";
import { announce } from "./announce";
import { putDailyRoot } from "./aws-root";
import { type Batch, type BatchAnswer, REFUSED, takeBatch } from "./batch";
import { byteCount, installedArrivals, variable } from "./installed";
import { handOverBody, type Message } from "./message";
import { sweep } from "./sweep";

/** Kept between runs of one process, so that it remembers what it has mirrored. */
let take: ((message: Message) => Promise<void>) | undefined;

/** Takes what EventBridge told the queue of objects and uploads. */
export async function handler(batch: Batch): Promise<BatchAnswer> {
  take ??= taker();
  return takeBatch(batch, take, log);
}

function taker(): (message: Message) => Promise<void> {
  const installed = installedArrivals(byteCount("LARGEST_BYTES"), log, handOver());
  const { inbox, unblinded, buckets, auditBucket, arrivals, history, objects, deliveries, ledger, s3, dynamodb } =
    installed;
  const reader = new AwsLedgerReader(dynamodb, variable("LEDGER_TABLE"));
  const notices =
    process.env.NOTICES_TOPIC && new AwsNotices(new SNSClient({ maxAttempts: 5 }), process.env.NOTICES_TOPIC);
  return async (message) => {
    if (notices && message.kind === "object" && message.version.bucket === auditBucket) {
      const event = (chain: string, sequence: number) => reader.at(chain, sequence);
      const expected = (vendor: string) => deliveries.of(vendor);
      return announce(
        { inbox, unblinded, event, deliveries: expected, tell: (notice) => notices.tell(notice) },
        message.version,
      );
    }
    if (message.kind !== "sweep") return arrivals.take(message);
    const versions = (bucket: string) => objects.all(bucket);
    const { chains, unledgered, failed } = await sweep({ inbox, buckets, arrivals, history, versions });
    for (const version of unledgered) log(`${REFUSED} ${JSON.stringify({ unledgered: version })}`);
    for (const one of failed) log(`${REFUSED} ${JSON.stringify({ failed: one })}`);
    await putDailyRoot(s3, auditBucket, ledger, [...chains, ...(await deliveries.vendors())], history.now());
  };
}

function log(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Sends what is too large for a function to the queue of the task, where there is one. */
function handOver(): ((version: ObjectVersion) => Promise<void>) | undefined {
  const { LARGE_QUEUE_URL: QueueUrl } = process.env;
  if (!QueueUrl) return undefined;
  const sqs = new SQSClient({ maxAttempts: 5 });
  return async (version) => {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: handOverBody(version) }));
    log(JSON.stringify({ handedOver: version }));
  };
}
