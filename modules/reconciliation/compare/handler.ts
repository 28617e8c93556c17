// SPDX-License-Identifier: Apache-2.0
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { AwsDeliveries } from "../../ingest/arrivals/aws-deliveries";
import { AwsObjects } from "../../ingest/arrivals/aws-objects";
import { AwsLedgerReader } from "../../ledger/aws-reader";
import type { ObjectVersion } from "../../ledger/entry";
import { compare, youngMinutesOf } from "./compare";

/** By the clock; by hand `{"youngMinutes": 0}` compares what came just now as well. */
export async function handler(asked?: { readonly youngMinutes?: unknown } | null): Promise<void> {
  const dynamodb = new DynamoDBClient({ maxAttempts: 5 });
  const objects = new AwsObjects(new S3Client({ maxAttempts: 5 }));
  const ledger = new AwsLedgerReader(dynamodb, variable("LEDGER_TABLE"));
  const deliveries = new AwsDeliveries(dynamodb, variable("DELIVERIES_TABLE"));
  await compare({
    buckets: variable("BUCKETS").split(","),
    versions: (bucket) => objects.all(bucket),
    vendors: () => deliveries.vendors(),
    events: (chain) => ledger.newest(chain),
    storedAt: async ({ bucket, key, versionId }: ObjectVersion) =>
      (await objects.versions(bucket, key)).find((version) => version.versionId === versionId)?.lastModified,
    isReceived: (version) => ledger.has({ type: "RECEIVED", ...version }),
    youngMinutes: youngMinutesOf(asked),
    now: () => new Date(),
    log: (line) => void process.stdout.write(`${line}\n`),
  });
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
