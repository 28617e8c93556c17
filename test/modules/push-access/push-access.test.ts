// SPDX-License-Identifier: Apache-2.0

import { PushAccess, type PushAccessProps, RecordBucket, type Sender, type SenderTrust } from "../../../modules";
import { placeOf } from "../../../modules/ingest/arrivals/key";
import { codeOf, env, resource, type Statement, statement, statements, synthesize, testStack } from "../synth";
import { addPush, appRole, dataSync, mft, senders } from "./push-stack";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000";
const prefix = "clinical/inbound/raw/sender/st-101/";
const inboxArn = "arn:aws:s3:::acme-clin-inbox-111122223333";

function pushed(sender: Sender, overrides: Partial<PushAccessProps> = {}) {
  const { stack } = testStack();
  const bucket = (id: string) =>
    RecordBucket.fromAttributes(stack, id, { env, bucketName: `acme-clin-${id}-111122223333`, keyArn });
  const buckets = { inbox: bucket("inbox"), raw: bucket("raw") };
  const push = addPush(stack, buckets, "sender", sender, overrides);
  return { push, document: synthesize(stack) };
}

/** Every statement of the role's own policies. */
function rights(sender: Sender, overrides: Partial<PushAccessProps> = {}): Statement[] {
  const { document } = pushed(sender, overrides);
  return Object.values(document.resource.aws_iam_role_policy!).flatMap(({ policy }) => statements(policy));
}

const allowed = (said: readonly Statement[]) =>
  said.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action);
const trustOf = (sender: Sender) =>
  statement(resource(pushed(sender).document, "aws_iam_role").assume_role_policy, "Trust");
const trusting = (trust: SenderTrust): Sender => ({ kind: "application", trust });

describe.each(["edc", "batch", "mft"])("the role of sender %s", (name) => {
  test("uploads and nothing else", () => {
    expect(allowed(rights(senders[name]!)).sort()).toEqual([
      "kms:Decrypt",
      "kms:GenerateDataKey",
      "s3:AbortMultipartUpload",
      "s3:PutObject",
    ]);
  });

  test("writes below its own prefix only", () => {
    expect(rights(senders[name]!).find(({ Sid }) => Sid === "Write")!.Resource).toBe(`${inboxArn}/${prefix}*`);
  });

  test("uses the bucket's key through S3 only", () => {
    expect(rights(senders[name]!).find(({ Sid }) => Sid === "KeyThroughS3")).toMatchObject({
      Resource: keyArn,
      Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
    });
  });
});

test("DataSync lists its prefix and reads its own copies back, and neither tags nor deletes", () => {
  const said = rights(dataSync);
  expect(allowed(said).filter((action) => /Delete|Tag|\*/.test(action))).toEqual([]);
  const reads = said.filter(({ Action }) => [Action].flat().some((action) => /s3:(Get|List)Object|Part/.test(action)));
  expect(reads.map(({ Resource }) => Resource)).toEqual([`${inboxArn}/${prefix}*`]);
});

test("the role of DataSync is taken by the service, for this account alone", () => {
  expect(trustOf(dataSync)).toMatchObject({
    Principal: { Service: "datasync.amazonaws.com" },
    Condition: {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:datasync:eu-central-1:111122223333:*" },
    },
  });
});

test("a DataSync task verifies, never deletes and logs each file", () => {
  const task = resource(pushed(dataSync).document, "aws_datasync_task");
  expect(task).toMatchObject({
    cloudwatch_log_group_arn:
      "arn:aws:logs:eu-central-1:111122223333:log-group:/part11/acme-clin/push/acme-clin-push-sender",
    schedule: { schedule_expression: "rate(1 hour)" },
    options: { verify_mode: "ONLY_FILES_TRANSFERRED", preserve_deleted_files: "PRESERVE", log_level: "TRANSFER" },
  });
});

test("a DataSync task compares everything where that is asked for", () => {
  const { document } = pushed({ ...dataSync, verify: "POINT_IN_TIME_CONSISTENT" });
  expect(resource(document, "aws_datasync_task").options).toMatchObject({ verify_mode: "POINT_IN_TIME_CONSISTENT" });
});

