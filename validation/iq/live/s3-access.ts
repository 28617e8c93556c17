// SPDX-License-Identifier: Apache-2.0
import {
  GetBucketEncryptionCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { GetPublicAccessBlockCommand as GetAccountPublicAccessBlockCommand } from "@aws-sdk/client-s3-control";
import { identity, type LiveReader, unless } from "./reader";
import { NO_BUCKET } from "./s3-bucket";

const BLOCKS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"] as const;

interface PublicAccessBlock {
  readonly BlockPublicAcls?: boolean | undefined;
  readonly BlockPublicPolicy?: boolean | undefined;
  readonly IgnorePublicAcls?: boolean | undefined;
  readonly RestrictPublicBuckets?: boolean | undefined;
}

/** S3 API, PublicAccessBlockConfiguration: an element that is left out means false. */
function blocksOf(found: PublicAccessBlock | undefined): Record<(typeof BLOCKS)[number], boolean> {
  return {
    block_public_acls: found?.BlockPublicAcls ?? false,
    block_public_policy: found?.BlockPublicPolicy ?? false,
    ignore_public_acls: found?.IgnorePublicAcls ?? false,
    restrict_public_buckets: found?.RestrictPublicBuckets ?? false,
  };
}

const encryption: LiveReader = {
  calls: ["s3:GetBucketEncryption"],
  reads: [
    "bucket",
    "rule.bucket_key_enabled",
    "rule.apply_server_side_encryption_by_default.sse_algorithm",
    "rule.apply_server_side_encryption_by_default.kms_master_key_id",
  ],
  async read(resource, { s3 }) {
    const Bucket = identity(resource, "bucket");
    const none = "ServerSideEncryptionConfigurationNotFoundError";
    const found = await unless(s3.send(new GetBucketEncryptionCommand({ Bucket })), none, ...NO_BUCKET);
    if (!found) return undefined;
    const rules = found.ServerSideEncryptionConfiguration?.Rules ?? [];
    return {
      bucket: Bucket,
      rule: rules.map(({ BucketKeyEnabled, ApplyServerSideEncryptionByDefault: by }) => ({
        bucket_key_enabled: BucketKeyEnabled ?? false,
        apply_server_side_encryption_by_default: {
          sse_algorithm: by?.SSEAlgorithm,
          kms_master_key_id: by?.KMSMasterKeyID,
        },
      })),
    };
  },
};

const publicAccessBlock: LiveReader = {
  calls: ["s3:GetPublicAccessBlock"],
  reads: ["bucket", ...BLOCKS],
  async read(resource, { s3 }) {
    const Bucket = identity(resource, "bucket");
    const none = "NoSuchPublicAccessBlockConfiguration";
    const found = await unless(s3.send(new GetPublicAccessBlockCommand({ Bucket })), none, ...NO_BUCKET);
    return found && { bucket: Bucket, ...blocksOf(found.PublicAccessBlockConfiguration) };
  },
};

const accountPublicAccessBlock: LiveReader = {
  calls: ["s3control:GetPublicAccessBlock"],
  reads: ["account_id", ...BLOCKS],
  async read(resource, { s3control }) {
    const AccountId = identity(resource, "id");
    const none = "NoSuchPublicAccessBlockConfiguration";
    const found = await unless(s3control.send(new GetAccountPublicAccessBlockCommand({ AccountId })), none);
    return found && { account_id: AccountId, ...blocksOf(found.PublicAccessBlockConfiguration) };
  },
};

const ownershipControls: LiveReader = {
  calls: ["s3:GetBucketOwnershipControls"],
  reads: ["bucket", "rule.object_ownership"],
  async read(resource, { s3 }) {
    const Bucket = identity(resource, "bucket");
    const none = "OwnershipControlsNotFoundError";
    const found = await unless(s3.send(new GetBucketOwnershipControlsCommand({ Bucket })), none, ...NO_BUCKET);
    if (!found) return undefined;
    const rules = found.OwnershipControls?.Rules ?? [];
    return { bucket: Bucket, rule: rules.map(({ ObjectOwnership }) => ({ object_ownership: ObjectOwnership })) };
  },
};

const policy: LiveReader = {
  calls: ["s3:GetBucketPolicy"],
  reads: ["bucket", "policy"],
  async read(resource, { s3 }) {
    const Bucket = identity(resource, "bucket");
    const found = await unless(s3.send(new GetBucketPolicyCommand({ Bucket })), "NoSuchBucketPolicy", ...NO_BUCKET);
    return found && { bucket: Bucket, policy: found.Policy };
  },
};

export const S3_ACCESS_READERS = {
  aws_s3_bucket_server_side_encryption_configuration: encryption,
  aws_s3_bucket_public_access_block: publicAccessBlock,
  aws_s3_account_public_access_block: accountPublicAccessBlock,
  aws_s3_bucket_ownership_controls: ownershipControls,
  aws_s3_bucket_policy: policy,
} as const;
