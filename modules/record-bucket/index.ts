// SPDX-License-Identifier: Apache-2.0
export type { RecordBucketAttributes } from "./imported-record-bucket";
export { grantInspection, grantStateInspection } from "./inspection";
export { type LockedBucketRole, RecordBucket, type RecordBucketProps } from "./record-bucket";
export type { RecordBucketBase } from "./record-bucket-base";
