// SPDX-License-Identifier: Apache-2.0
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import type { EncryptionKey } from "../encryption-key";
import { ModuleError } from "../errors";
import { denyPlainHttp, policyJson } from "../policy-document";

/** Somebody who is told: an e-mail address, or an endpoint of another SNS protocol. */
export interface Subscriber {
  /** SNS protocol of the endpoint. */
  readonly protocol: "email" | "https" | "sqs" | "lambda";
  /** Address, URL or ARN, as the protocol wants it (SNS API Subscribe). */
  readonly endpoint: string;
}

export interface AlertTopicProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** Literal topic name. */
  readonly topicName: string;
  /** Key of the topic; its policy must let CloudWatch and EventBridge use it. */
  readonly key: EncryptionKey;
  /** At least one: an alarm that reaches nobody is none. */
  readonly subscribers: readonly Subscriber[];
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/**
 * SNS topic for alarms. CloudWatch may publish for this account's alarms; the key lets it encrypt, or alarms would be
 * lost in silence (SNS developer guide, "Managing encryption keys").
 * @throws SUBSCRIBER_MISSING
 */
export class AlertTopic extends Construct {
  readonly topic: SnsTopic;
  /** Literal ARN. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AlertTopicProps) {
    super(scope, id);
    if (props.subscribers.length === 0) {
      throw new ModuleError("SUBSCRIBER_MISSING", {
        what: "topic without a subscriber",
        where: this.node.path,
        expected: "at least one subscriber",
        got: "none",
        todo: "name an e-mail address or endpoint in the settings",
      });
    }
    const arns = new Arns(props.env);
    this.arn = arns.topic(props.topicName);
    this.topic = new SnsTopic(this, "Resource", {
      name: props.topicName,
      kmsMasterKeyId: props.key.arn,
      tags: props.tags,
    });
    const account = { "aws:SourceAccount": props.env.accountId };
    new SnsTopicPolicy(this, "Policy", {
      arn: this.topic.arn,
      policy: policyJson([
        denyPlainHttp("sns:Publish", this.arn),
        {
          Sid: "AlarmsPublish",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: this.arn,
          Condition: { StringEquals: account, ArnLike: { "aws:SourceArn": arns.alarms() } },
        },
        {
          Sid: "EventRulesPublish",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sns:Publish",
          Resource: this.arn,
          Condition: { StringEquals: account },
        },
      ]),
    });
    for (const [index, subscriber] of props.subscribers.entries()) {
      new SnsTopicSubscription(this, `Subscriber${index}`, {
        topicArn: this.topic.arn,
        protocol: subscriber.protocol,
        endpoint: subscriber.endpoint,
      });
    }
  }
}
