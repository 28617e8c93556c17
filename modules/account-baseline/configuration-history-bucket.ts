// SPDX-License-Identifier: Apache-2.0
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../aws-environment";
import { BucketBaseline } from "../bucket-baseline";
import { EncryptionKey } from "../encryption-key";
import type { PolicyStatement } from "../policy-document";
import { gxpTags, type SystemIdentity } from "../tags";

export interface ConfigurationHistoryBucketProps {
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
  /** Days that configuration history is kept. @default 2557, seven years */
  readonly keepDays?: number;
}

/**
 * Bucket that AWS Config delivers to, and nobody else. Not the audit bucket and not locked: Config delivers to no bucket
 * with default retention. Who changed what stands in the audit trail, under lock; this is the state before and after.
 *
 * @see AWS Config developer guide, "Managing the delivery channel", "Permissions for the Amazon S3 bucket"
 */
export class ConfigurationHistoryBucket extends Construct {
  readonly baseline: BucketBaseline;
  readonly key: EncryptionKey;

  constructor(scope: Construct, id: string, props: ConfigurationHistoryBucketProps) {
    super(scope, id);
    const { env, identity, bucketName } = props;
    const { environment } = identity;
    const keepDays = props.keepDays ?? 2557;
    const tags = { ...gxpTags(identity, `${keepDays} days`), BucketRole: "other" };
    const fromConfig = { StringEquals: { "aws:SourceAccount": env.accountId } };
    this.key = new EncryptionKey(this, "Key", {
      env,
      environment,
      alias: bucketName,
      administratorArns: props.administratorArns,
      serviceStatements: [
        {
          Sid: "ConfigEncrypts",
          Effect: "Allow",
          Principal: { Service: "config.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: fromConfig,
        },
      ],
      tags,
    });
    this.baseline = new BucketBaseline(this, "Bucket", { env, environment, bucketName, objectLock: false, tags });
    for (const statement of configDelivers(this.baseline.arn, env.accountId)) this.baseline.addStatement(statement);
    const bucket = this.baseline.bucket.bucket;
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [
        {
          bucketKeyEnabled: true,
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: this.key.arn },
        },
      ],
    });
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{}],
          expiration: [{ days: keepDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: 30 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [this.baseline.versioning],
    });
    new S3BucketNotification(this, "Notification", { bucket, eventbridge: true });
    this.accessLogging(props.accessLogBucket, env.accountId);
  }

  private accessLogging(target: BucketBaseline, accountId: string): void {
    const { bucketName, arn } = this.baseline;
    new S3BucketLoggingA(this, "AccessLogging", {
      bucket: this.baseline.bucket.bucket,
      targetBucket: target.bucket.bucket,
      targetPrefix: `${bucketName}/`,
      dependsOn: [target.policy],
    });
    target.addStatement({
      Sid: "AccessLogsConfigurationHistory",
      Effect: "Allow",
      Principal: { Service: ["logging.s3.amazonaws.com"] },
      Action: ["s3:PutObject"],
      Resource: `${target.arn}/${bucketName}/*`,
      Condition: { StringEquals: { "aws:SourceAccount": accountId }, ArnEquals: { "aws:SourceArn": arn } },
    });
  }
}

function configDelivers(bucketArn: string, accountId: string): PolicyStatement[] {
  const Principal = { Service: "config.amazonaws.com" };
  const objects = `${bucketArn}/AWSLogs/${accountId}/Config/*`;
  const ours = { "aws:SourceAccount": accountId };
  return [
    {
      Sid: "ConfigChecksBucket",
      Effect: "Allow",
      Principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: bucketArn,
      Condition: { StringEquals: ours },
    },
    {
      Sid: "ConfigDelivers",
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: objects,
      Condition: { StringEquals: { ...ours, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
    {
      Sid: "DenyOtherWriters",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `${bucketArn}/*`,
      Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } },
    },
  ];
}
