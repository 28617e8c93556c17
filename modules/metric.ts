// SPDX-License-Identifier: Apache-2.0

/** A CloudWatch metric as an alarm or a graph reads it (CloudWatch API, Metric and MetricStat). */
export interface Metric {
  /** `AWS/S3` for what AWS measures, `Part11/<name prefix>` for what is found in the audit trail. */
  readonly namespace: string;
  /** Name within the namespace. */
  readonly metricName: string;
  /** All of them: a metric with one dimension fewer is another metric. */
  readonly dimensions: Record<string, string>;
  /** How the data points of a period become one. */
  readonly statistic: "Sum" | "Maximum" | "Average";
  /** Seconds that one data point sums up, a multiple of 60. */
  readonly periodSeconds: number;
}
