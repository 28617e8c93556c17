// SPDX-License-Identifier: Apache-2.0
export { AuditBucket, type AuditBucketProps } from "./audit-bucket";
