// SPDX-License-Identifier: Apache-2.0
import {
  AccessLogBucket,
  AuditBucket,
  AuditSearch,
  AuditTrail,
  Monitoring,
  RecordBucket,
  ResultsBucket,
  Retention,
} from "../../modules";
import { deployer, env, identity, resource, type SynthDocument, synthesize, testStack } from "./synth";

const common = { env, identity: identity(), administratorArns: [deployer] };
const locked = { ...common, retention: Retention.compliance({ years: 7 }) };
const subscribers = [{ protocol: "email", endpoint: "on-call@example.org" }] as const;

const types = (document: SynthDocument) => Object.keys(document.resource);

test("a record bucket needs no other bucket", () => {
  const { stack } = testStack();
  new RecordBucket(stack, "Raw", { ...locked, bucketName: "acme-raw" });
  const document = synthesize(stack);
  expect(Object.keys(document.resource.aws_s3_bucket!)).toHaveLength(1);
  expect(types(document).filter((type) => /inventory|logging|iam/.test(type))).toEqual([]);
});

test("the audit search needs an audit bucket and a results bucket, no landing zone", () => {
  const { stack } = testStack();
  const logs = new AccessLogBucket(stack, "Logs", { env, identity: identity(), bucketName: "acme-logs" });
  new AuditSearch(stack, "Search", {
    env,
    identity: identity(),
    namePrefix: "acme",
    auditBucket: new AuditBucket(stack, "Audit", { ...locked, bucketName: "acme-audit", trailName: "acme-trail" }),
    results: new ResultsBucket(stack, "Results", {
      ...common,
      bucketName: "acme-results",
      accessLogBucket: logs.baseline,
    }),
    regions: ["eu-central-1"],
  });
  const queries = Object.values(synthesize(stack).resource.aws_athena_named_query!).map(({ name }) => name);
  expect(queries.sort()).toEqual(["acme-failed-accesses", "acme-object-history", "acme-study-changes"]);
});

test("query results are encrypted with their own key and expire after 30 days", () => {
  const { stack } = testStack();
  const logs = new AccessLogBucket(stack, "Logs", { env, identity: identity(), bucketName: "acme-logs" });
  new ResultsBucket(stack, "Results", { ...common, bucketName: "acme-results", accessLogBucket: logs.baseline });
  const document = synthesize(stack);
  const { rule } = resource(document, "aws_s3_bucket_server_side_encryption_configuration", "Results");
  expect(JSON.stringify(rule)).toContain("aws_kms_key.Results_Key");
  expect(resource(document, "aws_s3_bucket_lifecycle_configuration", "Results").rule).toMatchObject([
    { expiration: [{ days: 30 }] },
  ]);
});

test("monitoring watches a trail without buckets and replications", () => {
  const { stack } = testStack();
  const auditBucket = new AuditBucket(stack, "Audit", { ...locked, bucketName: "acme-audit", trailName: "acme-trail" });
  new Monitoring(stack, "Monitoring", {
    ...common,
    namePrefix: "acme",
    trail: new AuditTrail(stack, "Trail", {
      ...common,
      namePrefix: "acme",
      trailName: "acme-trail",
      auditBucket,
      recordedBucketArns: ["arn:aws:s3:::acme-raw"],
    }),
    recordBuckets: [],
    replications: [],
    highSubscribers: subscribers,
    lowSubscribers: subscribers,
  });
  expect(Object.keys(synthesize(stack).resource.aws_cloudwatch_metric_alarm!)).toHaveLength(6);
});
