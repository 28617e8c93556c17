// SPDX-License-Identifier: Apache-2.0
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { AwsLedgerStore } from "../../ledger/aws-store";
import { Arrivals, type ArrivalsProps } from "./arrival";
import { AwsDeliveries } from "./aws-deliveries";
import { AwsObjects, hashingClient } from "./aws-objects";
import { LambdaScan } from "./aws-scan";
import { eventLine } from "./batch";
import { History } from "./history";

/**
 * Arrivals on AWS as the environment of the process names its parts: function and task run the same.
 *
 * @throws Error for a variable that is not set
 */
export function installedArrivals(
  largestBytes: number,
  log: (line: string) => void,
  handOver?: ArrivalsProps["handOver"],
) {
  const [inbox, raw, auditBucket] = [variable("INBOX_BUCKET"), variable("RAW_BUCKET"), variable("AUDIT_BUCKET")];
  const { CURATED_BUCKET, UNBLINDED_BUCKET: unblinded, SCAN_FUNCTION } = process.env;
  const dynamodb = new DynamoDBClient({ maxAttempts: 5 });
  const s3 = new S3Client({ maxAttempts: 5 });
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
    ...{ inbox, raw, unblinded, objects, history, deliveries, largestBytes, handOver },
    largestTrialBytes: byteCount("LARGEST_TRIAL_BYTES"),
    scan: SCAN_FUNCTION ? new LambdaScan(new LambdaClient({}), SCAN_FUNCTION) : undefined,
  });
  const buckets = [inbox, raw, CURATED_BUCKET, unblinded].filter((bucket) => bucket !== undefined);
  return { inbox, unblinded, buckets, auditBucket, arrivals, history, objects, deliveries, ledger, s3, dynamodb };
}

/** What is no number would compare as no limit. @throws Error */
export function byteCount(name: string): number {
  const text = variable(name);
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Error(`${name} is no number of bytes`);
  return Number(text);
}

/** @throws Error when it is not set */
export function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
