// SPDX-License-Identifier: Apache-2.0
import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { TransferServer } from "@cdktf/provider-aws/lib/transfer-server";
import { type TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type Name, WEAKENED } from "./weakened";

// biome-ignore lint/suspicious/noExplicitAny: a value may be a constant or a token of any type
export type Values = Readonly<Record<Name, any>>;

/** One landing bucket, its copy, trail, key, transfer server and user pool: what the fifteen attributes stand on. */
export class Landing extends TerraformStack {
  private readonly made = new Map<string, TerraformResource>();

  constructor(scope: Construct, values: (stack: TerraformStack) => Values) {
    super(scope, "landing");
    new AwsProvider(this, "aws", {
      region: "eu-central-1",
      allowedAccountIds: ["111122223333"],
      skipCredentialsValidation: true,
      skipMetadataApiCheck: "true",
      skipRegionValidation: true,
    });
    const of = values(this);
    const key = this.keep(new KmsKey(this, "key", { description: "records", enableKeyRotation: of.key_rotation }));
    const bucket = this.keep(
      new S3Bucket(this, "raw", {
        bucket: "acme-trial-raw",
        objectLockEnabled: true,
        forceDestroy: of.force_destroy,
        tags: { BucketRole: "record" },
        lifecycle: { preventDestroy: of.prevent_destroy },
      }),
    );
    this.bucketParts("acme-trial-raw", key, of);
    this.keep(
      new Cloudtrail(this, "trail", {
        name: "acme-trail",
        s3BucketName: "acme-trial-audit",
        isMultiRegionTrail: of.multi_region,
        enableLogFileValidation: of.log_validation,
        enableLogging: of.enable_logging,
        includeGlobalServiceEvents: true,
        dependsOn: [bucket],
      }),
    );
    this.keep(new TransferServer(this, "sftp", { securityPolicyName: of.security_policy, protocols: of.protocols }));
    this.keep(new CognitoUserPool(this, "people", { name: "people", mfaConfiguration: of.mfa }));
  }

  /** Weakens every attribute behind the back of the typed properties. */
  override(values: Values): void {
    for (const { name, type, path } of WEAKENED) {
      const segments = path
        .split(".")
        .map((segment, index, all) => (index === 0 && isList(type, all) ? `${segment}.0` : segment));
      this.made.get(type)!.addOverride(segments.join("."), values[name]);
    }
  }

  private bucketParts(bucket: string, key: KmsKey, of: Values): void {
    this.keep(
      new S3BucketObjectLockConfigurationA(this, "lock", {
        bucket,
        rule: { defaultRetention: { mode: of.lock_mode, years: of.lock_years } },
      }),
    );
    this.keep(
      new S3BucketVersioningA(this, "versioning", { bucket, versioningConfiguration: { status: of.versioning } }),
    );
    this.keep(
      new S3BucketPublicAccessBlock(this, "closed", {
        bucket,
        blockPublicAcls: of.block_public_acls,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      }),
    );
    this.keep(
      new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
        bucket,
        rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: of.sse_algorithm, kmsMasterKeyId: key.arn } }],
      }),
    );
    this.keep(
      new S3BucketReplicationConfigurationA(this, "copies", {
        bucket,
        role: "arn:aws:iam::111122223333:role/replication",
        rule: [
          {
            id: "all",
            status: of.replication,
            filter: {},
            deleteMarkerReplication: { status: "Disabled" },
            destination: { bucket: "arn:aws:s3:::acme-trial-copy" },
          },
        ],
      }),
    );
  }

  private keep<T extends TerraformResource>(resource: T): T {
    this.made.set(resource.terraformResourceType, resource);
    return resource;
  }
}

/** Rules of encryption and replication are lists in the synthesized text. */
function isList(type: string, [first]: readonly string[]): boolean {
  return first === "rule" && type !== "aws_s3_bucket_object_lock_configuration";
}
