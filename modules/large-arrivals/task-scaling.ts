// SPDX-License-Identifier: Apache-2.0
import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmMetricQuery,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { TaskService } from "./task-service";

export interface TaskScalingProps {
  readonly service: TaskService;
  /** Literal name of the queue that decides. */
  readonly queueName: string;
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/** Seconds without a message, seen or in hand, after which the task ends. */
const QUIET_SECONDS = 900;

/** A metric of a queue as one part of an expression. */
export function queueMetric(id: string, metricName: string, QueueName: string, period: number) {
  const metric = { namespace: "AWS/SQS", metricName, dimensions: { QueueName }, stat: "Maximum", period };
  return { id, metric, returnData: false } satisfies CloudwatchMetricAlarmMetricQuery;
}

/**
 * One task while there is a message, none while there is none: what runs is paid by the second. A message in hand counts, so
 * that no task is ended in the middle of a version.
 * @see Application Auto Scaling user guide, "Step scaling policies"
 */
export class TaskScaling extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: TaskScalingProps,
  ) {
    super(scope, id);
    const { service, queueName, tags } = props;
    const target = new AppautoscalingTarget(this, "Target", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${service.clusterName}/${service.serviceName}`,
      minCapacity: 0,
      maxCapacity: 1,
      tags,
      dependsOn: [service.service],
    });
    new CloudwatchMetricAlarm(this, "Begin", {
      ...this.alarm("begin", "A large version waits: a task is to run."),
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queueName },
      statistic: "Maximum",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      alarmActions: [this.policy("One", target, 1, "metricIntervalLowerBound").arn],
    });
    new CloudwatchMetricAlarm(this, "End", {
      ...this.alarm("end", "No large version waits or is in hand: no task needs to run."),
      comparisonOperator: "LessThanOrEqualToThreshold",
      metricQuery: [
        { id: "all", expression: "waiting + held", label: "messages", returnData: true },
        queueMetric("waiting", "ApproximateNumberOfMessagesVisible", queueName, QUIET_SECONDS),
        queueMetric("held", "ApproximateNumberOfMessagesNotVisible", queueName, QUIET_SECONDS),
      ],
      alarmActions: [this.policy("None", target, 0, "metricIntervalUpperBound").arn],
    });
  }

  private alarm(name: string, alarmDescription: string) {
    return {
      alarmName: `${this.props.service.serviceName}-${name}`,
      alarmDescription,
      evaluationPeriods: 1,
      threshold: 0,
      treatMissingData: "notBreaching",
      actionsEnabled: true,
      tags: this.props.tags,
    };
  }

  private policy(
    id: string,
    target: AppautoscalingTarget,
    capacity: number,
    bound: "metricIntervalLowerBound" | "metricIntervalUpperBound",
  ): AppautoscalingPolicy {
    return new AppautoscalingPolicy(this, id, {
      name: `${this.props.service.serviceName}-${id.toLowerCase()}`,
      policyType: "StepScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      stepScalingPolicyConfiguration: {
        adjustmentType: "ExactCapacity",
        cooldown: 60,
        metricAggregationType: "Maximum",
        stepAdjustment: [{ scalingAdjustment: capacity, [bound]: "0" }],
      },
    });
  }
}
