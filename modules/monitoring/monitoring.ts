// SPDX-License-Identifier: Apache-2.0
import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { AuditTrail } from "../audit-trail";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { EncryptionKey } from "../encryption-key";
import type { Metric } from "../metric";
import type { RecordBucket } from "../record-bucket";
import type { Replication } from "../replication";
import { gxpTags, type SystemIdentity } from "../tags";
import { dashboardBody } from "./dashboard";
import { type ThresholdAlarmProps, thresholdAlarm } from "./threshold-alarm";
import { AlertTopic, type Subscriber } from "./topic";
import { trailAlarms } from "./trail-alarms";

export interface MonitoringProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Trail whose records are filtered for what nobody should do unnoticed. */
  readonly trail: AuditTrail;
  /** Buckets whose upload volume is watched. */
  readonly recordBuckets: readonly RecordBucket[];
  /** Replications whose failures and latency are watched. */
  readonly replications: readonly Replication[];
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Told of what needs a person now. At least one. */
  readonly highSubscribers: readonly Subscriber[];
  /** Told of what needs a look today. At least one. */
  readonly lowSubscribers: readonly Subscriber[];
  /** Width of the normal band of upload volume, in standard deviations. @default 3 */
  readonly volumeBand?: number;
}

/**
 * Alarms that reach people: filter on the trail → metric → alarm → topic → subscriber, for what nobody should do
 * unnoticed, for replication trouble, and for unusual upload volume (21 CFR 11.300(d), 11.10(e)).
 */
export class Monitoring extends Construct {
  readonly high: AlertTopic;
  readonly low: AlertTopic;
  readonly alarms: CloudwatchMetricAlarm[] = [];
  private readonly tags: Record<string, string>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MonitoringProps,
  ) {
    super(scope, id);
    this.tags = gxpTags(props.identity, "not a record");
    const key = this.alertKey();
    const topic = (name: string, subscribers: readonly Subscriber[]) =>
      new AlertTopic(this, name === "high" ? "High" : "Low", {
        env: props.env,
        topicName: `${props.namePrefix}-alerts-${name}`,
        key,
        subscribers,
        tags: this.tags,
      });
    this.high = topic("high", props.highSubscribers);
    this.low = topic("low", props.lowSubscribers);
    this.watchTrail();
    for (const replication of props.replications) this.watchReplication(replication);
    for (const bucket of props.recordBuckets) this.watchVolume(bucket);
    new CloudwatchDashboard(this, "Dashboard", {
      dashboardName: `${props.namePrefix}-part11`,
      dashboardBody: dashboardBody(props),
    });
  }

  private alertKey(): EncryptionKey {
    const { env, identity, namePrefix, administratorArns } = this.props;
    const use = ["kms:Decrypt", "kms:GenerateDataKey*"];
    return new EncryptionKey(this, "Key", {
      env,
      environment: identity.environment,
      alias: `${namePrefix}-alerts`,
      administratorArns,
      serviceStatements: [
        {
          Sid: "AlarmsEncrypt",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: use,
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": env.accountId },
            ArnLike: { "aws:SourceArn": new Arns(env).alarms() },
          },
        },
        {
          Sid: "EventRulesEncrypt",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: use,
          Resource: "*",
        },
      ],
      tags: this.tags,
    });
  }

  private watchTrail(): void {
    for (const { name, description, pattern } of trailAlarms) {
      const metric = this.props.trail.metricFindings(name);
      const filter = new CloudwatchLogMetricFilter(this, `filter-${name}`, {
        name: `${this.props.namePrefix}-${name}`,
        logGroupName: this.props.trail.logGroup.name,
        pattern,
        metricTransformation: { name: metric.metricName, namespace: metric.namespace, value: "1" },
      });
      this.alarm(name, description, this.high, metric, { after: [filter] });
    }
  }

  private watchReplication(replication: Replication): void {
    const source = replication.node.id;
    this.alarm(
      `replication-failed-${source}`,
      "Objects could not be replicated.",
      this.high,
      replication.metricReplicationFailures(),
    );
    this.alarm(
      `replication-latency-${source}`,
      "The replica is more than fifteen minutes behind.",
      this.low,
      replication.metricReplicationLatency(),
      { threshold: 900 },
    );
  }

  private watchVolume(bucket: RecordBucket): void {
    const metric = bucket.metricBytesUploaded();
    this.alarms.push(
      new CloudwatchMetricAlarm(this, `volume-${bucket.label}`, {
        alarmName: `${bucket.bucketName}-volume`,
        alarmDescription: "Upload volume is outside its usual band.",
        comparisonOperator: "LessThanLowerOrGreaterThanUpperThreshold",
        evaluationPeriods: 2,
        thresholdMetricId: "band",
        treatMissingData: "notBreaching",
        actionsEnabled: true,
        alarmActions: [this.low.arn],
        metricQuery: [
          {
            id: "band",
            expression: `ANOMALY_DETECTION_BAND(volume, ${this.props.volumeBand ?? 3})`,
            label: "usual volume",
            returnData: true,
          },
          {
            id: "volume",
            returnData: true,
            metric: {
              namespace: metric.namespace,
              metricName: metric.metricName,
              dimensions: metric.dimensions,
              stat: metric.statistic,
              period: metric.periodSeconds,
            },
          },
        ],
        tags: this.tags,
        dependsOn: [this.low.topic],
      }),
    );
  }

  private alarm(
    name: string,
    alarmDescription: string,
    topic: AlertTopic,
    metric: Metric,
    of: Pick<ThresholdAlarmProps, "threshold" | "after"> = {},
  ): void {
    this.alarms.push(
      thresholdAlarm(this, `alarm-${name}`, {
        alarmName: `${this.props.namePrefix}-${name.toLowerCase()}`,
        alarmDescription,
        topic,
        metric,
        ...of,
        tags: this.tags,
      }),
    );
  }
}
