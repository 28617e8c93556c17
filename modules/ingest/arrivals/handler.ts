// SPDX-License-Identifier: Apache-2.0
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { AwsNotices } from "../../delivery-notices/aws-notices";
import { AwsLedgerReader } from "../../ledger/aws-reader";
import { AwsLedgerStore } from "../../ledger/aws-store";
import { announce } from "./announce";
import { Arrivals } from "./arrival";
import { AwsDeliveries } from "./aws-deliveries";
import { AwsObjects, hashingClient } from "./aws-objects";
import { putDailyRoot } from "./aws-root";
import { LambdaScan } from "./aws-scan";
import { type Batch, type BatchAnswer, eventLine, REFUSED, takeBatch } from "./batch";
import { History } from "./history";
import type { Message } from "./message";
import { sweep } from "./sweep";

/** Kept between runs of one process, so that it remembers what it has mirrored. */
let take: ((message: Message) => Promise<void>) | undefined;

/** Takes what EventBridge told the queue of objects and uploads. */
export async function handler(batch: Batch): Promise<BatchAnswer> {
  take ??= taker();
  return takeBatch(batch, take, log);
}

function taker(): (message: Message) => Promise<void> {
  const dynamodb = new DynamoDBClient({ maxAttempts: 5 });
  const s3 = new S3Client({ maxAttempts: 5 });
  const [inbox, raw, auditBucket] = [variable("INBOX_BUCKET"), variable("RAW_BUCKET"), variable("AUDIT_BUCKET")];
  const { CURATED_BUCKET, UNBLINDED_BUCKET: unblinded } = process.env;
  const buckets = [inbox, raw, CURATED_BUCKET, unblinded].filter((bucket) => bucket !== undefined);
  const ledger = new AwsLedgerStore(dynamodb, s3, { table: variable("LEDGER_TABLE"), auditBucket });
  const options = {
    now: () => new Date(),
    wait: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
  };
  const history = new History(ledger, options, (event) => log(eventLine(event)));
  const objects = new AwsObjects(hashingClient());
  const deliveries = new AwsDeliveries(dynamodb, variable("DELIVERIES_TABLE"));
  const arrivals = new Arrivals({
    ...{ inbox, raw, unblinded, objects, history, deliveries },
    largestBytes: byteCount("LARGEST_BYTES"),
    largestTrialBytes: byteCount("LARGEST_TRIAL_BYTES"),
    scan: process.env.SCAN_FUNCTION ? new LambdaScan(new LambdaClient({}), process.env.SCAN_FUNCTION) : undefined,
  });
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
    const { unledgered, failed } = await sweep({ inbox, buckets, arrivals, history, versions });
    for (const version of unledgered) log(`${REFUSED} ${JSON.stringify({ unledgered: version })}`);
    for (const one of failed) log(`${REFUSED} ${JSON.stringify({ failed: one })}`);
    await putDailyRoot(s3, auditBucket, ledger, await deliveries.vendors(), options.now());
  };
}

function log(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What is no number would compare as no limit. */
function byteCount(name: string): number {
  const text = variable(name);
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Error(`${name} is no number of bytes`);
  return Number(text);
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
