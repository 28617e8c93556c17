// SPDX-License-Identifier: Apache-2.0
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../aws-environment";
import { BucketBaseline } from "../bucket-baseline";
import { gxpTags, type SystemIdentity } from "../tags";

export interface AccessLogBucketProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** Literal bucket name, 3-63 lower-case letters, digits, hyphens. */
  readonly bucketName: string;
  /** Days that server access logs are kept. The audit trail is CloudTrail's, kept under lock; these logs only help to search. @default 400 */
  readonly keepDays?: number;
  /** Provider of another region. @default - the stack's default provider */
  readonly provider?: TerraformProvider;
}

/**
 * Target of S3 server access logs. AWS delivers to no bucket that is locked or encrypted with KMS, so it is neither
 * (S3 user guide, "Enabling Amazon S3 server access logging").
 */
export class AccessLogBucket extends Construct {
  readonly baseline: BucketBaseline;

  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    const provider = props.provider;
    const keepDays = props.keepDays ?? 400;
    this.baseline = new BucketBaseline(this, "Bucket", {
      env: props.env,
      environment: props.identity.environment,
      bucketName: props.bucketName,
      objectLock: false,
      tags: { ...gxpTags(props.identity, `${keepDays} days`), BucketRole: "access-log" },
      provider,
    });
    const bucket = this.baseline.bucket.bucket;
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
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
          noncurrentVersionExpiration: [{ noncurrentDays: 7 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [this.baseline.versioning],
      provider,
    });
    new S3BucketNotification(this, "Notification", { bucket, eventbridge: true, provider });
  }
}
