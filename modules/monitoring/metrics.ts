// SPDX-License-Identifier: Apache-2.0
import type { RecordBucket } from "../record-bucket";
import type { Replication } from "../replication";

/** A CloudWatch metric as an alarm or a graph reads it. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Record<string, string>;
  readonly statistic: "Sum" | "Maximum" | "Average";
  readonly periodSeconds: number;
}

/** Bytes uploaded, per five minutes (S3 user guide, "Amazon S3 request metrics"). */
export function metricBytesUploaded(bucket: RecordBucket): Metric {
  return s3("BytesUploaded", { BucketName: bucket.bucketName, FilterId: "EntireBucket" }, "Sum", 300);
}

/** Objects that could not be replicated, per minute (S3 user guide, "Monitoring replication with metrics"). */
export function metricReplicationFailures(replication: Replication): Metric {
  return s3("OperationsFailedReplication", replicationDimensions(replication), "Sum", 60);
}

/** Seconds that the replica is behind. */
export function metricReplicationLatency(replication: Replication): Metric {
  return s3("ReplicationLatency", replicationDimensions(replication), "Maximum", 60);
}

function replicationDimensions(replication: Replication): Record<string, string> {
  return {
    SourceBucket: replication.sourceBucketName,
    DestinationBucket: replication.replica.bucketName,
    RuleId: replication.ruleId,
  };
}

function s3(
  metricName: string,
  dimensions: Record<string, string>,
  statistic: Metric["statistic"],
  periodSeconds: number,
): Metric {
  return { namespace: "AWS/S3", metricName, dimensions, statistic, periodSeconds };
}
