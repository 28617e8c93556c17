// SPDX-License-Identifier: Apache-2.0
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Handler } from "../handler";
import type { Metric } from "../metric";
import { type AlertTopic, type Monitoring, thresholdAlarm } from "../monitoring";
import { REFUSED } from "./arrivals/batch";

export interface IngestAlarmsProps {
  readonly namePrefix: string;
  readonly monitoring: Monitoring;
  readonly handler: Handler;
  /** Literal names of the queues that must stay empty. */
  readonly deadLetterNames: readonly string[];
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/** Tells people of messages that nobody could deal with, of runs that failed, and of versions that were not promoted. */
export class IngestAlarms extends Construct {
  readonly alarms: CloudwatchMetricAlarm[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: IngestAlarmsProps,
  ) {
    super(scope, id);
    const { namePrefix, handler, monitoring } = props;
    for (const QueueName of props.deadLetterNames) {
      this.alarm("dead-letters", "Messages about received files could not be dealt with.", monitoring.high, {
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName },
        statistic: "Maximum",
        periodSeconds: 300,
      });
    }
    this.alarm("errors", "Runs of ingest failed.", monitoring.high, handler.metricErrors());
    const refused: Metric = {
      namespace: `Part11/${namePrefix}`,
      metricName: "ingest-refused",
      dimensions: {},
      statistic: "Sum",
      periodSeconds: 60,
    };
    const filter = new CloudwatchLogMetricFilter(this, "Refused", {
      name: `${namePrefix}-ingest-refused`,
      logGroupName: handler.logGroup.name,
      pattern: `"${REFUSED}"`,
      metricTransformation: { name: refused.metricName, namespace: refused.namespace, value: "1" },
    });
    this.alarm("refused", "Received files were not promoted.", monitoring.low, refused, [filter]);
  }

  private alarm(
    name: string,
    alarmDescription: string,
    topic: AlertTopic,
    metric: Metric,
    after: readonly ITerraformDependable[] = [],
  ): void {
    this.alarms.push(
      thresholdAlarm(this, `alarm-${name}`, {
        alarmName: `${this.props.namePrefix}-ingest-${name}`,
        alarmDescription,
        topic,
        metric,
        after,
        tags: this.props.tags,
      }),
    );
  }
}
