// SPDX-License-Identifier: Apache-2.0
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { EncryptionKey, EVENT_RULES_ENCRYPT } from "../encryption-key";
import { type Monitoring, thresholdAlarm } from "../monitoring";
import { denyPlainHttp, policyJson } from "../policy-document";
import type { RecordBucket } from "../record-bucket";
import { RuntimeRole, type RuntimeRoleProps } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";
import { checkNames, type StartedProcess, startPrefix, startRight } from "./started-process";

export interface ArrivalStartProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Permissions boundary of the roles: the most that they can ever do. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
  /** Bucket whose new records start something; it tells EventBridge of each. */
  readonly raw: RecordBucket;
  /** What is started. At least one. */
  readonly processes: readonly StartedProcess[];
  /** Told of starts that failed. */
  readonly monitoring: Monitoring;
}

/** Fourteen days, the longest that SQS keeps a message. */
const KEPT_SECONDS = 1_209_600;

/**
 * Starts processes of the house when a record has arrived in raw, so after it was hashed, judged and promoted (21 CFR
 * 11.10(f)): a rule and a role each, which may start that process and nothing else. What cannot be started waits in a queue
 * that an alarm watches. EventBridge may start one twice for the same version: a process tells by the version id.
 *
 * @throws SETTINGS_INVALID, PREFIX_INVALID, NAME_INVALID, ADMINISTRATOR_MISSING
 * @see EventBridge user guide, "Using dead-letter queues", "Resource-based policies": targets of Step Functions and Glue take a role
 */
export class ArrivalStart extends Construct {
  readonly deadLetters: SqsQueue;
  readonly alarm: CloudwatchMetricAlarm;
  readonly roles: readonly RuntimeRole[];
  private readonly tags: Record<string, string>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ArrivalStartProps,
  ) {
    super(scope, id);
    checkNames(props.processes, this.node.path);
    this.tags = gxpTags(props.identity, "not a record");
    const name = `${props.namePrefix}-start-dead-letters`;
    this.deadLetters = this.queue(name);
    this.alarm = this.alarmOn(name);
    this.roles = props.processes.map((process) => this.start(process));
  }

  private start(process: StartedProcess): RuntimeRole {
    const { env, namePrefix, raw, boundary } = this.props;
    const name = `${namePrefix}-start-${process.name}`;
    const rule = new CloudwatchEventRule(this, `Rule-${process.name}`, {
      name,
      eventPattern: JSON.stringify({
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: {
          bucket: { name: [raw.bucketName] },
          object: { key: [{ prefix: startPrefix(process, this.node.path) }] },
        },
      }),
      state: "ENABLED",
      tags: this.tags,
    });
    const role = new RuntimeRole(this, `Role-${process.name}`, {
      env,
      roleName: name,
      trust: { service: "events.amazonaws.com", sourceArn: new Arns(env).eventRule(name) },
      boundary,
      tags: this.tags,
    });
    role.grant("start", [{ Sid: "Start", Effect: "Allow", ...startRight(process, env, this.node.path) }]);
    new CloudwatchEventTarget(this, `Target-${process.name}`, {
      rule: rule.name,
      arn: process.processArn,
      roleArn: role.arn,
      deadLetterConfig: { arn: this.deadLetters.arn },
      dependsOn: [role.role, ...role.policies],
    });
    return role;
  }

  private queue(name: string): SqsQueue {
    const { env, identity, namePrefix, administratorArns } = this.props;
    const arns = new Arns(env);
    const key = new EncryptionKey(this, "Key", {
      env,
      environment: identity.environment,
      alias: name,
      administratorArns,
      serviceStatements: [EVENT_RULES_ENCRYPT],
      tags: this.tags,
    });
    return new SqsQueue(this, "DeadLetters", {
      name,
      kmsMasterKeyId: key.arn,
      messageRetentionSeconds: KEPT_SECONDS,
      policy: policyJson([
        denyPlainHttp("sqs:*", arns.queue(name)),
        {
          Sid: "EventRulesSend",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: arns.queue(name),
          Condition: {
            StringEquals: { "aws:SourceAccount": env.accountId },
            ArnLike: { "aws:SourceArn": arns.eventRules(`${namePrefix}-start-`) },
          },
        },
      ]),
      tags: this.tags,
    });
  }

  private alarmOn(QueueName: string): CloudwatchMetricAlarm {
    const { namePrefix, monitoring } = this.props;
    return thresholdAlarm(this, "NotStarted", {
      alarmName: `${namePrefix}-start-dead-letters`,
      alarmDescription: "Records have arrived for which nothing was started.",
      topic: monitoring.high,
      metric: {
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName },
        statistic: "Maximum",
        periodSeconds: 300,
      },
      tags: this.tags,
    });
  }
}
