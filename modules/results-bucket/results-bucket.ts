// SPDX-License-Identifier: Apache-2.0
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { BucketBaseline } from "../bucket-baseline";
import { EncryptionKey } from "../encryption-key";
import { gxpTags, type SystemIdentity } from "../tags";

export interface ResultsBucketProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** Literal bucket name, 3-63 lower-case letters, digits, hyphens. */
  readonly bucketName: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Bucket in the same region that receives server access logs. */
  readonly accessLogBucket: BucketBaseline;
  /** Days that query results and inventories are kept: copies made from records, not records. @default 30 */
  readonly keepDays?: number;
  /** Provider of another region. @default - the stack's default provider */
  readonly provider?: TerraformProvider;
}

/** Athena query results and S3 inventories: SSE-KMS, TLS only, short-lived. */
export class ResultsBucket extends Construct {
  readonly baseline: BucketBaseline;
  readonly key: EncryptionKey;

  constructor(scope: Construct, id: string, props: ResultsBucketProps) {
    super(scope, id);
    const { environment } = props.identity;
    const provider = props.provider;
    const keepDays = props.keepDays ?? 30;
    const tags = { ...gxpTags(props.identity, `${keepDays} days`), BucketRole: "results" };
    this.key = new EncryptionKey(this, "Key", {
      env: props.env,
      environment,
      alias: props.bucketName,
      administratorArns: props.administratorArns,
      serviceStatements: [
        {
          Sid: "InventoryEncrypts",
          Effect: "Allow",
          Principal: { Service: "s3.amazonaws.com" },
          Action: "kms:GenerateDataKey",
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": props.env.accountId },
            ArnLike: { "aws:SourceArn": new Arns(props.env).bucket("*") },
          },
        },
      ],
      tags,
      provider,
    });
    this.baseline = new BucketBaseline(this, "Bucket", {
      env: props.env,
      environment,
      bucketName: props.bucketName,
      objectLock: false,
      tags,
      provider,
    });
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
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{}],
          expiration: [{ days: keepDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
      dependsOn: [this.baseline.versioning],
      provider,
    });
    new S3BucketNotification(this, "Notification", { bucket, eventbridge: true, provider });
    new S3BucketLoggingA(this, "AccessLogging", {
      bucket,
      targetBucket: props.accessLogBucket.bucket.bucket,
      targetPrefix: `${props.bucketName}/`,
      dependsOn: [props.accessLogBucket.policy],
      provider,
    });
    props.accessLogBucket.addStatement({
      Sid: "AccessLogsResults",
      Effect: "Allow",
      Principal: { Service: ["logging.s3.amazonaws.com"] },
      Action: ["s3:PutObject"],
      Resource: `${props.accessLogBucket.arn}/${props.bucketName}/*`,
      Condition: {
        StringEquals: { "aws:SourceAccount": props.env.accountId },
        ArnEquals: { "aws:SourceArn": this.baseline.arn },
      },
    });
  }
}
