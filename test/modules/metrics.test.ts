// SPDX-License-Identifier: Apache-2.0
import { AuditBucket, AuditTrail, type Metric, RecordBucket, Replication, Retention } from "../../modules";
import { deployer, env, identity, testStack } from "./synth";

function watched() {
  const { stack, replica } = testStack();
  const common = { env, identity: identity(), administratorArns: [deployer] };
  const locked = { ...common, retention: Retention.compliance({ years: 7 }) };
  const bucket = new RecordBucket(stack, "Raw", { ...locked, bucketName: "acme-raw" });
  const replication = new Replication(stack, "RawReplication", {
    ...common,
    source: bucket,
    replicaRegion: "eu-west-1",
    replicaProvider: replica,
    replicaBucketName: "acme-raw-replica",
    roleName: "acme-replicate",
  });
  const trail = new AuditTrail(stack, "Trail", {
    ...common,
    namePrefix: "acme",
    trailName: "acme-trail",
    auditBucket: new AuditBucket(stack, "Audit", { ...locked, bucketName: "acme-audit", trailName: "acme-trail" }),
    recordedBucketArns: [bucket.arn],
  });
  return { bucket, replication, trail };
}

test("a record bucket gives the bytes uploaded to it, whatever the object", () => {
  expect(watched().bucket.metricBytesUploaded()).toEqual<Metric>({
    namespace: "AWS/S3",
    metricName: "BytesUploaded",
    dimensions: { BucketName: "acme-raw", FilterId: "EntireBucket" },
    statistic: "Sum",
    periodSeconds: 300,
  });
});

test("a replication gives its failures and its latency, from source to replica", () => {
  const { replication } = watched();
  const dimensions = { SourceBucket: "acme-raw", DestinationBucket: "acme-raw-replica", RuleId: "everything" };
  const expected = { namespace: "AWS/S3", dimensions, periodSeconds: 60 };
  expect(replication.metricReplicationFailures()).toEqual<Metric>({
    ...expected,
    metricName: "OperationsFailedReplication",
    statistic: "Sum",
  });
  expect(replication.metricReplicationLatency()).toEqual<Metric>({
    ...expected,
    metricName: "ReplicationLatency",
    statistic: "Maximum",
  });
});

test("a trail gives what its filters found, under the namespace of its own landing zone", () => {
  expect(watched().trail.metricFindings("denied-deletes")).toEqual<Metric>({
    namespace: "Part11/acme",
    metricName: "denied-deletes",
    dimensions: {},
    statistic: "Sum",
    periodSeconds: 60,
  });
});
