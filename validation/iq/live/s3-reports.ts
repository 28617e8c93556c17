// SPDX-License-Identifier: Apache-2.0
import {
  GetBucketInventoryConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketMetricsConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  type MetricsFilter,
  type NotificationConfigurationFilter,
} from "@aws-sdk/client-s3";
import { identity, type LiveReader, unless } from "./reader";
import { NO_BUCKET } from "./s3-bucket";

const NO_CONFIGURATION = "NoSuchConfiguration";

const notification: LiveReader = {
  calls: ["s3:GetBucketNotificationConfiguration"],
  reads: ["bucket", "eventbridge", "lambda_function", "queue", "topic"],
  async read(resource, { s3 }) {
    const Bucket = identity(resource, "bucket");
    const found = await unless(s3.send(new GetBucketNotificationConfigurationCommand({ Bucket })), ...NO_BUCKET);
    if (!found) return undefined;
    return {
      bucket: Bucket,
      eventbridge: found.EventBridgeConfiguration !== undefined,
      lambda_function: found.LambdaFunctionConfigurations?.map((one) => ({
        ...eventsOf(one),
        lambda_function_arn: one.LambdaFunctionArn,
      })),
      queue: found.QueueConfigurations?.map((one) => ({ ...eventsOf(one), queue_arn: one.QueueArn })),
      topic: found.TopicConfigurations?.map((one) => ({ ...eventsOf(one), topic_arn: one.TopicArn })),
    };
  },
};

interface Destination {
  readonly Id?: string | undefined;
  readonly Events?: readonly string[] | undefined;
  readonly Filter?: NotificationConfigurationFilter | undefined;
}

function eventsOf({ Id, Events, Filter }: Destination): Record<string, unknown> {
  const rules = Filter?.Key?.FilterRules ?? [];
  const rule = (name: string) => rules.find(({ Name }) => Name?.toLowerCase() === name)?.Value;
  return { id: Id, events: Events, filter_prefix: rule("prefix"), filter_suffix: rule("suffix") };
}

const logging: LiveReader = {
  calls: ["s3:GetBucketLogging"],
  reads: ["bucket", "target_bucket", "target_prefix", "target_object_key_format"],
  async read(resource, { s3 }) {
    const Bucket = identity(resource, "bucket");
    const found = await unless(s3.send(new GetBucketLoggingCommand({ Bucket })), ...NO_BUCKET);
    if (!found?.LoggingEnabled) return undefined;
    const { TargetBucket, TargetPrefix, TargetObjectKeyFormat: format } = found.LoggingEnabled;
    return {
      bucket: Bucket,
      target_bucket: TargetBucket,
      target_prefix: TargetPrefix,
      target_object_key_format: format && {
        partitioned_prefix: { partition_date_source: format.PartitionedPrefix?.PartitionDateSource },
        simple_prefix: format.SimplePrefix,
      },
    };
  },
};

const inventory: LiveReader = {
  calls: ["s3:GetBucketInventoryConfiguration"],
  reads: [
    "bucket",
    "name",
    "enabled",
    "included_object_versions",
    "optional_fields",
    "filter.prefix",
    "schedule.frequency",
    "destination.bucket.account_id",
    "destination.bucket.bucket_arn",
    "destination.bucket.format",
    "destination.bucket.prefix",
    "destination.bucket.encryption.sse_kms.key_id",
    "destination.bucket.encryption.sse_s3",
  ],
  async read(resource, { s3 }) {
    const Bucket = identity(resource, "bucket");
    const command = new GetBucketInventoryConfigurationCommand({ Bucket, Id: identity(resource, "name") });
    const found = await unless(s3.send(command), NO_CONFIGURATION, ...NO_BUCKET);
    const configuration = found?.InventoryConfiguration;
    if (!configuration) return undefined;
    const destination = configuration.Destination?.S3BucketDestination;
    return {
      bucket: Bucket,
      name: configuration.Id,
      enabled: configuration.IsEnabled,
      included_object_versions: configuration.IncludedObjectVersions,
      optional_fields: configuration.OptionalFields,
      filter: { prefix: configuration.Filter?.Prefix },
      schedule: { frequency: configuration.Schedule?.Frequency },
      destination: {
        bucket: {
          account_id: destination?.AccountId,
          bucket_arn: destination?.Bucket,
          format: destination?.Format,
          prefix: destination?.Prefix,
          encryption: {
            sse_kms: { key_id: destination?.Encryption?.SSEKMS?.KeyId },
            sse_s3: destination?.Encryption?.SSES3,
          },
        },
      },
    };
  },
};

const metric: LiveReader = {
  calls: ["s3:GetBucketMetricsConfiguration"],
  reads: ["bucket", "name", "filter"],
  async read(resource, { s3 }) {
    const Bucket = identity(resource, "bucket");
    const command = new GetBucketMetricsConfigurationCommand({ Bucket, Id: identity(resource, "name") });
    const found = await unless(s3.send(command), NO_CONFIGURATION, ...NO_BUCKET);
    if (!found?.MetricsConfiguration) return undefined;
    const { Id, Filter } = found.MetricsConfiguration;
    return { bucket: Bucket, name: Id, filter: metricsFilterOf(Filter) };
  },
};

/** The provider flattens `And`: prefix, access point and tags stand beside each other. */
function metricsFilterOf(filter: MetricsFilter | undefined): Record<string, unknown> | undefined {
  if (!filter) return undefined;
  const tags = filter.And?.Tags ?? (filter.Tag ? [filter.Tag] : []);
  return {
    access_point: filter.AccessPointArn ?? filter.And?.AccessPointArn,
    prefix: filter.Prefix ?? filter.And?.Prefix,
    tags: Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value])),
  };
}

export const S3_REPORT_READERS = {
  aws_s3_bucket_notification: notification,
  aws_s3_bucket_logging: logging,
  aws_s3_bucket_inventory: inventory,
  aws_s3_bucket_metric: metric,
} as const;
