// SPDX-License-Identifier: Apache-2.0
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { REFUSED } from "../ingest/arrivals/batch";
import type { Metric } from "../metric";
import { type AlertTopic, type Monitoring, type ThresholdAlarmProps, thresholdAlarm } from "../monitoring";
import type { LargeQueues } from "./large-queues";
import { queueMetric } from "./task-scaling";
import type { TaskService } from "./task-service";
import { LARGE_FAILED } from "./worker/work";

export interface LargeAlarmsProps {
  readonly env: AwsEnvironment;
  readonly namePrefix: string;
  readonly monitoring: Monitoring;
  readonly queues: LargeQueues;
  readonly service: TaskService;
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

const UNTAKEN_PERIOD_SECONDS = 60;
/** Half an hour that a message may wait while no task has any in hand: the service takes a few minutes to begin, SQS up to fifteen to say so. */
const UNTAKEN_PERIODS = 30;

/** Tells people of a version that failed, of one that nobody takes, of a task that died and of messages given up. */
export class LargeAlarms extends Construct {
  readonly alarms: CloudwatchMetricAlarm[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LargeAlarmsProps,
  ) {
    super(scope, id);
    const { monitoring, queues } = props;
    this.alarm("dead-letters", "Large received files could not be dealt with.", monitoring.high, {
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queues.deadLettersName },
      statistic: "Maximum",
      periodSeconds: 300,
    });
    this.alarmOnLines("failed", "A large received file failed, and is tried again.", monitoring.high, LARGE_FAILED);
    this.alarmOnLines("refused", "Large received files were not promoted.", monitoring.low, REFUSED);
    this.alarmOnUntaken();
    this.tellOfDeaths();
  }

  /** Neither a task that cannot start nor scaling that does not work shows in the log of the task. */
  private alarmOnUntaken(): void {
    const { monitoring, queues } = this.props;
    const name = queues.versionsName;
    this.alarm(
      "untaken",
      "A large received file waits, and no task takes it.",
      monitoring.high,
      [
        { id: "untaken", expression: "IF(waiting > 0 AND held < 1, 1, 0)", label: "untaken", returnData: true },
        queueMetric("waiting", "ApproximateNumberOfMessagesVisible", name, UNTAKEN_PERIOD_SECONDS),
        queueMetric("held", "ApproximateNumberOfMessagesNotVisible", name, UNTAKEN_PERIOD_SECONDS),
      ],
      { periods: UNTAKEN_PERIODS },
    );
  }

  /**
   * A task never ends by itself: the service stops it, or it died. What ECS says of the latter goes straight to people.
   * @see ECS developer guide, "Amazon ECS task state change events", "Stopped tasks error messages"; "service action events"
   */
  private tellOfDeaths(): void {
    const { env, service } = this.props;
    const arns = new Arns(env);
    const cluster = arns.cluster(service.clusterName);
    this.tell("Died", "died", {
      "detail-type": ["ECS Task State Change"],
      detail: {
        clusterArn: [cluster],
        lastStatus: ["STOPPED"],
        stopCode: ["EssentialContainerExited", "TaskFailedToStart"],
      },
    });
    this.tell("NotStarted", "not-started", {
      "detail-type": ["ECS Service Action"],
      resources: [arns.ecsService(service.clusterName, service.serviceName)],
      detail: { eventName: ["SERVICE_TASK_PLACEMENT_FAILURE", "SERVICE_TASK_START_IMPAIRED"] },
    });
  }

  private tell(id: string, name: string, pattern: object): void {
    const { namePrefix, monitoring, tags } = this.props;
    const rule = new CloudwatchEventRule(this, id, {
      name: `${namePrefix}-ingest-large-${name}`,
      eventPattern: JSON.stringify({ source: ["aws.ecs"], ...pattern }),
      state: "ENABLED",
      tags,
    });
    new CloudwatchEventTarget(this, `${id}Told`, { rule: rule.name, arn: monitoring.high.topic.arn });
  }

  private alarmOnLines(name: string, says: string, topic: AlertTopic, mark: string): void {
    const { namePrefix, service } = this.props;
    const [metricName, namespace] = [`ingest-large-${name}`, `Part11/${namePrefix}`];
    const filter = new CloudwatchLogMetricFilter(this, `lines-${name}`, {
      name: `${namePrefix}-ingest-large-${name}`,
      logGroupName: service.logGroup.name,
      pattern: `"${mark}"`,
      metricTransformation: { name: metricName, namespace, value: "1" },
    });
    const metric: Metric = { namespace, metricName, dimensions: {}, statistic: "Sum", periodSeconds: 60 };
    this.alarm(name, says, topic, metric, { after: [filter] });
  }

  private alarm(
    name: string,
    alarmDescription: string,
    topic: AlertTopic,
    metric: ThresholdAlarmProps["metric"],
    of: Pick<ThresholdAlarmProps, "periods" | "after"> = {},
  ): void {
    this.alarms.push(
      thresholdAlarm(this, `alarm-${name}`, {
        alarmName: `${this.props.namePrefix}-ingest-large-${name}`,
        alarmDescription,
        topic,
        metric,
        ...of,
        tags: this.props.tags,
      }),
    );
  }
}
