// SPDX-License-Identifier: Apache-2.0
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import { Arns } from "../aws-environment";
import { Handler, type HandlerProps } from "../handler";
import type { Metric } from "../metric";
import { type AlertTopic, type Monitoring, type ThresholdAlarmProps, thresholdAlarm } from "../monitoring";
import { gxpTags } from "../tags";

export interface ScheduledCheckProps {
  /** The function that checks. */
  readonly handler: HandlerProps;
  /** Minutes between two runs, 2-720. */
  readonly everyMinutes: number;
  /** Text that begins the lines of the log that tell of a finding, and what the alarm on such a line says. @default - it finds nothing, it does something */
  readonly finding?: { readonly mark: string; readonly says: string };
  /** Whose topics are told: of findings and of runs that failed or never were. */
  readonly monitoring: Monitoring;
}

/**
 * A function that looks at something by the clock and alarms on what it finds, on a run that failed, and on runs that
 * do not take place: a check that is silent because it does not run must not look like one that found nothing.
 *
 * @throws HANDLER_NOT_BUILT, ADMINISTRATOR_MISSING
 */
export class ScheduledCheck extends Construct {
  readonly handler: Handler;
  readonly alarms: CloudwatchMetricAlarm[] = [];
  private readonly tags: Record<string, string>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ScheduledCheckProps,
  ) {
    super(scope, id);
    const { everyMinutes, finding, monitoring } = props;
    this.tags = gxpTags(props.handler.identity, "not a record");
    this.handler = new Handler(this, "Handler", props.handler);
    this.runBySchedule();
    if (finding) this.alarmOnFindings(finding);
    this.alarm("errors", "Runs of a check failed.", monitoring.high, this.handler.metricErrors());
    const invocations: Metric = {
      namespace: "AWS/Lambda",
      metricName: "Invocations",
      dimensions: { FunctionName: this.handler.functionName },
      statistic: "Sum",
      periodSeconds: 2 * everyMinutes * 60,
    };
    this.alarm("silent", "A check did not run for twice its time.", monitoring.high, invocations, { onSilence: true });
  }

  private runBySchedule(): void {
    const { handler, everyMinutes } = this.props;
    const { functionName, role } = this.handler;
    const rule = new CloudwatchEventRule(this, "Schedule", {
      name: functionName,
      scheduleExpression: `rate(${everyMinutes} minutes)`,
      state: "ENABLED",
      tags: this.tags,
    });
    const permission = new LambdaPermission(this, "Permission", {
      action: "lambda:InvokeFunction",
      functionName: this.handler.function.functionName,
      principal: "events.amazonaws.com",
      sourceAccount: handler.env.accountId,
      sourceArn: new Arns(handler.env).eventRule(functionName),
    });
    new CloudwatchEventTarget(this, "Target", {
      rule: rule.name,
      arn: this.handler.function.arn,
      dependsOn: [permission, ...role.policies],
    });
  }

  private alarmOnFindings({ mark, says }: { readonly mark: string; readonly says: string }): void {
    const { handler, monitoring } = this.props;
    const metric: Metric = {
      namespace: `Part11/${handler.namePrefix}`,
      metricName: `${handler.name}-found`,
      dimensions: {},
      statistic: "Sum",
      periodSeconds: 60,
    };
    const filter = new CloudwatchLogMetricFilter(this, "Found", {
      name: `${this.handler.functionName}-found`,
      logGroupName: this.handler.logGroup.name,
      pattern: `"${mark}"`,
      metricTransformation: { name: metric.metricName, namespace: metric.namespace, value: "1" },
    });
    this.alarm("found", says, monitoring.high, metric, { after: [filter] });
  }

  private alarm(
    name: string,
    alarmDescription: string,
    topic: AlertTopic,
    metric: Metric,
    of: Pick<ThresholdAlarmProps, "after" | "onSilence"> = {},
  ): void {
    this.alarms.push(
      thresholdAlarm(this, `alarm-${name}`, {
        alarmName: `${this.handler.functionName}-${name}`,
        alarmDescription,
        topic,
        metric,
        ...of,
        tags: this.tags,
      }),
    );
  }
}
