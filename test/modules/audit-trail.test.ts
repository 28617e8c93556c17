// SPDX-License-Identifier: Apache-2.0
import { AuditBucket, AuditTrail, Retention, RuntimeRole } from "../../modules";
import { codeOf, deployer, env, identity, resource, statement, statements, synthesize, testStack } from "./synth";

const trailArn = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/acme-trail";
const recorded = "arn:aws:s3:::acme-raw";

function trail(tables: string[] = []) {
  const { stack } = testStack();
  const auditBucket = new AuditBucket(stack, "Audit", {
    env,
    identity: identity(),
    bucketName: "acme-audit",
    retention: Retention.compliance({ years: 7 }),
    administratorArns: [deployer],
    trailName: "acme-trail",
  });
  new AuditTrail(stack, "Trail", {
    env,
    identity: identity(),
    namePrefix: "acme",
    trailName: "acme-trail",
    auditBucket,
    recordedBucketArns: [recorded],
    recordedTableArns: tables,
    administratorArns: [deployer],
  });
  return { stack, auditBucket };
}

interface Selector {
  readonly name: string;
  readonly field_selector: ReadonlyArray<Record<string, unknown>>;
}

function selector(name: string, tables: string[] = []): Selector {
  const cloudtrail = resource(synthesize(trail(tables).stack), "aws_cloudtrail");
  return (cloudtrail.advanced_event_selector as Selector[]).find((s) => s.name === name)!;
}

test("the trail covers all regions, validates its files and is encrypted", () => {
  expect(resource(synthesize(trail().stack), "aws_cloudtrail")).toMatchObject({
    is_multi_region_trail: true,
    enable_logging: true,
    enable_log_file_validation: true,
    include_global_service_events: true,
    kms_key_id: expect.stringContaining("aws_kms_key.Audit_Records_Key"),
  });
});

test("the trail refers to its log group by a name that is known at plan time", () => {
  expect(resource(synthesize(trail().stack), "aws_cloudtrail")).toMatchObject({
    cloud_watch_logs_group_arn: expect.stringMatching(/:log-group:\$\{aws_cloudwatch_log_group\..+\.name\}:\*$/),
  });
});

test("only the trail announces its files, on an encrypted topic whose key lets it", () => {
  const document = synthesize(trail().stack);
  const fromTrail = { ArnEquals: { "aws:SourceArn": trailArn }, StringEquals: { "aws:SourceAccount": "111122223333" } };
  const publishers = statements(resource(document, "aws_sns_topic_policy").policy).filter((s) => s.Effect === "Allow");
  expect(publishers).toMatchObject([{ Principal: { Service: "cloudtrail.amazonaws.com" }, Condition: fromTrail }]);
  expect(resource(document, "aws_sns_topic").kms_master_key_id).toContain("aws_kms_key.Trail_LogKey");
  const uses = statements(resource(document, "aws_kms_key", "LogKey").policy);
  expect(uses).toContainEqual(expect.objectContaining({ Sid: "TrailAnnounces", Condition: fromTrail }));
  expect(String(resource(document, "aws_cloudtrail").sns_topic_name)).toContain("aws_sns_topic.Trail_Deliveries");
});

test("records are recorded for reads and writes alike", () => {
  expect(selector("Records").field_selector).toEqual([
    { field: "eventCategory", equals: ["Data"] },
    { field: "resources.type", equals: ["AWS::S3::Object"] },
    { field: "resources.ARN", starts_with: [`${recorded}/`] },
  ]);
});

test("on the audit bucket only the log service's own PutObject is left out", () => {
  const fields = (name: string) => selector(name).field_selector.slice(3);
  expect(fields("Audit bucket, all but writes")).toEqual([{ field: "eventName", not_equals: ["PutObject"] }]);
  expect(fields("Audit bucket, writes by people and roles")).toEqual([
    { field: "eventName", equals: ["PutObject"] },
    { field: "userIdentity.arn", starts_with: ["arn:aws:"] },
  ]);
});

test("tables are recorded where there are any", () => {
  expect(selector("Tables")).toBeUndefined();
  expect(selector("Tables", ["arn:t"]).field_selector[2]).toEqual({ field: "resources.ARN", equals: ["arn:t"] });
});

test("the audit bucket is written by its own trail only", () => {
  const { policy } = resource(synthesize(trail().stack), "aws_s3_bucket_policy");
  const writers = statements(policy).filter((s) => s.Effect === "Allow" && String(s.Action).includes("PutObject"));
  expect(writers).toEqual([
    {
      Sid: "TrailDelivers",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::acme-audit/AWSLogs/111122223333/*",
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" }, ArnEquals: { "aws:SourceArn": trailArn } },
    },
  ]);
});

test.each([
  [Retention.compliance({ years: 8 }), "accepted"],
  [Retention.compliance({ days: 2922 }), "accepted"],
  [Retention.compliance({ days: 2923 }), "RETENTION_TOO_SHORT"],
])("an audit bucket locked for eight years beside records of %s: %s", (recordsRetention, outcome) => {
  const build = () =>
    new AuditBucket(testStack().stack, "Audit", {
      env,
      identity: identity(),
      bucketName: "acme-audit",
      retention: Retention.compliance({ years: 8 }),
      recordsRetention,
      administratorArns: [deployer],
      trailName: "acme-trail",
    });
  expect(codeOf(build)).toBe(outcome === "accepted" ? "nothing thrown" : outcome);
});

test("an audit bucket of development is not compared, since no records are there", () => {
  const build = () =>
    new AuditBucket(testStack().stack, "Audit", {
      env,
      identity: identity("development"),
      bucketName: "acme-audit",
      retention: Retention.none(),
      recordsRetention: Retention.governance({ days: 1 }),
      administratorArns: [deployer],
      trailName: "acme-trail",
    });
  expect(codeOf(build)).toBe("nothing thrown");
});

test("nobody but a log service puts an object into the audit bucket", () => {
  const { policy } = resource(synthesize(trail().stack), "aws_s3_bucket_policy");
  expect(statement(policy, "DenyOtherWriters")).toEqual({
    Sid: "DenyOtherWriters",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: "arn:aws:s3:::acme-audit/*",
    Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } },
  });
});

test("people may not name a key in the audit bucket, the log service may", () => {
  const { policy } = resource(synthesize(trail().stack), "aws_s3_bucket_policy");
  expect(statement(policy, "DenyNamedKey").Condition).toMatchObject({ Bool: { "aws:PrincipalIsAWSService": "false" } });
});

test("the mirror role reaches only mirror/", () => {
  const { stack, auditBucket } = trail();
  auditBucket.grantMirror(
    new RuntimeRole(stack, "Mirror", { env, roleName: "mirror", trust: { service: "lambda.amazonaws.com" }, tags: {} }),
  );
  const inline = resource(synthesize(stack), "aws_iam_role_policy", "write-Audit-Records_");
  expect(statements(inline.policy).map((s) => s.Resource)).toEqual(["arn:aws:s3:::acme-audit/mirror/*"]);
  const { policy } = resource(synthesize(stack), "aws_s3_bucket_policy");
  expect(statement(policy, "DenyOtherWriters").Condition).toEqual({
    Bool: { "aws:PrincipalIsAWSService": "false" },
    ArnNotEquals: { "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/mirror"] },
  });
});

test("the log group survives Terraform and is encrypted with its own key", () => {
  expect(resource(synthesize(trail().stack), "aws_cloudwatch_log_group")).toMatchObject({
    retention_in_days: 3653,
    skip_destroy: true,
    kms_key_id: expect.stringContaining("aws_kms_key.Trail_LogKey"),
  });
});
