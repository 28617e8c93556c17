// SPDX-License-Identifier: Apache-2.0
import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Metric } from "../metric";
import { type AlertTopic, thresholdAlarm } from "../monitoring";
import type { LoginFunction } from "./identity";

export interface GatewayAlarmsProps {
  /** First part of every name. */
  readonly namePrefix: string;
  /** Id of the server, which its metrics carry. */
  readonly serverId: string;
  /** Structured log of the server. */
  readonly serverLog: CloudwatchLogGroup;
  /** The function that decides about logins, and its log. */
  readonly login: LoginFunction;
  /** Who is told. */
  readonly topic: AlertTopic;
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/** Transfer Family user guide, "JSON structured log entries": activity types. */
const refusals = [
  { name: "sftp-auth-failure", activity: "AUTH_FAILURE", description: "An SFTP login was refused." },
  {
    name: "sftp-connection-rejected",
    activity: "CONNECTION_REJECTED",
    description: "An SFTP connection was rejected.",
  },
];

/**
 * Every refused login reaches somebody within minutes: the server's log and the identity provider's own are filtered,
 * each match alarms (21 CFR 11.300(d): attempts at unauthorized use are reported in an immediate and urgent manner). So does
 * a volume that is not the usual one.
 */
export class GatewayAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: GatewayAlarmsProps,
  ) {
    super(scope, id);
    for (const { name, activity, description } of refusals) {
      this.filtered(name, description, props.serverLog, `{ $.activity-type = "${activity}" }`);
    }
    // Lambda may put the line that the function wrote into a message of its own.
    const denied = '{ ($.decision = "denied") || ($.message.decision = "denied") }';
    this.filtered("sftp-login-denied", "The identity provider denied a login.", props.login.logGroup, denied);
    this.alarm("sftp-login-undecided", "A login could not be decided.", props.login.metricErrors(), []);
    this.unusualVolume();
  }

  private unusualVolume(): void {
    const { namePrefix, serverId, topic, tags } = this.props;
    new CloudwatchMetricAlarm(this, "alarm-sftp-volume", {
      alarmName: `${namePrefix}-sftp-volume`,
      alarmDescription: "Upload volume by SFTP is outside its usual band.",
      comparisonOperator: "LessThanLowerOrGreaterThanUpperThreshold",
      evaluationPeriods: 2,
      thresholdMetricId: "band",
      treatMissingData: "notBreaching",
      actionsEnabled: true,
      alarmActions: [topic.arn],
      metricQuery: [
        { id: "band", expression: "ANOMALY_DETECTION_BAND(volume, 3)", label: "usual volume", returnData: true },
        {
          id: "volume",
          returnData: true,
          metric: {
            namespace: "AWS/Transfer",
            metricName: "BytesIn",
            dimensions: { ServerId: serverId },
            stat: "Sum",
            period: 300,
          },
        },
      ],
      tags,
      dependsOn: [topic.topic],
    });
  }

  private filtered(name: string, description: string, logGroup: CloudwatchLogGroup, pattern: string): void {
    const metric: Metric = {
      namespace: `Part11/${this.props.namePrefix}`,
      metricName: name,
      dimensions: {},
      statistic: "Sum",
      periodSeconds: 60,
    };
    const filter = new CloudwatchLogMetricFilter(this, `filter-${name}`, {
      name: `${this.props.namePrefix}-${name}`,
      logGroupName: logGroup.name,
      pattern,
      metricTransformation: { name: metric.metricName, namespace: metric.namespace, value: "1" },
    });
    this.alarm(name, description, metric, [filter]);
  }

  private alarm(name: string, alarmDescription: string, metric: Metric, after: readonly ITerraformDependable[]): void {
    const { namePrefix, topic, tags } = this.props;
    thresholdAlarm(this, `alarm-${name}`, {
      alarmName: `${namePrefix}-${name}`,
      alarmDescription,
      topic,
      metric,
      after,
      tags,
    });
  }
}