test("DataSync tries the bucket only after the role may write", () => {
  const { depends_on } = resource(pushed(dataSync).document, "aws_datasync_location_s3");
  expect((depends_on as string[]).filter((one) => one.startsWith("aws_iam_role_policy."))).toHaveLength(3);
});

test.each(["edc", "batch"])("SHA-256 is required of sender %s", (name) => {
  const said = rights(senders[name]!);
  expect(said.find(({ Sid }) => Sid === "DenyUnsignedBytes")!.Condition).toEqual({
    StringEquals: { "s3:x-amz-content-sha256": ["UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"] },
  });
  expect(said.find(({ Sid }) => Sid === "DenyPresigned")!.Condition).toEqual({
    StringNotEquals: { "s3:authType": "REST-HEADER" },
  });
});

test("SHA-256 is required of a file transfer server only where it sends it", () => {
  const sids = (sender: Sender) => rights(sender).map(({ Sid }) => Sid);
  expect(sids(mft)).not.toContain("DenyUnsignedBytes");
  expect(sids({ ...mft, sendsSha256: true } as Sender)).toContain("DenyUnsignedBytes");
});

test.each([
  [{ cidrs: ["192.0.2.16/28"] }, { NotIpAddress: { "aws:SourceIp": ["192.0.2.16/28"] } }],
  [
    { vpcEndpointIds: ["vpce-0123456789abcdef0"] },
    { StringNotEquals: { "aws:SourceVpce": ["vpce-0123456789abcdef0"] } },
  ],
])("from anywhere but %j everything is refused", (network, Condition) => {
  const denial = rights({ ...mft, network } as Sender).find(({ Sid }) => Sid === "DenyOtherNetworks");
  expect(denial).toMatchObject({ Effect: "Deny", Action: "s3:*", Resource: "*", Condition });
});

test("a token is taken of one workload of one provider", () => {
  expect(trustOf(senders.batch!)).toMatchObject({
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": "repo:example/exports:ref:refs/heads/main",
      },
    },
  });
});

test("a certificate is taken of one authority and one common name", () => {
  expect(trustOf(mft)).toMatchObject({
    Principal: { Service: "rolesanywhere.amazonaws.com" },
    Condition: {
      ArnEquals: { "aws:SourceArn": expect.stringContaining(":trust-anchor/") },
      StringEquals: { "aws:PrincipalTag/x509Subject/CN": "mft01.example.org" },
    },
  });
});

test("a sender of SHA-256 may land in raw, and then not in the inbox", () => {
  const write = rights(senders.edc!, { landing: "raw" }).find(({ Sid }) => Sid === "Write")!;
  expect(write.Resource).toBe(`arn:aws:s3:::acme-clin-raw-111122223333/${prefix}*`);
});

test("ingest knows vendor and study of what is sent", () => {
  const { push } = pushed(senders.edc!);
  expect(placeOf(`${push.prefix}a.csv`)).toEqual({ lane: "record", vendor: "sender", study: "st-101", name: "a.csv" });
});

test("no kind brings a user or an access key", () => {
  for (const sender of Object.values(senders)) {
    const types = Object.keys(pushed(sender).document.resource);
    expect(types.filter((type) => /iam_user|access_key/.test(type))).toEqual([]);
  }
});

test.each(Object.entries(senders))(
  "the instructions of %s are an output that names bucket, prefix and role",
  (_, sender) => {
    const { push, document } = pushed(sender);
    expect(push).toBeInstanceOf(PushAccess);
    const [output] = Object.values(document.output!);
    for (const text of ["acme-clin-inbox-111122223333", prefix, "role/acme-clin-push-sender"])
      expect(output!.value).toContain(text);
  },
);

