// SPDX-License-Identifier: Apache-2.0
export { AccessLogBucket, type AccessLogBucketProps } from "./access-log-bucket";
export { AuditBucket, type AuditBucketProps } from "./audit-bucket";
export { AuditSearch, type AuditSearchProps } from "./audit-search";
export {
  AuditTrail,
  type AuditTrailProps,
  DeliveryTopic,
  type DeliveryTopicProps,
  type TrailFinding,
} from "./audit-trail";
export { Arns, type AwsEnvironment, type EnvironmentName } from "./aws-environment";
export {
  ClinicalLandingZone,
  type ClinicalLandingZoneProps,
  type Delivery,
  inboundPrefix,
  type Writer,
} from "./clinical-landing-zone";
export { recordConstructLines } from "./construct-lines";
export { EncryptionKey, type EncryptionKeyProps } from "./encryption-key";
export { ModuleError, type ModuleErrorCode } from "./errors";
export type { Metric } from "./metric";
export { AlertTopic, type AlertTopicProps, Monitoring, type MonitoringProps, type Subscriber } from "./monitoring";
export {
  type LockedBucketRole,
  RecordBucket,
  type RecordBucketAttributes,
  type RecordBucketBase,
  type RecordBucketProps,
} from "./record-bucket";
export { Replication, type ReplicationProps } from "./replication";
export { ResultsBucket, type ResultsBucketProps } from "./results-bucket";
export { Retention, type RetentionPeriod } from "./retention";
export { RuntimeRole, type RuntimeRoleProps, type Trust } from "./runtime-role";
export { gxpTags, type SystemIdentity } from "./tags";
