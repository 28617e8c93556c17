// SPDX-License-Identifier: Apache-2.0
import { RecordBucket, type RecordBucketProps, Retention, RuntimeRole } from "../../modules";
import { codeOf, deployer, env, identity, resource, statement, statements, synthesize, testStack } from "./synth";

const props: RecordBucketProps = {
  env,
  identity: identity(),
  bucketName: "acme-raw-111122223333",
  retention: Retention.compliance({ years: 7 }),
  administratorArns: [deployer],
};

function bucketIn(overrides: Partial<RecordBucketProps> = {}) {
  const { stack } = testStack();
  const bucket = new RecordBucket(stack, "Raw", { ...props, ...overrides });
  return { stack, bucket };
}

const synth = (overrides: Partial<RecordBucketProps> = {}) => synthesize(bucketIn(overrides).stack);
const policy = (overrides: Partial<RecordBucketProps> = {}) =>
  resource(synth(overrides), "aws_s3_bucket_policy").policy;

test("has Object Lock from birth with COMPLIANCE default retention", () => {
  expect(resource(synth(), "aws_s3_bucket").object_lock_enabled).toBe(true);
  expect(resource(synth(), "aws_s3_bucket_object_lock_configuration").rule).toEqual({
    default_retention: { mode: "COMPLIANCE", years: 7 },
  });
});

test("has no lock configuration in development without a lock", () => {
  const document = synth({ identity: identity("development"), retention: Retention.none() });
  expect(document.resource.aws_s3_bucket_object_lock_configuration).toBeUndefined();
  expect(resource(document, "aws_s3_bucket").object_lock_enabled).toBe(false);
});

test("is versioned", () => {
  expect(resource(synth(), "aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Enabled" });
});

test("is encrypted with its own key and a bucket key", () => {
  const [rule] = resource(synth(), "aws_s3_bucket_server_side_encryption_configuration").rule as Array<
    Record<string, unknown>
  >;
  expect(rule).toMatchObject({
    bucket_key_enabled: true,
    apply_server_side_encryption_by_default: {
      sse_algorithm: "aws:kms",
      kms_master_key_id: expect.stringContaining("aws_kms_key.Raw_Key"),
    },
  });
});

test("blocks public access four ways and has no ACLs", () => {
  const document = synth();
  expect(resource(document, "aws_s3_bucket_public_access_block")).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(resource(document, "aws_s3_bucket_ownership_controls").rule).toEqual({
    object_ownership: "BucketOwnerEnforced",
  });
});

test("its policy is literal, so that it is known at plan time", () => {
  expect(policy()).not.toContain("${");
});

test("refuses plain HTTP and TLS below 1.2 on bucket and objects", () => {
  const both = ["arn:aws:s3:::acme-raw-111122223333", "arn:aws:s3:::acme-raw-111122223333/*"];
  expect(statement(policy(), "DenyPlainHttp")).toMatchObject({ Effect: "Deny", Resource: both });
  expect(statement(policy(), "DenyPlainHttp").Condition).toEqual({ Bool: { "aws:SecureTransport": "false" } });
  expect(statement(policy(), "DenyOldTls").Condition).toEqual({ NumericLessThan: { "s3:TlsVersion": "1.2" } });
});

test("refuses a PUT that names a key, whoever asks", () => {
  expect(statement(policy(), "DenyNamedKey").Condition).toEqual({
    Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" },
  });
});

test("refuses other encryption only where a request asks for it", () => {
  expect(statement(policy(), "DenyOtherEncryption").Condition).toEqual({
    StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
    Null: { "s3:x-amz-server-side-encryption": "false" },
  });
});

test("refuses version deletes and retentions shorter than its own", () => {
  expect(statement(policy(), "DenyVersionDelete")).toMatchObject({ Effect: "Deny", Principal: "*" });
  expect(statement(policy(), "DenyShortRetention").Condition).toEqual({
    NumericLessThan: { "s3:object-lock-remaining-retention-days": "2557" },
  });
});

test("lets only administrators change lock, versioning, lifecycle, replication or the policy", () => {
  expect(statement(policy(), "DenyWeakening").Condition).toEqual({
    ArnNotEquals: { "aws:PrincipalArn": [deployer] },
  });
});

test("never expires a version, and aborts incomplete uploads", () => {
  const rules = resource(synth(), "aws_s3_bucket_lifecycle_configuration").rule as Array<Record<string, unknown>>;
  expect(rules.flatMap((rule) => Object.keys(rule))).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/expiration/)]),
  );
  expect(rules[0]).toMatchObject({ abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] });
});

test.each([
  ["production", Retention.compliance({ years: 7 }), true],
  ["qualification", Retention.compliance({ days: 1 }), false],
] as const)("in %s, prevent_destroy is %#", (environment, retention, prevented) => {
  const document = synth({ identity: identity(environment), retention });
  expect(resource(document, "aws_s3_bucket").lifecycle).toEqual({ prevent_destroy: prevented });
  expect(resource(document, "aws_kms_key").lifecycle).toEqual({ prevent_destroy: prevented });
});

