// SPDX-License-Identifier: Apache-2.0
import { AUDIT_SEARCH_READERS } from "./audit-search";
import { CLOUDTRAIL_READERS } from "./cloudtrail";
import { CLOUDWATCH_READERS } from "./cloudwatch";
import { EVENTS_READERS } from "./events";
import { IAM_READERS } from "./iam";
import { KMS_READERS } from "./kms";
import { LOGS_READERS } from "./logs";
import { MESSAGING_READERS } from "./messaging";
import type { LiveReader } from "./reader";
import { S3_ACCESS_READERS } from "./s3-access";
import { S3_BUCKET_READERS } from "./s3-bucket";
import { S3_LIFECYCLE_READERS } from "./s3-lifecycle";
import { S3_REPLICATION_READERS } from "./s3-replication";
import { S3_REPORT_READERS } from "./s3-reports";

const READERS: Readonly<Record<string, LiveReader>> = {
  ...AUDIT_SEARCH_READERS,
  ...CLOUDTRAIL_READERS,
  ...CLOUDWATCH_READERS,
  ...EVENTS_READERS,
  ...IAM_READERS,
  ...KMS_READERS,
  ...LOGS_READERS,
  ...MESSAGING_READERS,
  ...S3_ACCESS_READERS,
  ...S3_BUCKET_READERS,
  ...S3_LIFECYCLE_READERS,
  ...S3_REPLICATION_READERS,
  ...S3_REPORT_READERS,
};

/** The resource types that IQ can read back, sorted. */
export const LIVE_TYPES: readonly string[] = Object.keys(READERS).sort();

/** Reader of a resource type; undefined when there is none, which no caller may take for a pass. */
export function liveReader(type: string): LiveReader | undefined {
  return Object.hasOwn(READERS, type) ? READERS[type] : undefined;
}
