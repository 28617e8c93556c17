// SPDX-License-Identifier: Apache-2.0
import { StopLoggingCommand } from "@aws-sdk/client-cloudtrail";
import { DisableAlarmActionsCommand } from "@aws-sdk/client-cloudwatch";
import { PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DeleteRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { DisableKeyRotationCommand, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import * as s3 from "@aws-sdk/client-s3";
import { PutPublicAccessBlockCommand as PutAccountPublicAccessBlockCommand } from "@aws-sdk/client-s3-control";
import { SetTopicAttributesCommand } from "@aws-sdk/client-sns";
import type { ServiceClients } from "../../validation/iq";

type Values = Readonly<Record<string, unknown>>;
type Change = (values: Values, clients: ServiceClients) => Promise<unknown>;

/** A change that somebody makes past Terraform, and the attribute that IQ must then name. */
interface Tampering {
  readonly type: string;
  /** The resource, by a part of the attribute that names it. */
  readonly which: readonly [attribute: string, part: string];
  readonly attribute: string;
  readonly change: Change;
}

const bucketOf = ({ bucket }: Values): { Bucket: string } => ({ Bucket: bucket as string });
const statement = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "*", Resource: "*" };
const everything = (change: object = {}): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...change }] });

/** Twenty changes past Terraform, each on a resource of its own. Buckets by a part of their names in the landing zone. */
const TWENTY: readonly Tampering[] = [
  {
    type: "aws_s3_bucket_versioning",
    which: ["bucket", "access-logs"],
    attribute: "versioning_configuration.status",
    change: (v, c) =>
      c.s3.send(
        new s3.PutBucketVersioningCommand({ ...bucketOf(v), VersioningConfiguration: { Status: "Suspended" } }),
      ),
  },
  {
    type: "aws_s3_bucket_object_lock_configuration",
    which: ["bucket", "-raw-1"],
    attribute: "rule.default_retention.mode",
    change: (v, c) => c.s3.send(lock(v, { Mode: "GOVERNANCE", Days: 1 })),
  },
  {
    type: "aws_s3_bucket_object_lock_configuration",
    which: ["bucket", "-curated-1"],
    attribute: "rule.default_retention.days",
    change: (v, c) => c.s3.send(lock(v, { Mode: "COMPLIANCE", Days: 2 })),
  },
  {
    type: "aws_s3_bucket_server_side_encryption_configuration",
    which: ["bucket", "-inbox-"],
    attribute: "rule.apply_server_side_encryption_by_default.sse_algorithm",
    change: (v, c) => {
      const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const } }];
      const command = { ...bucketOf(v), ServerSideEncryptionConfiguration: { Rules } };
      return c.s3.send(new s3.PutBucketEncryptionCommand(command));
    },
  },
  {
    type: "aws_s3_bucket_public_access_block",
    which: ["bucket", "-raw-1"],
    attribute: "block_public_policy",
    change: (v, c) => {
      const blocks = {
        BlockPublicAcls: true,
        BlockPublicPolicy: false,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      };
      return c.s3.send(new s3.PutPublicAccessBlockCommand({ ...bucketOf(v), PublicAccessBlockConfiguration: blocks }));
    },
  },
  {
    type: "aws_s3_bucket_ownership_controls",
    which: ["bucket", "-curated-1"],
    attribute: "rule.object_ownership",
    change: (v, c) => {
      const OwnershipControls = { Rules: [{ ObjectOwnership: "BucketOwnerPreferred" as const }] };
      return c.s3.send(new s3.PutBucketOwnershipControlsCommand({ ...bucketOf(v), OwnershipControls }));
    },
  },
  {
    type: "aws_s3_bucket_policy",
    which: ["bucket", "-raw-1"],
    attribute: "policy",
    change: (v, c) => {
      const policy = JSON.parse(v.policy as string);
      const Statement = policy.Statement.filter(({ Sid }: { Sid: string }) => Sid !== "DenyVersionDelete");
      return c.s3.send(
        new s3.PutBucketPolicyCommand({ ...bucketOf(v), Policy: JSON.stringify({ ...policy, Statement }) }),
      );
    },
  },
  {
    type: "aws_s3_bucket_lifecycle_configuration",
    which: ["bucket", "-raw-1"],
    attribute: "rule.expiration.days",
    change: (v, c) => {
      const Rules = [{ ID: "expire", Status: "Enabled" as const, Filter: { Prefix: "" }, Expiration: { Days: 1 } }];
      const command = { ...bucketOf(v), LifecycleConfiguration: { Rules } };
      return c.s3.send(new s3.PutBucketLifecycleConfigurationCommand(command));
    },
  },
  {
    type: "aws_s3_bucket_notification",
    which: ["bucket", "-inbox-"],
    attribute: "eventbridge",
    change: (v, c) =>
      c.s3.send(new s3.PutBucketNotificationConfigurationCommand({ ...bucketOf(v), NotificationConfiguration: {} })),
  },
  {
    type: "aws_s3_bucket_logging",
    which: ["bucket", "-raw-1"],
    attribute: "target_prefix",
    change: (v, c) => {
      const LoggingEnabled = { TargetBucket: v.target_bucket as string, TargetPrefix: "elsewhere/" };
      return c.s3.send(new s3.PutBucketLoggingCommand({ ...bucketOf(v), BucketLoggingStatus: { LoggingEnabled } }));
    },
  },
  {
    type: "aws_s3_account_public_access_block",
    which: ["id", ""],
    attribute: "restrict_public_buckets",
    change: (v, c) => {
      const blocks = {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: false,
      };
      const command = { AccountId: v.id as string, PublicAccessBlockConfiguration: blocks };
      return c.s3control.send(new PutAccountPublicAccessBlockCommand(command));
    },
  },
  {
    type: "aws_kms_key",
    which: ["description", "-raw-1"],
    attribute: "enable_key_rotation",
    change: (v, c) => c.kms.send(new DisableKeyRotationCommand({ KeyId: v.key_id as string })),
  },
  {
    type: "aws_kms_key",
    which: ["description", "-curated-1"],
    attribute: "policy",
    change: (v, c) => {
      const command = { KeyId: v.key_id as string, PolicyName: "default", Policy: everything() };
      return c.kms.send(new PutKeyPolicyCommand(command));
    },
  },
  {
    type: "aws_iam_role",
    which: ["name", "inspector"],
    attribute: "assume_role_policy",
    change: (v, c) => {
      const PolicyDocument = everything({ Action: "sts:AssumeRole", Resource: undefined });
      return c.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: v.name as string, PolicyDocument }));
    },
  },
  {
    type: "aws_iam_role",
    which: ["name", "custodian"],
    attribute: "permissions_boundary",
    change: (v, c) => c.iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: v.name as string })),
  },
  {
    type: "aws_iam_role_policy",
    which: ["name", "replicate-objects"],
    attribute: "policy",
    change: (v, c) => {
      const PolicyDocument = everything({ Principal: undefined });
      const command = { RoleName: v.role as string, PolicyName: v.name as string, PolicyDocument };
      return c.iam.send(new PutRolePolicyCommand(command));
    },
  },
  {
    type: "aws_sns_topic_policy",
    which: ["arn", "high"],
    attribute: "policy",
    change: (v, c) => {
      const AttributeValue = everything({ Action: "sns:Publish" });
      const command = { TopicArn: v.arn as string, AttributeName: "Policy", AttributeValue };
      return c.sns.send(new SetTopicAttributesCommand(command));
    },
  },
  {
    type: "aws_cloudwatch_log_group",
    which: ["name", ""],
    attribute: "retention_in_days",
    change: (v, c) =>
      c.logs.send(new PutRetentionPolicyCommand({ logGroupName: v.name as string, retentionInDays: 1 })),
  },
  {
    type: "aws_cloudwatch_metric_alarm",
    which: ["alarm_name", "denied-deletes"],
    attribute: "actions_enabled",
    change: (v, c) => c.cloudwatch.send(new DisableAlarmActionsCommand({ AlarmNames: [v.alarm_name as string] })),
  },
  {
    type: "aws_cloudtrail",
    which: ["name", ""],
    attribute: "enable_logging",
    change: (v, c) => c.cloudtrail.send(new StopLoggingCommand({ Name: v.arn as string })),
  },
];

function lock(values: Values, DefaultRetention: s3.DefaultRetention): s3.PutObjectLockConfigurationCommand {
  const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled" as const, Rule: { DefaultRetention } };
  return new s3.PutObjectLockConfigurationCommand({ ...bucketOf(values), ObjectLockConfiguration });
}

interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: Values;
}

/**
 * Makes the twenty changes in an applied landing zone and returns the ids of the rows (`<address>#<attribute>`) that
 * IQ must fail. Whoever shares the stack runs this last: nothing is put back.
 *
 * @param state `terraform show -json` after the apply
 * @param clients of the home region, with the right to change everything
 */
export async function tamperTwenty(state: unknown, clients: ServiceClients): Promise<string[]> {
  const { resources } = (state as { values: { root_module: { resources: StateResource[] } } }).values.root_module;
  const rows: string[] = [];
  for (const { type, which, attribute, change } of TWENTY) {
    const [name, part] = which;
    const found = resources.find((one) => one.type === type && String(one.values[name]).includes(part));
    if (!found) throw new Error(`the stack has no ${type} whose ${name} holds "${part}"`);
    await change(found.values, clients);
    rows.push(`${found.address}#${attribute}`);
  }
  return rows;
}
