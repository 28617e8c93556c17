// SPDX-License-Identifier: Apache-2.0
import { ACCOUNT_READERS } from "./account";
import { AUDIT_SEARCH_READERS } from "./audit-search";
import { BACKUP_READERS } from "./backup";
import { CLOUDTRAIL_READERS } from "./cloudtrail";
import { CLOUDWATCH_READERS } from "./cloudwatch";
import { CONFIG_READERS } from "./config";
import { DYNAMODB_READERS } from "./dynamodb";
import { EVENTS_READERS } from "./events";
import { IAM_READERS } from "./iam";
import { KMS_READERS } from "./kms";
import { LAMBDA_FUNCTION_READERS } from "./lambda-function";
import { LAMBDA_INVOCATION_READERS } from "./lambda-invocation";
import { LOGS_READERS } from "./logs";
import { MESSAGING_READERS } from "./messaging";
import { NETWORK_READERS } from "./network";
import type { LiveReader } from "./reader";
import { ROUTE_READERS } from "./routes";
import { S3_ACCESS_READERS } from "./s3-access";
import { S3_BUCKET_READERS } from "./s3-bucket";
import { S3_LIFECYCLE_READERS } from "./s3-lifecycle";
import { S3_REPLICATION_READERS } from "./s3-replication";
import { S3_REPORT_READERS } from "./s3-reports";
import { SECRET_READERS } from "./secrets";
import { SECURITY_GROUP_READERS } from "./security-groups";
import { SIGNING_READERS } from "./signing";
import { TRANSFER_READERS } from "./transfer";
import { VPC_ENDPOINT_READERS } from "./vpc-endpoints";

const READERS: Readonly<Record<string, LiveReader>> = {
  ...ACCOUNT_READERS,
  ...AUDIT_SEARCH_READERS,
  ...BACKUP_READERS,
  ...CLOUDTRAIL_READERS,
  ...CLOUDWATCH_READERS,
  ...CONFIG_READERS,
  ...DYNAMODB_READERS,
  ...EVENTS_READERS,
  ...IAM_READERS,
  ...KMS_READERS,
  ...LAMBDA_FUNCTION_READERS,
  ...LAMBDA_INVOCATION_READERS,
  ...LOGS_READERS,
  ...MESSAGING_READERS,
  ...NETWORK_READERS,
  ...ROUTE_READERS,
  ...S3_ACCESS_READERS,
  ...S3_BUCKET_READERS,
  ...S3_LIFECYCLE_READERS,
  ...S3_REPLICATION_READERS,
  ...S3_REPORT_READERS,
  ...SECRET_READERS,
  ...SECURITY_GROUP_READERS,
  ...SIGNING_READERS,
  ...TRANSFER_READERS,
  ...VPC_ENDPOINT_READERS,
};

/** The resource types that IQ can read back, sorted. */
export const LIVE_TYPES: readonly string[] = Object.keys(READERS).sort();

/** Reader of a resource type; undefined when there is none, which no caller may take for a pass. */
export function liveReader(type: string): LiveReader | undefined {
  return Object.hasOwn(READERS, type) ? READERS[type] : undefined;
}
