// SPDX-License-Identifier: Apache-2.0
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SNSClient } from "@aws-sdk/client-sns";
import { AwsNotices } from "../../delivery-notices/aws-notices";
import type { Notice } from "../../delivery-notices/notice";
import { AwsDeliveries } from "../../ingest/arrivals/aws-deliveries";
import { AwsLedgerReader } from "../../ledger/aws-reader";
import { AwsFindings } from "./aws-findings";
import { check } from "./check";
import type { Finding } from "./findings";

/** Runs by the clock: what it is told does not matter. */
export async function handler(): Promise<void> {
  const dynamodb = new DynamoDBClient({ maxAttempts: 5 });
  const ledger = new AwsLedgerReader(dynamodb, variable("LEDGER_TABLE"));
  const deliveries = new AwsDeliveries(dynamodb, variable("DELIVERIES_TABLE"));
  const known = new AwsFindings(dynamodb, variable("FINDINGS_TABLE"));
  const notices = new AwsNotices(new SNSClient({ maxAttempts: 5 }), variable("NOTICES_TOPIC"));
  const asOf = new Date();
  const ports = {
    deliveries: () => deliveries.all(),
    newest: (vendor: string) => ledger.newest(vendor),
    isKnown: (id: string) => known.isKnown(id),
    remember: (id: string, finding: Finding) => known.remember(id, finding, asOf),
    tell: (notice: Notice) => notices.tell(notice),
    log: (line: string) => void process.stdout.write(`${line}\n`),
  };
  const records = variable("RECORD_BUCKETS").split(",");
  await check(ports, { records, lookBackDays: days(variable("LOOK_BACK_DAYS")) }, asOf);
}

function days(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error("LOOK_BACK_DAYS is no number of days");
  return Number(text);
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
