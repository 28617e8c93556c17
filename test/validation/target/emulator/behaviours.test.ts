// SPDX-License-Identifier: Apache-2.0
import { gunzipSync } from "node:zlib";
import {
  CloudTrailClient,
  CreateTrailCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
  PutMetricFilterCommand,
  TestMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  DeleteBucketInventoryConfigurationCommand,
  GetBucketInventoryConfigurationCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketInventoryConfigurationsCommand,
  ListObjectsV2Command,
  PutBucketInventoryConfigurationCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  type Credentials,
  clientConfig,
  createAdministrator,
  type Emulator,
  startEmulator,
} from "../../../../validation/target/emulator";
import { ACCOUNT, emulatorOptions, REGION } from "./running";
import { signedQuery } from "./signed-query";

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let administrator: Credentials;
let s3: S3Client;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  administrator = await createAdministrator(emulator);
  s3 = new S3Client(clientConfig(emulator, administrator));
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  options.remove();
});

async function bucket(Bucket: string): Promise<string> {
  const CreateBucketConfiguration = { LocationConstraint: REGION } as const;
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  return Bucket;
}

async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}

describe("bucket configurations", () => {
  const inventory = {
    Id: "daily",
    IsEnabled: true,
    IncludedObjectVersions: "All" as const,
    Schedule: { Frequency: "Daily" as const },
    Destination: { S3BucketDestination: { Bucket: "arn:aws:s3:::inventory", Format: "Parquet" as const } },
    OptionalFields: ["ObjectLockMode" as const],
  };

  test("an inventory is stored, listed and deleted, and the bucket stays", async () => {
    const Bucket = await bucket("inventory-source");
    const one = { Bucket, Id: "daily" };
    await s3.send(new PutBucketInventoryConfigurationCommand({ ...one, InventoryConfiguration: inventory }));
    const got = await s3.send(new GetBucketInventoryConfigurationCommand(one));
    expect(got.InventoryConfiguration).toEqual(inventory);
    const listed = await s3.send(new ListBucketInventoryConfigurationsCommand({ Bucket }));
    expect(listed.InventoryConfigurationList).toEqual([inventory]);
    await s3.send(new DeleteBucketInventoryConfigurationCommand(one));
    const gone = s3.send(new GetBucketInventoryConfigurationCommand(one));
    await expect(gone).rejects.toMatchObject({ name: "NoSuchConfiguration" });
    await s3.send(new HeadBucketCommand({ Bucket }));
  });

  test("the policy status says whether a policy is public, and no policy is no status", async () => {
    const Bucket = await bucket("policy-status");
    const status = () => s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
    await expect(status()).rejects.toMatchObject({ name: "NoSuchBucketPolicy" });
    const Principal = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
    const Statement = [{ Effect: "Allow", Principal, Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` }];
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
    expect((await status()).PolicyStatus?.IsPublic).toBe(false);
  });

  test("a read of an unknown sub-resource is refused, not answered with a listing", async () => {
    await bucket("unknown-read");
    const answer = await signedQuery(emulator, administrator, "s3", "GET", "/unknown-read", { abac: "" });
    expect(answer).toMatchObject({ status: 501 });
  });

  test("an unknown sub-resource is refused and creates no bucket", async () => {
    const answer = await signedQuery(emulator, administrator, "s3", "PUT", "/never-made", { abac: "" });
    expect(answer).toMatchObject({ status: 501 });
    await expect(s3.send(new HeadBucketCommand({ Bucket: "never-made" }))).rejects.toMatchObject({ name: "NotFound" });
  });
});

test("SSE-KMS without a key id takes the account's aws/s3 key, which AWS manages", async () => {
  const Bucket = await bucket("managed-key");
  const put = new PutObjectCommand({ Bucket, Key: "k", Body: "x", ServerSideEncryption: "aws:kms" });
  const { SSEKMSKeyId } = await s3.send(put);
  const kms = new KMSClient(clientConfig(emulator, administrator));
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: "alias/aws/s3" }));
  expect(KeyMetadata).toMatchObject({ Arn: SSEKMSKeyId, KeyManager: "AWS" });
});

describe("a policy that names a role which does not exist", () => {
  const absent = { AWS: `arn:aws:iam::${ACCOUNT}:role/never-made` };
  const document = (Principal: object, Action: string, Resource?: string) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action, Resource }] });
  const present = { AWS: `arn:aws:iam::${ACCOUNT}:role/part11-administrator` };

  test("is refused on a bucket", async () => {
    const Bucket = await bucket("principals");
    const put = (Principal: object) =>
      s3.send(
        new PutBucketPolicyCommand({ Bucket, Policy: document(Principal, "s3:GetObject", `arn:aws:s3:::${Bucket}/*`) }),
      );
    await expect(put(absent)).rejects.toMatchObject({ name: "MalformedPolicy" });
    await put(present);
  });

  test("is refused on a key", async () => {
    const kms = new KMSClient(clientConfig(emulator, administrator));
    const create = (Principal: object) => kms.send(new CreateKeyCommand({ Policy: document(Principal, "kms:*", "*") }));
    await expect(create(absent)).rejects.toMatchObject({ name: "MalformedPolicyDocumentException" });
    await create(present);
  });

  test("is refused as a trust policy", async () => {
    const iam = new IAMClient(clientConfig(emulator, administrator));
    const create = (RoleName: string, Principal: object) =>
      iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(Principal, "sts:AssumeRole") }));
    await expect(create("trusts-nobody", absent)).rejects.toMatchObject({ name: "MalformedPolicyDocumentException" });
    await create("trusts-somebody", present);
  });
});

describe("CloudWatch in the query protocol, as Terraform speaks it", () => {
  const query = (parameters: Record<string, string>) =>
    signedQuery(emulator, administrator, "monitoring", "POST", "/", {}, { Version: "2010-08-01", ...parameters });

  test("an alarm comes back with actions, period, statistic and dimensions", async () => {
    await query({
      Action: "PutMetricAlarm",
      AlarmName: "plain",
      Namespace: "N",
      MetricName: "M",
      Statistic: "Sum",
      Period: "300",
      EvaluationPeriods: "2",
      Threshold: "3",
      ComparisonOperator: "GreaterThanThreshold",
      "Dimensions.member.1.Name": "Server",
      "Dimensions.member.1.Value": "s-1",
      "AlarmActions.member.1": `arn:aws:sns:${REGION}:${ACCOUNT}:t`,
    });
    const { body } = await query({ Action: "DescribeAlarms", "AlarmNames.member.1": "plain" });
    for (const part of ["<ActionsEnabled>true<", "<Period>300<", "<Statistic>Sum<", "<Value>s-1<", ":t</member>"])
      expect(body).toContain(part);
  });

  test("an anomaly alarm keeps its metric math and has neither period nor statistic", async () => {
    await query({
      Action: "PutMetricAlarm",
      AlarmName: "band",
      EvaluationPeriods: "2",
      ComparisonOperator: "LessThanLowerOrGreaterThanUpperThreshold",
      ThresholdMetricId: "e1",
      "Metrics.member.1.Id": "e1",
      "Metrics.member.1.Expression": "ANOMALY_DETECTION_BAND(m1, 2)",
      "Metrics.member.2.Id": "m1",
      "Metrics.member.2.MetricStat.Metric.Namespace": "N",
      "Metrics.member.2.MetricStat.Metric.MetricName": "M",
      "Metrics.member.2.MetricStat.Period": "300",
      "Metrics.member.2.MetricStat.Stat": "Sum",
    });
    const { body } = await query({ Action: "DescribeAlarms", "AlarmNames.member.1": "band" });
    expect(body).toContain("<Expression>ANOMALY_DETECTION_BAND(m1, 2)</Expression>");
    expect(body).toContain("<ThresholdMetricId>e1</ThresholdMetricId>");
    expect(body).not.toContain("<Statistic>");
    expect(body).not.toContain("<Threshold>");
  });
});

describe("JSON filter patterns", () => {
  const event = JSON.stringify({
    user: "a.b",
    code: 403,
    ok: false,
    none: null,
    list: [{ k: "v" }],
    "a-b": { c: "deep" },
  });
  const matches = async (filterPattern: string) => {
    const logs = new CloudWatchLogsClient(clientConfig(emulator, administrator));
    const test = new TestMetricFilterCommand({ filterPattern, logEventMessages: [event, "no json"] });
    return (await logs.send(test)).matches?.length;
  };

  test.each([
    ['{ $.user = "a.b" }', 1],
    ['{ $.user = "a*" }', 1],
    ['{ $.user = "a" }', 0],
    ['{ $.user != "a" }', 1],
    ['{ $.absent != "a" }', 0],
    ["{ $.code = 403 }", 1],
    ["{ $.code >= 400 && $.code < 404 }", 1],
    ["{ $.code > 403 }", 0],
    ["{ $.ok IS FALSE }", 1],
    ["{ $.ok IS TRUE }", 0],
    ["{ $.none IS NULL }", 1],
    ["{ $.absent NOT EXISTS }", 1],
    ["{ $.user NOT EXISTS }", 0],
    ['{ $.list[0].k = "v" }', 1],
    ['{ $.a-b.c = "deep" }', 1],
    ['{ ($.user = "x" || $.code = 403) && $.ok IS FALSE }', 1],
    ['{ $.user = "x" || ($.code = 403 && $.ok IS TRUE) }', 0],
    ["{ $.user = %^a\\.b$% }", 1],
  ])("%s matches %d of one event", async (pattern, count) => {
    expect(await matches(pattern)).toBe(count);
  });

  test.each(["{ $.user }", "{ user = 1 }", '{ $.user = "x" ', '{ $.user > "x" }', "{ $.user == 1 }"])(
    "%s is refused",
    async (pattern) => {
      await expect(matches(pattern)).rejects.toMatchObject({ name: "InvalidParameterException" });
    },
  );

  test("a metric filter with a pattern that cannot be read is refused", async () => {
    const logs = new CloudWatchLogsClient(clientConfig(emulator, administrator));
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/filters" }));
    const put = new PutMetricFilterCommand({
      logGroupName: "/filters",
      filterName: "f",
      filterPattern: "{ broken",
      metricTransformations: [{ metricName: "m", metricNamespace: "n", metricValue: "1" }],
    });
    await expect(logs.send(put)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});

test("a log group under a key that does not admit CloudWatch Logs is refused", async () => {
  const kms = new KMSClient(clientConfig(emulator, administrator));
  const logs = new CloudWatchLogsClient(clientConfig(emulator, administrator));
  const statement = (principal: object) => ({ Effect: "Allow", Principal: principal, Action: "kms:*", Resource: "*" });
  const key = async (...principals: object[]) => {
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: principals.map(statement) });
    return (await kms.send(new CreateKeyCommand({ Policy }))).KeyMetadata?.Arn;
  };
  const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const create = (logGroupName: string, kmsKeyId?: string) =>
    logs.send(new CreateLogGroupCommand({ logGroupName, kmsKeyId }));
  await expect(create("/closed", await key(root))).rejects.toMatchObject({ name: "InvalidParameterException" });
  await create("/open", await key(root, { Service: `logs.${REGION}.amazonaws.com` }));
});

describe("a trail", () => {
  const Name = "behaviour";
  const arn = `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/${Name}`;
  const group = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/trail:*`;
  let cloudtrail: CloudTrailClient;

  beforeAll(async () => {
    cloudtrail = new CloudTrailClient(clientConfig(emulator, administrator));
    const iam = new IAMClient(clientConfig(emulator, administrator));
    const service = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" } };
    const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
    const Bucket = await bucket("behaviour-audit");
    const Policy = document(
      { ...service, Action: "s3:GetBucketAcl", Resource: `arn:aws:s3:::${Bucket}` },
      { ...service, Action: "s3:PutObject", Resource: `arn:aws:s3:::${Bucket}/AWSLogs/${ACCOUNT}/*` },
    );
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    const trust = document({ ...service, Action: "sts:AssumeRole" });
    const RoleName = "trail-to-logs";
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    const rights = document({ Effect: "Allow", Action: "logs:*", Resource: "*" });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "logs", PolicyDocument: rights }));
    const logs = new CloudWatchLogsClient(clientConfig(emulator, administrator));
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/trail" }));
    await cloudtrail.send(
      new CreateTrailCommand({
        Name,
        S3BucketName: Bucket,
        CloudWatchLogsLogGroupArn: group,
        CloudWatchLogsRoleArn: Role?.Arn,
        TagsList: [{ Key: "GxP", Value: "true" }],
      }),
    );
    await cloudtrail.send(new StartLoggingCommand({ Name }));
    await cloudtrail.send(new StopLoggingCommand({ Name }));
    await iam.send(new CreateRoleCommand({ RoleName: "after-stop", AssumeRolePolicyDocument: trust }));
  });

  async function delivered(): Promise<string[]> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "behaviour-audit" }));
    const names = Contents.map(async ({ Key }) => {
      const file = await s3.send(new GetObjectCommand({ Bucket: "behaviour-audit", Key }));
      const { Records } = JSON.parse(gunzipSync(await file.Body!.transformToByteArray()).toString()) as {
        Records: { eventName: string }[];
      };
      return Records.map((record) => record.eventName);
    });
    return (await Promise.all(names)).flat();
  }

  test("keeps its log group and its tags", async () => {
    const { Trail } = await cloudtrail.send(new GetTrailCommand({ Name }));
    expect(Trail?.CloudWatchLogsLogGroupArn).toBe(group);
    const { ResourceTagList } = await cloudtrail.send(new ListTagsCommand({ ResourceIdList: [arn] }));
    expect(ResourceTagList?.[0]?.TagsList).toEqual([{ Key: "GxP", Value: "true" }]);
  });

  test("delivers the call that stops it and nothing after", async () => {
    await eventually(async () => (await delivered()).includes("StopLogging") || undefined);
    // a call recorded after the stop would be in this delivery or in the next one
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const names = await delivered();
    expect(names).toContain("StopLogging");
    expect(names).not.toContain("CreateRole");
    const status = await cloudtrail.send(new GetTrailStatusCommand({ Name }));
    expect(status.IsLogging).toBe(false);
    expect(status.LatestDeliveryTime).toBeInstanceOf(Date);
    expect(status.LatestDeliveryError).toBeUndefined();
  });

  test("writes its events to the log group", async () => {
    const logs = new CloudWatchLogsClient(clientConfig(emulator, administrator));
    const filter = { logGroupName: "/trail", filterPattern: '{ $.eventName = "StopLogging" }' };
    const found = await eventually(async () => (await logs.send(new FilterLogEventsCommand(filter))).events?.[0]);
    expect(JSON.parse(found!.message!).userIdentity.sessionContext.sessionIssuer.userName).toBe("part11-administrator");
  });
});
