// SPDX-License-Identifier: Apache-2.0
import { AccessLogBucket, AccountBaseline, type AccountBaselineProps, AlertTopic, EncryptionKey } from "../../modules";
import { deployer, env, identity, resource, statement, synthesize, testStack } from "./synth";

function baseline(overrides: Partial<AccountBaselineProps> = {}) {
  const { stack, replica } = testStack();
  const key = new EncryptionKey(stack, "Key", {
    env,
    environment: "production",
    alias: "acme-alerts",
    administratorArns: [deployer],
    tags: {},
  });
  const accessLogs = new AccessLogBucket(stack, "AccessLogs", { env, identity: identity(), bucketName: "acme-logs" });
  const subscribers = [{ protocol: "email", endpoint: "on-call@example.org" }] as const;
  new AccountBaseline(stack, "Account", {
    env,
    replicaRegion: "eu-west-1",
    replicaProvider: replica,
    identity: identity(),
    namePrefix: "acme",
    administratorArns: [deployer],
    accessLogBucket: accessLogs.baseline,
    findingsTopic: new AlertTopic(stack, "High", { env, topicName: "acme-high", key, subscribers, tags: {} }),
    ...overrides,
  });
  return synthesize(stack);
}

/** The only resource of a type in each region. */
function inBothRegions(type: string): Record<string, unknown>[] {
  const found = Object.values(baseline().resource[type]!);
  expect(found.map(({ provider }) => provider)).toEqual([undefined, "aws.replica"]);
  return found;
}

test("a recorder of every type, global ones too, is switched on in both regions", () => {
  for (const recorder of inBothRegions("aws_config_configuration_recorder")) {
    expect(recorder.recording_group).toEqual({ all_supported: true, include_global_resource_types: true });
  }
  for (const status of inBothRegions("aws_config_configuration_recorder_status")) {
    expect(status).toMatchObject({ is_enabled: true, depends_on: [expect.stringContaining("delivery_channel")] });
  }
});

test("the recorders use the role that AWS keeps for Config, which is made once", () => {
  const document = baseline();
  expect(resource(document, "aws_iam_service_linked_role")).toMatchObject({ aws_service_name: "config.amazonaws.com" });
  expect(resource(document, "aws_config_configuration_recorder", "ReplicaRecorder").role_arn).toBe(
    "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
  );
  expect(baseline({ createConfigRole: false }).resource).not.toHaveProperty("aws_iam_service_linked_role");
});

test("the configuration history is unlocked, since Config delivers to no locked bucket, and only Config writes it", () => {
  const document = baseline();
  expect(resource(document, "aws_s3_bucket", "History").object_lock_enabled).toBe(false);
  const { policy } = resource(document, "aws_s3_bucket_policy", "History");
  expect(statement(policy, "ConfigDelivers")).toMatchObject({
    Principal: { Service: "config.amazonaws.com" },
    Resource: "arn:aws:s3:::acme-config-111122223333/AWSLogs/111122223333/Config/*",
    Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
  });
  expect(statement(policy, "DenyOtherWriters")).toMatchObject({
    Effect: "Deny",
    Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } },
  });
});

test("GuardDuty watches S3 and Security Hub is on in both regions", () => {
  for (const detector of inBothRegions("aws_guardduty_detector")) expect(detector.enable).toBe(true);
  for (const feature of inBothRegions("aws_guardduty_detector_feature")) {
    expect(feature).toMatchObject({ name: "S3_DATA_EVENTS", status: "ENABLED" });
  }
  expect(inBothRegions("aws_securityhub_account")).toHaveLength(2);
});

test("findings of the second region are brought here, and serious ones reach the topic", () => {
  const document = baseline();
  expect(resource(document, "aws_securityhub_finding_aggregator")).toMatchObject({ specified_regions: ["eu-west-1"] });
  expect(JSON.parse(resource(document, "aws_cloudwatch_event_rule").event_pattern as string)).toMatchObject({
    source: ["aws.securityhub"],
    detail: { findings: { ProductName: ["GuardDuty"], Severity: { Label: ["HIGH", "CRITICAL"] } } },
  });
  expect(resource(document, "aws_cloudwatch_event_target").arn).toContain("aws_sns_topic.High_");
});

test("public access to S3 is blocked for the account, unless another stack does", () => {
  expect(resource(baseline(), "aws_s3_account_public_access_block")).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(baseline({ blockPublicAccess: false }).resource).not.toHaveProperty("aws_s3_account_public_access_block");
});
