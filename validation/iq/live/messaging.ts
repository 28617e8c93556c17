// SPDX-License-Identifier: Apache-2.0
import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand, ListQueueTagsCommand } from "@aws-sdk/client-sqs";
import { identity, type LiveReader, tagsOf, unless } from "./reader";

const NO_TOPIC = "NotFoundException";
const NO_QUEUE = ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"];

const topic: LiveReader = {
  calls: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
  reads: [
    "name",
    "display_name",
    "kms_master_key_id",
    "policy",
    "delivery_policy",
    "fifo_topic",
    "tracing_config",
    "tags",
    "tags_all",
  ],
  async read(resource, { sns }) {
    const TopicArn = identity(resource, "arn");
    const found = await unless(sns.send(new GetTopicAttributesCommand({ TopicArn })), NO_TOPIC);
    if (!found) return undefined;
    const attributes = found.Attributes ?? {};
    const { Tags } = await sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }));
    return {
      name: attributes.TopicArn?.split(":").at(-1),
      display_name: attributes.DisplayName,
      kms_master_key_id: attributes.KmsMasterKeyId,
      policy: attributes.Policy,
      delivery_policy: attributes.DeliveryPolicy,
      fifo_topic: attributes.FifoTopic === "true",
      tracing_config: attributes.TracingConfig,
      ...tagsOf(Tags),
    };
  },
};

const topicPolicy: LiveReader = {
  calls: ["sns:GetTopicAttributes"],
  reads: ["arn", "policy"],
  async read(resource, { sns }) {
    const found = await unless(
      sns.send(new GetTopicAttributesCommand({ TopicArn: identity(resource, "arn") })),
      NO_TOPIC,
    );
    return found && { arn: found.Attributes?.TopicArn, policy: found.Attributes?.Policy };
  },
};

const subscription: LiveReader = {
  calls: ["sns:GetSubscriptionAttributes"],
  reads: [
    "topic_arn",
    "protocol",
    "endpoint",
    "filter_policy",
    "filter_policy_scope",
    "raw_message_delivery",
    "redrive_policy",
  ],
  async read(resource, { sns }) {
    const SubscriptionArn = identity(resource, "arn");
    const found = await unless(sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn })), NO_TOPIC);
    const attributes = found?.Attributes;
    if (!attributes) return undefined;
    return {
      topic_arn: attributes.TopicArn,
      protocol: attributes.Protocol,
      endpoint: attributes.Endpoint,
      filter_policy: attributes.FilterPolicy,
      filter_policy_scope: attributes.FilterPolicyScope,
      raw_message_delivery: attributes.RawMessageDelivery === "true",
      redrive_policy: attributes.RedrivePolicy,
    };
  },
};

const queue: LiveReader = {
  calls: ["sqs:GetQueueAttributes", "sqs:ListQueueTags"],
  reads: [
    "name",
    "policy",
    "kms_master_key_id",
    "kms_data_key_reuse_period_seconds",
    "sqs_managed_sse_enabled",
    "redrive_policy",
    "redrive_allow_policy",
    "message_retention_seconds",
    "visibility_timeout_seconds",
    "delay_seconds",
    "max_message_size",
    "receive_wait_time_seconds",
    "fifo_queue",
    "tags",
    "tags_all",
  ],
  async read(resource, { sqs }) {
    const QueueUrl = identity(resource, "url");
    const found = await unless(
      sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })),
      ...NO_QUEUE,
    );
    if (!found) return undefined;
    const attributes = found.Attributes ?? {};
    const { Tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl }));
    const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
    return {
      name: attributes.QueueArn?.split(":").at(-1),
      policy: attributes.Policy,
      kms_master_key_id: attributes.KmsMasterKeyId,
      kms_data_key_reuse_period_seconds: number(attributes.KmsDataKeyReusePeriodSeconds),
      sqs_managed_sse_enabled: attributes.SqsManagedSseEnabled === "true",
      redrive_policy: attributes.RedrivePolicy,
      redrive_allow_policy: attributes.RedriveAllowPolicy,
      message_retention_seconds: number(attributes.MessageRetentionPeriod),
      visibility_timeout_seconds: number(attributes.VisibilityTimeout),
      delay_seconds: number(attributes.DelaySeconds),
      max_message_size: number(attributes.MaximumMessageSize),
      receive_wait_time_seconds: number(attributes.ReceiveMessageWaitTimeSeconds),
      fifo_queue: attributes.FifoQueue === "true",
      ...tagsOf(Object.entries(Tags ?? {}).map(([Key, Value]) => ({ Key, Value }))),
    };
  },
};

/** A resource that holds one attribute of a queue. */
function queueAttribute(path: "policy" | "redrive_policy", name: "Policy" | "RedrivePolicy"): LiveReader {
  return {
    calls: ["sqs:GetQueueAttributes"],
    reads: ["queue_url", path],
    async read(resource, { sqs }) {
      const QueueUrl = identity(resource, "queue_url");
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] });
      const value = (await unless(sqs.send(command), ...NO_QUEUE))?.Attributes?.[name];
      return value === undefined ? undefined : { queue_url: QueueUrl, [path]: value };
    },
  };
}

export const MESSAGING_READERS = {
  aws_sns_topic: topic,
  aws_sns_topic_policy: topicPolicy,
  aws_sns_topic_subscription: subscription,
  aws_sqs_queue: queue,
  aws_sqs_queue_policy: queueAttribute("policy", "Policy"),
  aws_sqs_queue_redrive_policy: queueAttribute("redrive_policy", "RedrivePolicy"),
} as const;
