// SPDX-License-Identifier: Apache-2.0
import { LIVE_TYPES } from "../../../validation/iq";
import { type Answers, IDENTITY, named, read, shown } from "./fake-clients";

const RECORDED: [string, Answers, Record<string, unknown>][] = [
  [
    "aws_s3_bucket",
    {
      HeadBucket: {},
      GetObjectLockConfiguration: { ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" } },
      GetBucketTagging: { TagSet: [{ Key: "GxP", Value: "true" }] },
    },
    { bucket: "acme-raw", object_lock_enabled: true, tags: { GxP: "true" } },
  ],
  [
    "aws_s3_bucket_object_lock_configuration",
    {
      GetObjectLockConfiguration: {
        ObjectLockConfiguration: {
          ObjectLockEnabled: "Enabled",
          Rule: { DefaultRetention: { Mode: "COMPLIANCE", Years: 7 } },
        },
      },
    },
    {
      object_lock_enabled: "Enabled",
      "rule.default_retention.mode": "COMPLIANCE",
      "rule.default_retention.years": 7,
      "rule.default_retention.days": undefined,
    },
  ],
  [
    "aws_s3_bucket_public_access_block",
    { GetPublicAccessBlock: { PublicAccessBlockConfiguration: { BlockPublicAcls: true } } },
    { block_public_acls: true, block_public_policy: false },
  ],
  [
    "aws_s3_account_public_access_block",
    { GetPublicAccessBlock: { PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } } },
    { restrict_public_buckets: true, ignore_public_acls: false },
  ],
  [
    "aws_s3_bucket_server_side_encryption_configuration",
    {
      GetBucketEncryption: {
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              BucketKeyEnabled: true,
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "arn:k" },
            },
          ],
        },
      },
    },
    { "rule.bucket_key_enabled": true, "rule.apply_server_side_encryption_by_default.kms_master_key_id": "arn:k" },
  ],
  [
    "aws_s3_bucket_lifecycle_configuration",
    {
      GetBucketLifecycleConfiguration: {
        Rules: [
          {
            ID: "a",
            Status: "Enabled",
            Filter: { Prefix: "x/" },
            Expiration: { Days: 30 },
            Transitions: [{ Days: 90, StorageClass: "GLACIER_IR" }],
          },
        ],
      },
    },
    { "rule.expiration.days": 30, "rule.transition.storage_class": "GLACIER_IR", "rule.filter": { prefix: "x/" } },
  ],
  [
    "aws_s3_bucket_replication_configuration",
    {
      GetBucketReplication: {
        ReplicationConfiguration: {
          Role: "arn:r",
          Rules: [
            {
              ID: "all",
              Status: "Enabled",
              DeleteMarkerReplication: { Status: "Disabled" },
              Destination: {
                Bucket: "arn:b",
                EncryptionConfiguration: { ReplicaKmsKeyID: "arn:k" },
                ReplicationTime: { Status: "Enabled", Time: { Minutes: 15 } },
              },
            },
          ],
        },
      },
    },
    {
      role: "arn:r",
      "rule.delete_marker_replication.status": "Disabled",
      "rule.destination.encryption_configuration.replica_kms_key_id": "arn:k",
      "rule.destination.replication_time.time.minutes": 15,
    },
  ],
  [
    "aws_s3_bucket_notification",
    { GetBucketNotificationConfiguration: { EventBridgeConfiguration: {} } },
    { eventbridge: true, queue: undefined },
  ],
  [
    "aws_kms_key",
    {
      DescribeKey: {
        KeyMetadata: { Description: "raw", Enabled: true, KeySpec: "SYMMETRIC_DEFAULT", KeyUsage: "ENCRYPT_DECRYPT" },
      },
      GetKeyRotationStatus: { KeyRotationEnabled: true, RotationPeriodInDays: 365 },
      GetKeyPolicy: { Policy: '{"Statement":[]}' },
      ListResourceTags: { Tags: [{ TagKey: "GxP", TagValue: "true" }] },
    },
    {
      is_enabled: true,
      enable_key_rotation: true,
      customer_master_key_spec: "SYMMETRIC_DEFAULT",
      tags: { GxP: "true" },
    },
  ],
  ["aws_kms_key_policy", { GetKeyPolicy: { Policy: '{"Statement":[]}' } }, { policy: { Statement: [] } }],
  [
    "aws_kms_alias",
    { ListAliases: { Aliases: [{ AliasName: "other" }, { AliasName: "acme", TargetKeyId: "k-1" }] } },
    { target_key_id: "k-1" },
  ],
  [
    "aws_iam_role",
    {
      GetRole: {
        Role: {
          RoleName: "acme",
          Path: "/",
          AssumeRolePolicyDocument: "%7B%22Statement%22%3A%5B%5D%7D",
          PermissionsBoundary: { PermissionsBoundaryArn: "arn:b" },
        },
      },
      ListRolePolicies: { PolicyNames: ["write"] },
      GetRolePolicy: { PolicyDocument: "%7B%7D" },
      ListAttachedRolePolicies: { AttachedPolicies: [{ PolicyArn: "arn:p" }] },
    },
    {
      assume_role_policy: { Statement: [] },
      permissions_boundary: "arn:b",
      "inline_policy.name": "write",
      managed_policy_arns: ["arn:p"],
    },
  ],
  [
    "aws_iam_role_policy_attachment",
    { ListAttachedRolePolicies: { AttachedPolicies: [{ PolicyArn: "arn:p" }] } },
    { role: "acme", policy_arn: "arn:p" },
  ],
  [
    "aws_iam_policy",
    {
      GetPolicy: { Policy: { PolicyName: "acme", DefaultVersionId: "v3" } },
      GetPolicyVersion: { PolicyVersion: { Document: "%7B%22Statement%22%3A%5B%5D%7D" } },
    },
    { name: "acme", policy: { Statement: [] } },
  ],
  [
    "aws_sns_topic",
    {
      GetTopicAttributes: { Attributes: { TopicArn: IDENTITY.arn, KmsMasterKeyId: "arn:k", FifoTopic: "false" } },
      ListTagsForResource: { Tags: [] },
    },
    { name: "acme", kms_master_key_id: "arn:k", fifo_topic: false },
  ],
  [
    "aws_sns_topic_subscription",
    { GetSubscriptionAttributes: { Attributes: { Protocol: "sqs", Endpoint: "arn:q", RawMessageDelivery: "true" } } },
    { protocol: "sqs", raw_message_delivery: true },
  ],
  [
    "aws_sqs_queue",
    {
      GetQueueAttributes: {
        Attributes: {
          QueueArn: "arn:aws:sqs:r:1:acme",
          MessageRetentionPeriod: "1209600",
          RedrivePolicy: '{"maxReceiveCount":3}',
        },
      },
      ListQueueTags: {},
    },
    { name: "acme", message_retention_seconds: 1209600, redrive_policy: { maxReceiveCount: 3 } },
  ],
  [
    "aws_sqs_queue_redrive_policy",
    { GetQueueAttributes: { Attributes: { RedrivePolicy: '{"maxReceiveCount":3}' } } },
    { redrive_policy: { maxReceiveCount: 3 } },
  ],
  [
    "aws_cloudwatch_event_rule",
    {
      DescribeRule: { Name: "acme", Arn: "arn:r", EventPattern: '{"source":["aws.s3"]}', State: "DISABLED" },
      ListTagsForResource: { Tags: [] },
    },
    { event_pattern: { source: ["aws.s3"] }, is_enabled: false, state: "DISABLED" },
  ],
  [
    "aws_cloudwatch_event_target",
    {
      ListTargetsByRule: {
        Targets: [{ Id: "other" }, { Id: "acme", Arn: "arn:q", DeadLetterConfig: { Arn: "arn:dlq" } }],
      },
    },
    { arn: "arn:q", "dead_letter_config.arn": "arn:dlq" },
  ],
  [
    "aws_sqs_queue_policy",
    { GetQueueAttributes: { Attributes: { Policy: '{"Statement":[]}' } } },
    { policy: { Statement: [] } },
  ],
  [
    "aws_cloudwatch_log_group",
    {
      DescribeLogGroups: {
        logGroups: [
          { logGroupName: "acme-2", retentionInDays: 1 },
          { logGroupName: "acme", arn: "arn:g:*", retentionInDays: 3653 },
        ],
      },
      ListTagsForResource: { tags: { GxP: "true" } },
    },
    { retention_in_days: 3653, tags: { GxP: "true" } },
  ],
  [
    "aws_cloudwatch_metric_alarm",
    {
      DescribeAlarms: {
        MetricAlarms: [
          {
            AlarmName: "acme",
            AlarmArn: "arn:a",
            ActionsEnabled: false,
            Dimensions: [{ Name: "BucketName", Value: "b" }],
          },
        ],
      },
      ListTagsForResource: { Tags: [] },
    },
    { actions_enabled: false, dimensions: { BucketName: "b" } },
  ],
  [
    "aws_cloudtrail",
    {
      GetTrail: { Trail: { Name: "acme", LogFileValidationEnabled: true } },
      GetTrailStatus: { IsLogging: false },
      GetEventSelectors: {
        AdvancedEventSelectors: [{ Name: "Records", FieldSelectors: [{ Field: "eventCategory", Equals: ["Data"] }] }],
      },
      ListTags: { ResourceTagList: [{ ResourceId: IDENTITY.arn, TagsList: [{ Key: "GxP", Value: "true" }] }] },
    },
    {
      enable_logging: false,
      enable_log_file_validation: true,
      "advanced_event_selector.field_selector.equals": ["Data"],
      tags: { GxP: "true" },
    },
  ],
  [
    "aws_glue_catalog_table",
    { GetTable: { Table: { Name: "acme", StorageDescriptor: { Columns: [{ Name: "a", Type: "string" }] } } } },
    { name: "acme", "storage_descriptor.columns": [{ name: "a", type: "string" }] },
  ],
  [
    "aws_athena_workgroup",
    {
      GetWorkGroup: { WorkGroup: { Name: "acme", Configuration: { EnforceWorkGroupConfiguration: true } } },
      ListTagsForResource: { Tags: [] },
    },
    { "configuration.enforce_workgroup_configuration": true },
  ],
];

