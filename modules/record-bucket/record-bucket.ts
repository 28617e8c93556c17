// SPDX-License-Identifier: Apache-2.0
import { S3BucketInventory } from "@cdktf/provider-aws/lib/s3-bucket-inventory";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketMetric } from "@cdktf/provider-aws/lib/s3-bucket-metric";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { AwsEnvironment, EnvironmentName } from "../aws-environment";
import { BucketBaseline } from "../bucket-baseline";
import { EncryptionKey } from "../encryption-key";
import type { Metric } from "../metric";
import type { PolicyStatement } from "../policy-document";
import { checkRetention, type Retention, type RetentionPeriod } from "../retention";
import { gxpTags, type SystemIdentity } from "../tags";
import { ImportedRecordBucket, type RecordBucketAttributes } from "./imported-record-bucket";
import { protectionStatements } from "./protection";
import { RecordBucketBase } from "./record-bucket-base";

/** Filter of the request metrics, which every one of them has as a dimension: it takes in all objects. */
const REQUEST_METRICS = "EntireBucket";

/** What a locked bucket is for; tag `BucketRole`, from which the gate takes which controls apply. */
export type LockedBucketRole = "record" | "inbox" | "audit" | "replica" | "evidence";

export interface RecordBucketProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** Literal bucket name; also the alias of its key. */
  readonly bucketName: string;
  /** @default "record" */
  readonly bucketRole?: LockedBucketRole;
  /** Who may know what is in it; tag `Blinding`, by which the gate tells its readers from those of other records. @default "blinded", without a tag */
  readonly blinding?: "blinded" | "unblinded";
  /** Default retention of every new object version. Objects that were there before a lock are not covered by it. */
  readonly retention: Retention;
  /** Least retention that production accepts (21 CFR 11.10(c); the predicate rule of the record class decides). @default 7 years */
  readonly minimumRetention?: RetentionPeriod;
  /** Exact ARNs of the deploy roles: administer the key, may change lock, versioning, lifecycle and replication settings. */
  readonly administratorArns: readonly string[];
  /** Services that write with a key named in the request (CloudTrail). @default false - every PUT that names a key is refused */
  readonly serviceDelivery?: boolean;
  /** Grants to AWS services on the bucket's key. @default - none */
  readonly keyServiceStatements?: readonly PolicyStatement[];
  /** Days until current versions move to GLACIER_IR, which stays readable in milliseconds. @default 90 */
  readonly archiveAfterDays?: number;
  /** Bucket that receives server access logs. It must not be locked (S3 user guide, "Enabling server access logging"). @default - none */
  readonly accessLogBucket?: BucketBaseline;
  /** Bucket that receives the daily inventory. @default - none */
  readonly inventoryBucket?: { readonly baseline: BucketBaseline; readonly keyArn: string };
  /** Provider of another region. @default - the stack's default provider */
  readonly provider?: TerraformProvider;
}

/**
 * S3 bucket whose object versions nobody can delete or alter before their time: Object Lock with default retention,
 * versioning, SSE-KMS with its own key, no public access, no ACLs, and a policy that refuses plain HTTP, foreign keys,
 * version deletes and too short retentions (21 CFR 11.10(c), (d), (e), 11.30).
 *
 * @throws RETENTION_MODE, RETENTION_TOO_SHORT, RETENTION_TOO_LONG_OUTSIDE_PRODUCTION, NAME_INVALID, ADMINISTRATOR_MISSING
 * @see S3 user guide, "Locking objects with Object Lock"
 */
export class RecordBucket extends RecordBucketBase {
  /** A record bucket of another stack, for grants. */
  static fromAttributes(scope: Construct, id: string, attributes: RecordBucketAttributes): RecordBucketBase {
    return new ImportedRecordBucket(scope, id, attributes);
  }

  readonly baseline: BucketBaseline;
  readonly key: EncryptionKey;
  readonly lock: S3BucketObjectLockConfigurationA | undefined;
  readonly retention: Retention;
  readonly blinding: "blinded" | "unblinded";
  readonly bucketName: string;
  /** Literal ARN. */
  readonly arn: string;
  /** What must exist before this bucket can take part in replication: versioning and lock. */
  readonly readyForReplication: ITerraformDependable[];
  readonly keyArn: string;
  protected readonly region: string;

