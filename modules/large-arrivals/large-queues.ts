// SPDX-License-Identifier: Apache-2.0
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import type { EncryptionKey } from "../encryption-key";
import { denyPlainHttp, policyJson } from "../policy-document";
import type { RuntimeRole } from "../runtime-role";

export interface LargeQueuesProps {
  readonly env: AwsEnvironment;
  readonly namePrefix: string;
  readonly key: EncryptionKey;
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/** Fourteen days, the longest that SQS keeps a message. */
const KEPT_SECONDS = 1_209_600;
const MOST_RECEIVES = 5;

/**
 * Literal URL of the queue: a token would hide the definition of the task from the plan.
 * @see SQS developer guide, "Amazon SQS queue and message identifiers"
 */
export function largeQueueUrl({ region, accountId, partition }: AwsEnvironment, namePrefix: string): string {
  const suffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://sqs.${region}.${suffix}/${accountId}/${queueName(namePrefix)}`;
}

function queueName(namePrefix: string): string {
  return `${namePrefix}-ingest-large`;
}

/** The queue of versions that are too large for the function, and the one that keeps what the task could not deal with. */
export class LargeQueues extends Construct {
  readonly versions: SqsQueue;
  readonly versionsName: string;
  readonly deadLetters: SqsQueue;
  readonly deadLettersName: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LargeQueuesProps,
  ) {
    super(scope, id);
    this.versionsName = queueName(props.namePrefix);
    this.deadLettersName = `${this.versionsName}-dead-letters`;
    this.deadLetters = this.queue("DeadLetters", this.deadLettersName);
    const deadLetterTargetArn = this.deadLetters.arn;
    const redrive = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: MOST_RECEIVES });
    this.versions = this.queue("Versions", this.versionsName, redrive);
  }

  /** Lets `role`, which function and task share, add messages and work them off. */
  grant(role: RuntimeRole): void {
    const { env, key } = this.props;
    role.grant("large-versions", [
      {
        Sid: "LargeVersions",
        Effect: "Allow",
        Action: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage", "sqs:SendMessage"],
        Resource: new Arns(env).queue(this.versionsName),
      },
    ]);
    role.grant("large-versions-key", [
      {
        Sid: "LargeQueueKey",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: key.arn,
        Condition: { StringEquals: { "kms:ViaService": `sqs.${env.region}.amazonaws.com` } },
      },
    ]);
  }

  private queue(id: string, name: string, redrivePolicy?: string): SqsQueue {
    const { env, key, tags } = this.props;
    return new SqsQueue(this, id, {
      name,
      kmsMasterKeyId: key.arn,
      messageRetentionSeconds: KEPT_SECONDS,
      redrivePolicy,
      policy: policyJson([denyPlainHttp("sqs:*", new Arns(env).queue(name))]),
      // A queue taken away is a record lost: the tag lets the gate see what it holds (META-03).
      tags: { ...tags, Part11Role: "ingest" },
    });
  }
}
