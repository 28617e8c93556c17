// SPDX-License-Identifier: Apache-2.0
import type { AuditTrail } from "../audit-trail";
import type { AwsEnvironment } from "../aws-environment";
import type { Metric } from "../metric";
import type { RecordBucket } from "../record-bucket";
import type { Replication } from "../replication";
import { trailAlarms } from "./trail-alarms";

interface Watched {
  readonly env: AwsEnvironment;
  readonly trail: AuditTrail;
  readonly recordBuckets: readonly RecordBucket[];
  readonly replications: readonly Replication[];
}

/** One page: uploads, replication, and what the trail's filters counted (CloudWatch API, "Dashboard body structure"). */
export function dashboardBody(watched: Watched): string {
  const counts = trailAlarms.map(({ name }) => ({ ...watched.trail.metricFindings(name), periodSeconds: 300 }));
  const graphs = [
    { title: "Bytes uploaded", metrics: watched.recordBuckets.map((bucket) => bucket.metricBytesUploaded()) },
    {
      title: "Replication failures",
      metrics: watched.replications.map((replication) => replication.metricReplicationFailures()),
    },
    {
      title: "Replication latency, seconds",
      metrics: watched.replications.map((replication) => replication.metricReplicationLatency()),
    },
    { title: "Audit trail findings", metrics: counts },
  ];
  const widgets = graphs.map(({ title, metrics }, index) => ({
    type: "metric",
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: { title, region: watched.env.region, view: "timeSeries", metrics: metrics.map(graphLine) },
  }));
  return JSON.stringify({ widgets });
}

function graphLine(metric: Metric): unknown[] {
  const dimensions = Object.entries(metric.dimensions).flat();
  return [metric.namespace, metric.metricName, ...dimensions, { stat: metric.statistic, period: metric.periodSeconds }];
}