  constructor(scope: Construct, id: string, props: RecordBucketProps) {
    super(scope, id);
    const { environment } = props.identity;
    const bucketRole = props.bucketRole ?? "record";
    checkRetention(environment, props.retention, props.minimumRetention ?? { years: 7 }, this.node.path);
    this.blinding = props.blinding ?? "blinded";
    const tags = {
      ...gxpTags(props.identity, props.retention.toString()),
      BucketRole: bucketRole,
      ...(this.blinding === "unblinded" ? { Blinding: this.blinding } : {}),
    };
    const provider = props.provider;

    this.region = props.env.region;
    this.retention = props.retention;
    this.key = new EncryptionKey(this, "Key", {
      env: props.env,
      environment,
      alias: props.bucketName,
      administratorArns: props.administratorArns,
      serviceStatements: props.keyServiceStatements,
      tags,
      provider,
    });
    this.keyArn = this.key.arn;
    this.baseline = new BucketBaseline(this, "Bucket", {
      env: props.env,
      environment,
      bucketName: props.bucketName,
      objectLock: props.retention.mode !== "NONE",
      tags,
      provider,
    });
    this.bucketName = this.baseline.bucketName;
    this.arn = this.baseline.arn;
    const bucket = this.baseline.bucket.bucket;
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [
        {
          bucketKeyEnabled: true,
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: this.key.arn },
        },
      ],
      provider,
    });
    this.lock = this.defaultRetention(props, bucket);
    this.readyForReplication = this.lock ? [this.baseline.versioning, this.lock] : [this.baseline.versioning];
    for (const statement of protectionStatements({
      arn: this.arn,
      retention: props.retention,
      administratorArns: props.administratorArns,
      serviceDelivery: props.serviceDelivery ?? false,
    })) {
      this.baseline.addStatement(statement);
    }
    this.lifecycleRules(props, bucket, environment);
    new S3BucketNotification(this, "Notification", { bucket, eventbridge: true, provider });
    new S3BucketMetric(this, "RequestMetrics", { bucket, name: REQUEST_METRICS, provider });
    this.accessLogging(props, bucket);
    this.inventory(props, bucket);
  }

  /**
   * Takes over a bucket that Terraform did not make, by an import block. A lock is not retroactive: versions that are
   * there already stay unlocked and keep their key. Switch versioning and Object Lock on first (S3 API
   * PutBucketVersioning, PutObjectLockConfiguration), since Terraform would replace a bucket without them, which
   * prevent_destroy and the gate refuse. Its policy, lifecycle rules, notifications and other settings become this construct's.
   * @see S3 user guide, "Configuring S3 Object Lock", on existing buckets
   */
  adopt(): void {
    this.baseline.bucket.importFrom(this.bucketName);
  }

  /** Bytes uploaded, per five minutes (S3 user guide, "Amazon S3 request metrics in CloudWatch"). */
  metricBytesUploaded(): Metric {
    return {
      namespace: "AWS/S3",
      metricName: "BytesUploaded",
      dimensions: { BucketName: this.bucketName, FilterId: REQUEST_METRICS },
      statistic: "Sum",
      periodSeconds: 300,
    };
  }

  private defaultRetention(props: RecordBucketProps, bucket: string): S3BucketObjectLockConfigurationA | undefined {
    const { mode, period } = props.retention;
    if (mode === "NONE" || !period) return undefined;
    return new S3BucketObjectLockConfigurationA(this, "Lock", {
      bucket,
      objectLockEnabled: "Enabled",
      rule: { defaultRetention: { mode, ...period } },
      dependsOn: [this.baseline.versioning],
      provider: props.provider,
      lifecycle: { preventDestroy: props.identity.environment === "production" },
    });
  }

  private lifecycleRules(props: RecordBucketProps, bucket: string, environment: EnvironmentName): void {
    const archive =
      environment === "production" ? [{ days: props.archiveAfterDays ?? 90, storageClass: "GLACIER_IR" }] : [];
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket,
      rule: [
        {
          id: "abort-incomplete-uploads",
          status: "Enabled",
          filter: [{}],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
        ...(archive.length > 0 ? [{ id: "archive-ready", status: "Enabled", filter: [{}], transition: archive }] : []),
      ],
      dependsOn: [this.baseline.versioning],
      provider: props.provider,
    });
  }

  private accessLogging(props: RecordBucketProps, bucket: string): void {
    if (!props.accessLogBucket) return;
    new S3BucketLoggingA(this, "AccessLogging", {
      bucket,
      targetBucket: props.accessLogBucket.bucket.bucket,
      targetPrefix: `${this.bucketName}/`,
      dependsOn: [props.accessLogBucket.policy],
      provider: props.provider,
    });
    props.accessLogBucket.addStatement({
      Sid: `AccessLogs${this.label.replace(/[^A-Za-z0-9]/g, "")}`,
      Effect: "Allow",
      Principal: { Service: ["logging.s3.amazonaws.com"] },
      Action: ["s3:PutObject"],
      Resource: `${props.accessLogBucket.arn}/${this.bucketName}/*`,
      Condition: {
        StringEquals: { "aws:SourceAccount": props.env.accountId },
        ArnEquals: { "aws:SourceArn": this.arn },
      },
    });
  }

  private inventory(props: RecordBucketProps, bucket: string): void {
    if (!props.inventoryBucket) return;
    const { baseline, keyArn } = props.inventoryBucket;
    new S3BucketInventory(this, "Inventory", {
      bucket,
      name: "daily",
      enabled: true,
      includedObjectVersions: "All",
      schedule: { frequency: "Daily" },
      optionalFields: [
        "BucketKeyStatus",
        "ChecksumAlgorithm",
        "EncryptionStatus",
        "LastModifiedDate",
        "ObjectLockLegalHoldStatus",
        "ObjectLockMode",
        "ObjectLockRetainUntilDate",
        "ReplicationStatus",
        "Size",
      ],
      destination: {
        bucket: {
          bucketArn: baseline.arn,
          accountId: props.env.accountId,
          format: "Parquet",
          prefix: `inventory/${this.bucketName}`,
          encryption: { sseKms: { keyId: keyArn } },
        },
      },
      dependsOn: [baseline.policy],
      provider: props.provider,
    });
    baseline.addStatement({
      Sid: `Inventory${this.label.replace(/[^A-Za-z0-9]/g, "")}`,
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${baseline.arn}/inventory/${this.bucketName}/*`,
      Condition: {
        StringEquals: { "aws:SourceAccount": props.env.accountId },
        ArnEquals: { "aws:SourceArn": this.arn },
      },
    });
  }
}
