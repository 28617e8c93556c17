// SPDX-License-Identifier: Apache-2.0
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import type { EncryptionKey } from "../encryption-key";
import { denyPlainHttp, type PolicyStatement, policyJson } from "../policy-document";

export interface DeliveryTopicProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** First part of every name. */
  readonly namePrefix: string;
  /** Literal name of the trail that publishes. */
  readonly trailName: string;
  /** Key of the topic; its policy holds `deliveryTopicUsesKey`. */
  readonly key: EncryptionKey;
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/**
 * SNS topic on which CloudTrail announces every log file, for a SIEM or whatever else reads the trail: a queue is the
 * subscriber that AWS proposes, since there are too many messages for people. Only the trail publishes.
 * @see CloudTrail user guide, "Amazon SNS topic policy for CloudTrail"
 */
export class DeliveryTopic extends Construct {
  readonly topic: SnsTopic;
  readonly policy: SnsTopicPolicy;
  /** Literal ARN. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: DeliveryTopicProps) {
    super(scope, id);
    const topicName = `${props.namePrefix}-trail-files`;
    this.arn = new Arns(props.env).topic(topicName);
    this.topic = new SnsTopic(this, "Resource", { name: topicName, kmsMasterKeyId: props.key.arn, tags: props.tags });
    this.policy = new SnsTopicPolicy(this, "Policy", {
      arn: this.topic.arn,
      policy: policyJson([
        denyPlainHttp("sns:Publish", this.arn),
        {
          Sid: "TrailPublishes",
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: "sns:Publish",
          Resource: this.arn,
          Condition: fromTrail(props),
        },
      ]),
    });
  }
}

/** Statement of the key's policy without which the trail could not publish to the encrypted topic. */
export function deliveryTopicUsesKey(props: Pick<DeliveryTopicProps, "env" | "trailName">): PolicyStatement {
  return {
    Sid: "TrailAnnounces",
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: fromTrail(props),
  };
}

function fromTrail({ env, trailName }: Pick<DeliveryTopicProps, "env" | "trailName">) {
  return {
    StringEquals: { "aws:SourceAccount": env.accountId },
    ArnEquals: { "aws:SourceArn": new Arns(env).trail(trailName) },
  };
}
