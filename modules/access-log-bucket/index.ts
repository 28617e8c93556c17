// SPDX-License-Identifier: Apache-2.0
export { AccessLogBucket, type AccessLogBucketProps } from "./access-log-bucket";
