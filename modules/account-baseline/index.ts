// SPDX-License-Identifier: Apache-2.0
export { AccountBaseline, type AccountBaselineProps } from "./account-baseline";
export { ConfigurationHistoryBucket, type ConfigurationHistoryBucketProps } from "./configuration-history-bucket";
