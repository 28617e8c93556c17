// SPDX-License-Identifier: Apache-2.0
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { Part11Error } from "../../error";
import type { Names } from "../names";
import type { Readers } from "../readers";
import { DeliveredTrail } from "./delivered-trail";
import { S3Reader } from "./s3-reader";
import { TableReader } from "./table-reader";
import { TransferLog } from "./transfer-log";

/** Connection of every client; credentials and endpoint are the environment's unless it says otherwise. */
export type Connection = Pick<S3ClientConfig, "endpoint" | "credentials" | "requestHandler">;

/** Readers on AWS of what a proof of an object of `bucket` asks. What nobody named is not looked at. @throws USAGE without a region */
export async function awsReaders(bucket: string, names: Names, connection: Connection = {}): Promise<Readers> {
  const { accountId, auditBucket, inbox, replicaRegion, table, transferLog } = names;
  const config = { ...connection, ...(names.region === undefined ? {} : { region: names.region }) };
  const s3 = new S3Client(config);
  const region = await regionOf(s3);
  const replica = names.replicas[bucket];
  return {
    objects: new S3Reader(s3),
    replica: replicaReader(),
    ledger: table === undefined ? unnamed("--table") : new TableReader(new DynamoDBClient(config), table),
    auditBucket: auditBucket ?? unnamed("--audit-bucket"),
    trail:
      auditBucket === undefined || accountId === undefined
        ? unnamed("--audit-bucket and --account")
        : new DeliveredTrail(s3, { bucket: auditBucket, accountId, region }),
    transferLog:
      transferLog === undefined
        ? unnamed("--transfer-log")
        : new TransferLog(new CloudWatchLogsClient(config), transferLog),
  };

  function replicaReader(): Readers["replica"] {
    if (bucket === inbox) return "none";
    if (replica === undefined || replicaRegion === undefined) return unnamed("--replica and --replica-region");
    return { bucket: replica, objects: new S3Reader(new S3Client({ ...connection, region: replicaRegion })) };
  }
}

async function regionOf(s3: S3Client): Promise<string> {
  try {
    return await s3.config.region();
  } catch (error) {
    throw new Part11Error(
      {
        code: "USAGE",
        what: "region not known",
        where: "part11 prove",
        expected: "the region of the object",
        got: "none",
        todo: "give --settings, --region or AWS_REGION",
      },
      { cause: error },
    );
  }
}

function unnamed(options: string): { readonly unseen: string } {
  return { unseen: `nobody said where it is: give --settings, or ${options}` };
}
