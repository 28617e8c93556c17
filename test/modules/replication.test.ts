// SPDX-License-Identifier: Apache-2.0
import { RecordBucket, Replication, type ReplicationProps, Retention } from "../../modules";
import { codeOf, deployer, env, identity, resource, statement, synthesize, testStack } from "./synth";

function replication(overrides: Partial<ReplicationProps> = {}) {
  const { stack, replica } = testStack();
  const source = new RecordBucket(stack, "Raw", {
    env,
    identity: identity(),
    bucketName: "acme-raw",
    retention: Retention.compliance({ years: 8 }),
    administratorArns: [deployer],
  });
  new Replication(stack, "RawReplication", {
    env,
    identity: identity(),
    source,
    replicaRegion: "eu-west-1",
    replicaProvider: replica,
    replicaBucketName: "acme-raw-replica",
    roleName: "acme-replicate",
    administratorArns: [deployer],
    ...overrides,
  });
  return synthesize(stack);
}

const rule = () =>
  (resource(replication(), "aws_s3_bucket_replication_configuration").rule as Array<Record<string, unknown>>)[0]!;

test("the replica is in the other region, under the source's lock and its own key", () => {
  const document = replication();
  expect(resource(document, "aws_s3_bucket", "Replica")).toMatchObject({
    provider: "aws.replica",
    object_lock_enabled: true,
  });
  expect(resource(document, "aws_s3_bucket_object_lock_configuration", "Replica").rule).toEqual({
    default_retention: { mode: "COMPLIANCE", years: 8 },
  });
  expect(rule().destination).toMatchObject({
    encryption_configuration: { replica_kms_key_id: expect.stringContaining("aws_kms_key.RawReplication_Replica_Key") },
  });
});

test("everything is copied within fifteen minutes, delete markers are not", () => {
  expect(rule()).toMatchObject({
    status: "Enabled",
    filter: {},
    delete_marker_replication: { status: "Disabled" },
    source_selection_criteria: { sse_kms_encrypted_objects: { status: "Enabled" } },
    destination: {
      metrics: { status: "Enabled", event_threshold: { minutes: 15 } },
      replication_time: { status: "Enabled", time: { minutes: 15 } },
    },
  });
});

test("the role may read retention and legal hold", () => {
  const inline = resource(replication(), "aws_iam_role_policy", "replicate-objects");
  expect(statement(inline.policy, "ReadVersions").Action).toEqual(
    expect.arrayContaining(["s3:GetObjectRetention", "s3:GetObjectLegalHold"]),
  );
});

test("the role may use both keys, each through S3 of its region", () => {
  const inline = resource(replication(), "aws_iam_role_policy", "replicate-keys");
  expect(statement(inline.policy, "DecryptSource").Condition).toEqual({
    StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
  });
  expect(statement(inline.policy, "EncryptReplica").Condition).toEqual({
    StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
  });
});

test("replication waits for versioning and lock of both buckets and for the role's rights", () => {
  const { depends_on } = resource(replication(), "aws_s3_bucket_replication_configuration");
  const types = (depends_on as string[]).map((address) => address.split(".")[0]).sort();
  expect(types).toEqual([
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_iam_role_policy",
    "aws_s3_bucket_object_lock_configuration",
    "aws_s3_bucket_object_lock_configuration",
    "aws_s3_bucket_versioning",
    "aws_s3_bucket_versioning",
  ]);
});

test("fails when the replica shares the source's region", () => {
  expect(codeOf(() => replication({ replicaRegion: "eu-central-1" }))).toBe("REGION_INVALID");
});

test("fails when the replica is locked for less time than its source", () => {
  expect(codeOf(() => replication({ retention: Retention.compliance({ years: 7 }) }))).toBe("RETENTION_TOO_SHORT");
});