describe("live readers", () => {
  it.each(RECORDED)("show %s in the provider's attributes", async (type, answers, expected) => {
    expect(await shown(type, answers, Object.keys(expected))).toEqual(expected);
  });

  it.each([...LIVE_TYPES])("never take an error for a value: %s", async (type) => {
    await expect(read(type, {})).rejects.toThrow("AccessDenied by a test");
  });

  it.each([...LIVE_TYPES])("never look up what state does not identify: %s", async (type) => {
    await expect(read(type, {}, {})).rejects.toThrow("in state");
  });

  const ABSENT: [string, string, string][] = [
    ["aws_s3_bucket", "HeadBucket", "NotFound"],
    ["aws_s3_bucket_versioning", "GetBucketVersioning", "NoSuchBucket"],
    ["aws_s3_bucket_policy", "GetBucketPolicy", "NoSuchBucketPolicy"],
    ["aws_s3_bucket_object_lock_configuration", "GetObjectLockConfiguration", "ObjectLockConfigurationNotFoundError"],
    ["aws_s3_bucket_public_access_block", "GetPublicAccessBlock", "NoSuchPublicAccessBlockConfiguration"],
    ["aws_s3_bucket_lifecycle_configuration", "GetBucketLifecycleConfiguration", "NoSuchLifecycleConfiguration"],
    ["aws_s3_bucket_replication_configuration", "GetBucketReplication", "ReplicationConfigurationNotFoundError"],
    ["aws_kms_key", "DescribeKey", "NotFoundException"],
    ["aws_iam_role", "GetRole", "NoSuchEntityException"],
    ["aws_sns_topic", "GetTopicAttributes", "NotFoundException"],
    ["aws_sqs_queue", "GetQueueAttributes", "QueueDoesNotExist"],
    ["aws_cloudtrail", "GetTrail", "TrailNotFoundException"],
    ["aws_glue_catalog_table", "GetTable", "EntityNotFoundException"],
  ];
  it.each(ABSENT)("say that %s is not there when %s answers %s", async (type, operation, error) => {
    expect(await read(type, { [operation]: named(error) })).toBeUndefined();
  });

  it("show whom an account's logs let write, by the policy's name", async () => {
    const resourcePolicies = [
      { policyName: "other", policyDocument: '{"Statement":[{"Sid":"Other"}]}' },
      { policyName: "acme", policyDocument: '{"Statement":[]}' },
    ];
    const type = "aws_cloudwatch_log_resource_policy";
    const expected = { policy_name: "acme", policy_document: { Statement: [] } };
    expect(await shown(type, { DescribeResourcePolicies: { resourcePolicies } }, Object.keys(expected))).toEqual(
      expected,
    );
    const none = { resourcePolicies: resourcePolicies.slice(0, 1) };
    expect(await read(type, { DescribeResourcePolicies: none })).toBeUndefined();
  });

  it("read every page of a list", async () => {
    const pages = [
      { Aliases: [{ AliasName: "first" }], Truncated: true, NextMarker: "2" },
      { Aliases: [{ AliasName: "acme", TargetKeyId: "k-2" }], Truncated: false },
    ];
    let page = 0;
    expect(await read("aws_kms_alias", { ListAliases: () => pages[page++]! })).toMatchObject({ target_key_id: "k-2" });
  });

  it("end a list that gives the same token for ever", async () => {
    const answer = { Aliases: [], Truncated: true, NextMarker: "2" };
    await expect(read("aws_kms_alias", { ListAliases: answer })).rejects.toThrow("same token twice");
  });
});
