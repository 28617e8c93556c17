// SPDX-License-Identifier: Apache-2.0
export { AccessLogBucket, type AccessLogBucketProps } from "./access-log-bucket";
export { AccountBaseline, type AccountBaselineProps } from "./account-baseline";
export { ArrivalStart, type ArrivalStartProps, type StartedProcess } from "./arrival-start";
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
export { Backup, type BackupProps } from "./backup";
export {
  ClinicalLandingZone,
  type ClinicalLandingZoneProps,
  type Delivery,
  inboundPrefix,
  type LargeFiles,
  type PushSender,
  planSummary,
  type Receiving,
  type ReceivingSettings,
  type Scanner,
  type SecondComponent,
  type SftpSettings,
  type UnblindedRecords,
  type UnblindedSettings,
  type Writer,
} from "./clinical-landing-zone";
export { recordConstructLines } from "./construct-lines";
export { DeliveryCheck, type DeliveryCheckProps } from "./delivery-check";
export { DeliveryNotices, type DeliveryNoticesProps, type VendorContact } from "./delivery-notices";
export { EncryptionKey, type EncryptionKeyProps } from "./encryption-key";
export { ModuleError, type ModuleErrorCode } from "./errors";
export {
  EvidenceBoundary,
  type EvidenceBoundaryProps,
  EvidenceBucket,
  type EvidenceBucketProps,
} from "./evidence-bucket";
export {
  CodeSigning,
  type CodeSigningProps,
  Handler,
  type HandlerArchive,
  type HandlerCode,
  type HandlerProps,
  handlerArchive,
  handlerKey,
} from "./handler";
export {
  type Delivery as ExpectedDelivery,
  Ingest,
  type IngestProps,
  type Schedule as DeliverySchedule,
} from "./ingest";
export { LargeArrivals, type LargeArrivalsProps, type LargeNetwork } from "./large-arrivals";
export { Ledger, type LedgerProps } from "./ledger";
export { LogArchive, type LogArchiveProps } from "./log-archive";
export type { Metric } from "./metric";
export { AlertTopic, type AlertTopicProps, Monitoring, type MonitoringProps, type Subscriber } from "./monitoring";
export {
  type ApplicationSender,
  type BatchSender,
  type DataSyncPush,
  type DataSyncSender,
  type MftProduct,
  type MftSender,
  PushAccess,
  type PushAccessProps,
  type Sender,
  type SenderNetwork,
  type SenderTrust,
} from "./push-access";
export { Reconciliation, type ReconciliationProps } from "./reconciliation";
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
export { ScheduledCheck, type ScheduledCheckProps } from "./scheduled-check";
export {
  type AuthenticationMethods,
  entraRopcLogin,
  type GatewayContext,
  type IdentityProvider,
  type LoginFunction,
  type SecurityPolicy,
  SftpEndpoint,
  type SftpEndpointProps,
  SftpGateway,
  type SftpGatewayProps,
  securityPolicies,
  VendorLogin,
  type VendorLoginProps,
} from "./sftp-gateway";
export { type InterfaceService, SftpNetwork, type SftpNetworkProps } from "./sftp-network";
export { gxpTags, type SystemIdentity } from "./tags";
export {
  parseSshKey,
  type SshKey,
  type Vendor,
  VendorDirectory,
  type VendorDirectoryProps,
  type VendorFolder,
  type VendorKey,
  type VendorStudy,
  vendorFolders,
} from "./vendor-directory";
