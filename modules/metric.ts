// SPDX-License-Identifier: Apache-2.0

/** A CloudWatch metric as an alarm or a graph reads it. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Record<string, string>;
  readonly statistic: "Sum" | "Maximum" | "Average";
  readonly periodSeconds: number;
}