test.each<[string, Sender, Partial<PushAccessProps>, string]>([
  [
    "the networks of a file transfer server",
    mft,
    {},
    "From:    192.0.2.16/28; from anywhere else everything is refused",
  ],
  ["how the CLI signs payloads", senders.batch!, {}, "aws configure set s3.payload_signing_enabled true"],
  [
    "the day in keys of raw",
    senders.edc!,
    { landing: "raw" },
    `${prefix}<today in UTC, YYYY-MM-DD>/<name of the file>`,
  ],
  [
    "when DataSync runs and what it compares",
    dataSync,
    {},
    "rate(1 hour), verified afterwards (ONLY_FILES_TRANSFERRED)",
  ],
])("the instructions say %s", (_, sender, overrides, text) => {
  expect(pushed(sender, overrides).push.instructions).toContain(text);
});

test("a refused key of a user is told the ways out", () => {
  const user = trusting({ roleArns: ["arn:aws:iam::111122223333:user/edc"] });
  expect(() => pushed(user)).toThrow(/OpenID Connect provider, or a certificate by IAM Roles Anywhere/);
});

const anchor = "arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/0a1b";
const provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";

test.each<[string, string, Sender, Partial<PushAccessProps>]>([
  ["a user", "LONG_LIVED_KEY", trusting({ roleArns: ["arn:aws:iam::111122223333:user/edc"] }), {}],
  ["an access key", "LONG_LIVED_KEY", trusting({ roleArns: ["AKIAIOSFODNN7EXAMPLE"] }), {}],
  ["an account", "IDENTITY_REFUSED", trusting({ roleArns: ["arn:aws:iam::111122223333:root"] }), {}],
  ["everybody", "IDENTITY_REFUSED", trusting({ roleArns: ["*"] }), {}],
  ["no role", "IDENTITY_REFUSED", trusting({ roleArns: [] }), {}],
  ["roles by wildcard", "IDENTITY_REFUSED", trusting({ roleArns: ["arn:aws:iam::111122223333:role/edc-*"] }), {}],
  [
    "a whole organisation",
    "IDENTITY_REFUSED",
    trusting({ oidc: { providerArn: provider, audience: "sts.amazonaws.com", subject: "repo:example/*" } }),
    {},
  ],
  [
    "a provider that is none",
    "IDENTITY_REFUSED",
    trusting({ oidc: { providerArn: appRole, audience: "a", subject: "b" } }),
    {},
  ],
  ["any certificate", "IDENTITY_REFUSED", trusting({ rolesAnywhere: { trustAnchorArn: anchor, commonName: "*" } }), {}],
  ["the whole internet", "NETWORK_INVALID", { ...mft, network: { cidrs: ["0.0.0.0/0"] } } as Sender, {}],
  ["no network", "NETWORK_INVALID", { ...mft, network: {} } as Sender, {}],
  ["an endpoint that is none", "NETWORK_INVALID", { ...mft, network: { vpcEndpointIds: ["vpce-*"] } } as Sender, {}],
  ["DataSync into raw", "PUSH_INVALID", dataSync, { landing: "raw" }],
  ["a server that sends no hash into raw", "PUSH_INVALID", mft, { landing: "raw" }],
  ["raw that is not there", "PUSH_INVALID", trusting({ roleArns: [appRole] }), { landing: "raw", raw: undefined }],
  ["a schedule that is none", "PUSH_INVALID", { ...dataSync, schedule: "hourly" }, {}],
  ["a location that is none", "PUSH_INVALID", { ...dataSync, source: { locationArn: "arn:aws:s3:::x" } }, {}],
  ["no agent", "PUSH_INVALID", { ...dataSync, source: { nfs: { hostname: "nas", path: "/", agentArns: [] } } }, {}],
  ["a prefix that reaches further", "PUSH_INVALID", trusting({ roleArns: [appRole] }), { vendor: "acme*" }],
  ["a vendor that ingest does not know", "PUSH_INVALID", trusting({ roleArns: [appRole] }), { vendor: "ab" }],
  ["the study of tests", "PUSH_INVALID", trusting({ roleArns: [appRole] }), { study: "test" }],
])("fails for %s with %s", (_, code, sender, overrides) => {
  expect(codeOf(() => pushed(sender, overrides))).toBe(code);
});
