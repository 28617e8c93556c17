// SPDX-License-Identifier: Apache-2.0
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmMetricQuery,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Metric } from "../metric";
import type { AlertTopic } from "./topic";

export interface ThresholdAlarmProps {
  /** Literal name. */
  readonly alarmName: string;
  /** What people read when it rings. */
  readonly alarmDescription: string;
  /** Who is told. */
  readonly topic: AlertTopic;
  /** One metric, or queries of which one returns data. */
  readonly metric: Metric | CloudwatchMetricAlarmMetricQuery[];
  /** It rings above this, in the metric's unit. @default 0 - anything at all */
  readonly threshold?: number;
  /** Periods in a row that must be above. @default 1 */
  readonly periods?: number;
  /** It rings when nothing comes, instead of when something does. @default false */
  readonly onSilence?: boolean;
  /** What makes the metric, and must be there before. @default - AWS makes it */
  readonly after?: readonly ITerraformDependable[];
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/**
 * An alarm that tells people within its first period. Where no data is no news it stays quiet without data; an alarm on
 * silence rings then (CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data").
 */
export function thresholdAlarm(scope: Construct, id: string, props: ThresholdAlarmProps): CloudwatchMetricAlarm {
  const { alarmName, alarmDescription, topic, metric, threshold = 0, onSilence = false, after = [], tags } = props;
  return new CloudwatchMetricAlarm(scope, id, {
    alarmName,
    alarmDescription,
    ...watched(metric),
    evaluationPeriods: props.periods ?? 1,
    comparisonOperator: onSilence ? "LessThanThreshold" : "GreaterThanThreshold",
    threshold: onSilence ? 1 : threshold,
    treatMissingData: onSilence ? "breaching" : "notBreaching",
    actionsEnabled: true,
    alarmActions: [topic.arn],
    tags,
    dependsOn: [topic.topic, ...after],
  });
}

function watched(metric: ThresholdAlarmProps["metric"]) {
  if (Array.isArray(metric)) return { metricQuery: metric };
  const { namespace, metricName, dimensions, statistic, periodSeconds } = metric;
  return { namespace, metricName, dimensions, statistic, period: periodSeconds };
}
