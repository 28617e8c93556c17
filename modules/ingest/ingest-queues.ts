// SPDX-License-Identifier: Apache-2.0
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import type { EncryptionKey } from "../encryption-key";
import { denyPlainHttp, policyJson } from "../policy-document";
import type { RuntimeRole } from "../runtime-role";

export interface IngestQueuesProps {
  readonly env: AwsEnvironment;
  readonly namePrefix: string;
  readonly key: EncryptionKey;
  /** Buckets of whose objects the queue is told. */
  readonly bucketNames: readonly string[];
  /** Bucket of the ledger's locked copies, of which the queue is told as well. */
  readonly entriesBucketName: string | undefined;
  /** Longest run of the function that takes from the queue. */
  readonly runSeconds: number;
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/** Fourteen days, the longest that SQS keeps a message. */
const KEPT_SECONDS = 1_209_600;
const MOST_RECEIVES = 5;

/** Event rules on objects and uploads, the queue that they tell, and the one that keeps what cannot be dealt with. */
export class IngestQueues extends Construct {
  readonly arrivals: SqsQueue;
  readonly deadLetters: SqsQueue;
  readonly deadLetterName: string;
  private readonly key: EncryptionKey;
  private readonly region: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: IngestQueuesProps,
  ) {
    super(scope, id);
    this.key = props.key;
    this.region = props.env.region;
    this.deadLetterName = `${props.namePrefix}-ingest-dead-letters`;
    this.deadLetters = this.queue("DeadLetters", this.deadLetterName, {});
    this.arrivals = this.queue("Arrivals", `${props.namePrefix}-ingest`, {
      // Lambda developer guide, "Using Lambda with Amazon SQS": six times the function's timeout.
      visibilityTimeoutSeconds: 6 * props.runSeconds,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: this.deadLetters.arn, maxReceiveCount: MOST_RECEIVES }),
    });
    for (const [index, name] of props.bucketNames.entries()) {
      this.rule(`Objects${index}`, `objects-${index}`, {
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { bucket: { name: [name] } },
      });
    }
    if (props.entriesBucketName !== undefined) {
      this.rule("Entries", "entries", {
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { bucket: { name: [props.entriesBucketName] }, object: { key: [{ prefix: "ledger/" }] } },
      });
    }
    this.rule("Uploads", "uploads", {
      source: ["aws.transfer"],
      "detail-type": ["SFTP Server File Upload Completed", "SFTP Server File Upload Failed"],
    });
    this.sweepEveryHour();
  }

  /** Lets `role` take messages from the queue. */
  grantTake(role: RuntimeRole): void {
    role.grant("take-arrivals", [
      {
        Sid: "TakeMessages",
        Effect: "Allow",
        Action: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
        Resource: new Arns(this.props.env).queue(`${this.props.namePrefix}-ingest`),
      },
    ]);
    role.grant("take-arrivals-key", [
      {
        Sid: "QueueKey",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: this.key.arn,
        Condition: { StringEquals: { "kms:ViaService": `sqs.${this.region}.amazonaws.com` } },
      },
    ]);
  }

  /** Finds what no message told of, and ends what has waited too long for its side files. */
  private sweepEveryHour(): void {
    const name = `${this.props.namePrefix}-ingest-sweep`;
    const rule = new CloudwatchEventRule(this, "Sweep", {
      name,
      scheduleExpression: "rate(1 hour)",
      state: "ENABLED",
      tags: this.props.tags,
    });
    const input = JSON.stringify({ source: "part11.ingest", "detail-type": "Sweep", detail: {} });
    this.target("SweepTarget", rule, input);
  }

  private rule(id: string, name: string, pattern: object): void {
    const rule = new CloudwatchEventRule(this, id, {
      name: `${this.props.namePrefix}-ingest-${name}`,
      eventPattern: JSON.stringify(pattern),
      state: "ENABLED",
      tags: this.props.tags,
    });
    this.target(`${id}Target`, rule);
  }

  private target(id: string, rule: CloudwatchEventRule, input?: string): void {
    new CloudwatchEventTarget(this, id, {
      rule: rule.name,
      arn: this.arrivals.arn,
      deadLetterConfig: { arn: this.deadLetters.arn },
      input,
    });
  }

  private queue(id: string, name: string, config: { visibilityTimeoutSeconds?: number; redrivePolicy?: string }) {
    const { env, namePrefix, key, tags } = this.props;
    const arns = new Arns(env);
    const arn = arns.queue(name);
    return new SqsQueue(this, id, {
      name,
      kmsMasterKeyId: key.arn,
      messageRetentionSeconds: KEPT_SECONDS,
      ...config,
      // In the queue and not beside it: a policy of its own would wait another half minute at every apply.
      policy: policyJson([
        denyPlainHttp("sqs:*", arn),
        {
          Sid: "EventRulesSend",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: arn,
          Condition: {
            StringEquals: { "aws:SourceAccount": env.accountId },
            ArnLike: { "aws:SourceArn": arns.eventRules(`${namePrefix}-ingest-`) },
          },
        },
      ]),
      // A queue taken away is a record lost: the tag lets the gate see what it holds (META-03).
      tags: { ...tags, Part11Role: "ingest" },
    });
  }
}