test("says by tags what it holds", () => {
  expect(resource(synth(), "aws_s3_bucket").tags).toMatchObject({
    BucketRole: "record",
    RecordClass: "clinical",
    Environment: "production",
    Retention: "COMPLIANCE 7 years",
  });
});

describe("grantWrite", () => {
  function granted() {
    const { stack, bucket } = bucketIn();
    const role = new RuntimeRole(stack, "Writer", {
      env,
      roleName: "writer",
      trust: { principalArns: ["arn:aws:iam::111122223333:role/app"] },
      tags: {},
    });
    bucket.grantWrite(role, "clinical/inbound/raw/acme/");
    return { stack, bucket, role };
  }

  test("gives PutObject and AbortMultipartUpload on the prefix and nothing else", () => {
    const inline = resource(synthesize(granted().stack), "aws_iam_role_policy", "write-Raw_");
    expect(statements(inline.policy)).toEqual([
      {
        Sid: "Write",
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
        Resource: "arn:aws:s3:::acme-raw-111122223333/clinical/inbound/raw/acme/*",
      },
    ]);
  });

  test("gives use of that bucket's key through S3 only", () => {
    const inline = resource(synthesize(granted().stack), "aws_iam_role_policy", "-key_");
    expect(statements(inline.policy)).toMatchObject([
      {
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Resource: expect.stringContaining("aws_kms_key.Raw_Key"),
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
      },
    ]);
  });

  test("a second prefix joins the first in one policy, with one use of the key", () => {
    const { stack, bucket, role } = granted();
    bucket.grantWrite(role, "clinical/inbound/raw/beta/");
    const policies = Object.values(synthesize(stack).resource.aws_iam_role_policy!);
    expect(policies.map(({ name }) => name).sort()).toEqual(["write-Raw", "write-Raw-key"]);
    expect(statements(policies.find(({ name }) => name === "write-Raw")!.policy)).toEqual([
      {
        Sid: "Write",
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
        Resource: [
          "arn:aws:s3:::acme-raw-111122223333/clinical/inbound/raw/acme/*",
          "arn:aws:s3:::acme-raw-111122223333/clinical/inbound/raw/beta/*",
        ],
      },
    ]);
  });

  test("the same prefix twice is granted once", () => {
    const { stack, bucket, role } = granted();
    const before = synthesize(stack);
    bucket.grantWrite(role, "clinical/inbound/raw/acme/");
    expect(synthesize(stack)).toEqual(before);
  });

  test("what one role may write is not what another may", () => {
    const { stack, bucket } = granted();
    const trust = { principalArns: ["arn:aws:iam::111122223333:role/app"] };
    bucket.grantWrite(new RuntimeRole(stack, "Other", { env, roleName: "other", trust, tags: {} }), "beta/");
    const policies = synthesize(stack).resource.aws_iam_role_policy!;
    const writes = Object.values(policies).filter(({ name }) => name === "write-Raw");
    expect(writes.map(({ policy }) => statements(policy)[0]!.Resource).sort()).toEqual([
      "arn:aws:s3:::acme-raw-111122223333/beta/*",
      "arn:aws:s3:::acme-raw-111122223333/clinical/inbound/raw/acme/*",
    ]);
  });

  test.each(["", "/", "acme", "acme*", "../acme/", "Acme/"])("fails on the prefix %j", (prefix) => {
    const { bucket, role } = granted();
    expect(codeOf(() => bucket.grantWrite(role, prefix))).toBe("PREFIX_INVALID");
  });
});

test("a bucket of another stack can be granted on and is not made again", () => {
  const { stack } = testStack();
  const role = new RuntimeRole(stack, "Reader", {
    env,
    roleName: "reader",
    trust: { principalArns: ["arn:aws:iam::111122223333:role/qa"] },
    tags: {},
  });
  const bucket = RecordBucket.fromAttributes(stack, "Elsewhere", {
    env,
    bucketName: "other",
    keyArn: "arn:aws:kms:eu-central-1:111122223333:key/0",
  });
  bucket.grantInspect(role);
  const document = synthesize(stack);
  expect(document.resource.aws_s3_bucket).toBeUndefined();
  expect(Object.keys(document.resource.aws_iam_role_policy!)).toHaveLength(2);
});

test("an adopted bucket is imported by its name", () => {
  const { stack, bucket } = bucketIn();
  bucket.adopt();
  expect(JSON.stringify(synthesize(stack))).toContain('"import":[{"id":"acme-raw-111122223333"');
});

test.each([
  ["RETENTION_TOO_SHORT", { retention: Retention.compliance({ years: 6 }) }],
  ["RETENTION_MODE", { retention: Retention.governance({ years: 7 }) }],
  ["NAME_INVALID", { bucketName: "Acme_Raw" }],
  ["ADMINISTRATOR_MISSING", { administratorArns: [] }],
  ["ACCOUNT_INVALID", { env: { ...env, accountId: "1111" } }],
  ["REGION_INVALID", { env: { ...env, region: "europe" } }],
] as const)("fails with %s", (code, overrides) => {
  expect(codeOf(() => bucketIn(overrides))).toBe(code);
});
