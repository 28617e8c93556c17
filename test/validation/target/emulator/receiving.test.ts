// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import * as net from "node:net";
import {
  BackupClient,
  CreateBackupVaultCommand,
  DeleteBackupVaultLockConfigurationCommand,
  DescribeBackupVaultCommand,
  PutBackupVaultLockConfigurationCommand,
} from "@aws-sdk/client-backup";
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateTableCommand,
  DescribeContinuousBackupsCommand,
  DynamoDBClient,
  UpdateContinuousBackupsCommand,
} from "@aws-sdk/client-dynamodb";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateServiceLinkedRoleCommand, GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketNotificationConfigurationCommand,
} from "@aws-sdk/client-s3";
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  type Credentials,
  clientConfig,
  createAdministrator,
  type Emulator,
  startEmulator,
} from "../../../../validation/target/emulator";
import { message, queue } from "../../../../validation/target/emulator/preflight/queue";
import { SftpClient } from "../../../../validation/target/emulator/preflight/sftp-client";
import { signedCall } from "../../../../validation/target/emulator/preflight/signed-call";
import { allow, Stage } from "../../../../validation/target/emulator/preflight/stage";
import { answer, gateway, keyPair, uploadOnly } from "../../../../validation/target/emulator/preflight/transfer";
import { ACCOUNT, emulatorOptions, REGION } from "./running";
import { signedQuery } from "./signed-query";

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let administrator: Credentials;
let stage: Stage;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  administrator = await createAdministrator(emulator);
  stage = new Stage(emulator, administrator, "eu-central-1", 10);
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  options.remove();
});

const transfer = (operation: string, body: object) =>
  signedCall(stage, { service: "transfer", operation, target: `TransferService.${operation}`, body });

const ec2 = async (form: Record<string, string>): Promise<string> =>
  (await signedQuery(emulator, administrator, "ec2", "POST", "/", {}, { Version: "2016-11-15", ...form })).body;

const element = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];

describe("a Transfer server", () => {
  const kept = {
    EndpointType: "VPC",
    LoggingRole: `arn:aws:iam::${ACCOUNT}:role/logging`,
    PreAuthenticationLoginBanner: "authorised users only",
    ProtocolDetails: { SetStatOption: "ENABLE_NO_OP" },
    Protocols: ["SFTP"],
    SecurityPolicyName: "TransferSecurityPolicy-2025-03",
    StructuredLogDestinations: [`arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/transfer:*`],
  };
  const EndpointDetails = { VpcId: "vpc-1", SubnetIds: ["subnet-1", "subnet-2"], SecurityGroupIds: ["sg-1"] };
  const describe = async (ServerId: unknown) => (await transfer("DescribeServer", { ServerId })).Server;

  test("keeps what it was created with, and shows its security groups on its VPC endpoint", async () => {
    const { ServerId } = await transfer("CreateServer", { ...kept, EndpointDetails });
    const server = (await describe(ServerId)) as { EndpointDetails: { VpcEndpointId: string } };
    const { SecurityGroupIds, ...shown } = EndpointDetails;
    expect(server).toMatchObject({ ...kept, EndpointDetails: shown });
    expect(server.EndpointDetails).not.toHaveProperty("SecurityGroupIds");
    const { VpcEndpointId } = server.EndpointDetails;
    const endpoint = await ec2({ Action: "DescribeVpcEndpoints", "VpcEndpointId.1": VpcEndpointId });
    expect(element(endpoint, "groupId")).toBe(SecurityGroupIds[0]);
    const change = { "AddSecurityGroupId.1": "sg-2", "RemoveSecurityGroupId.1": "sg-1" };
    await ec2({ Action: "ModifyVpcEndpoint", VpcEndpointId, ...change });
    await transfer("UpdateServer", { ServerId, LoggingRole: kept.LoggingRole });
    const changed = await ec2({ Action: "DescribeVpcEndpoints", "VpcEndpointId.1": VpcEndpointId });
    expect(element(changed, "groupId")).toBe("sg-2");
    await transfer("DeleteServer", { ServerId });
  });

  test("changes its addresses only while it is offline", async () => {
    const { ServerId } = await transfer("CreateServer", { ...kept, EndpointDetails });
    const update = () =>
      transfer("UpdateServer", { ServerId, EndpointDetails: { AddressAllocationIds: ["eipalloc-1"] } });
    await expect(update()).rejects.toThrow(/ConflictException/);
    await transfer("StopServer", { ServerId });
    await update();
    const expected = { AddressAllocationIds: ["eipalloc-1"], VpcId: "vpc-1" };
    expect(await describe(ServerId)).toMatchObject({ EndpointDetails: expected });
    await transfer("DeleteServer", { ServerId });
  });
});

test("a service-managed user keeps its session policy, and the import date of its key is a number", async () => {
  const { ServerId } = await transfer("CreateServer", {});
  const user = { ServerId, UserName: "acme" };
  const Role = `arn:aws:iam::${ACCOUNT}:role/vendor`;
  await transfer("CreateUser", { ...user, Role, Policy: "{}", SshPublicKeyBody: keyPair().public });
  await transfer("UpdateUser", { ...user, Policy: '{"Version":"2012-10-17"}' });
  const { User } = await transfer("DescribeUser", user);
  const SshPublicKeys = [expect.objectContaining({ DateImported: expect.any(Number) })];
  expect(User).toMatchObject({ Policy: '{"Version":"2012-10-17"}', Role, SshPublicKeys });
  await transfer("DeleteServer", { ServerId });
});

test("a VPC endpoint keeps its policy and groups, and takes changes", async () => {
  const made = await ec2({
    Action: "CreateVpcEndpoint",
    VpcId: "vpc-1",
    ServiceName: `com.amazonaws.${REGION}.kms`,
    VpcEndpointType: "Interface",
    PolicyDocument: '{"Statement":[]}',
    PrivateDnsEnabled: "true",
    "SecurityGroupId.1": "sg-1",
  });
  const VpcEndpointId = element(made, "vpcEndpointId")!;
  await ec2({
    Action: "ModifyVpcEndpoint",
    VpcEndpointId,
    "AddSecurityGroupId.1": "sg-2",
    "RemoveSecurityGroupId.1": "sg-1",
  });
  const seen = await ec2({ Action: "DescribeVpcEndpoints", "VpcEndpointId.1": VpcEndpointId });
  const parts = ["policyDocument", "privateDnsEnabled", "groupId"].map((name) => element(seen, name));
  expect(parts).toEqual(['{"Statement":[]}', "true", "sg-2"]);
});

test("a flow log keeps its role and interval", async () => {
  const role = `arn:aws:iam::${ACCOUNT}:role/flow`;
  await ec2({
    Action: "CreateFlowLogs",
    "ResourceId.1": "vpc-1",
    ResourceType: "VPC",
    DeliverLogsPermissionArn: role,
    MaxAggregationInterval: "60",
    LogDestination: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/flow`,
  });
  const seen = await ec2({ Action: "DescribeFlowLogs" });
  const parts = ["deliverLogsPermissionArn", "maxAggregationInterval"].map((name) => element(seen, name));
  expect(parts).toEqual([role, "60"]);
});

test("a security group's open egress rule goes when it is taken away with ports, as terraform does", async () => {
  const made = await ec2({ Action: "CreateSecurityGroup", GroupName: "closed", GroupDescription: "closed" });
  const GroupId = element(made, "groupId")!;
  const open = async () =>
    element(await ec2({ Action: "DescribeSecurityGroups", "GroupId.1": GroupId }), "ipPermissionsEgress") !== "";
  expect(await open()).toBe(true);
  await ec2({
    Action: "RevokeSecurityGroupEgress",
    GroupId,
    "IpPermissions.1.IpProtocol": "-1",
    "IpPermissions.1.FromPort": "0",
    "IpPermissions.1.ToPort": "0",
    "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0",
  });
  expect(await open()).toBe(false);
});

test("a backup vault keeps its lock and the date on which it closes, until it is taken off", async () => {
  const backup = new BackupClient(clientConfig(emulator, administrator));
  const BackupVaultName = "kept";
  const lock = (ChangeableForDays?: number) =>
    backup.send(
      new PutBackupVaultLockConfigurationCommand({ BackupVaultName, MinRetentionDays: 7, ChangeableForDays }),
    );
  const seen = () => backup.send(new DescribeBackupVaultCommand({ BackupVaultName }));
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName }));
  await expect(lock(2)).rejects.toMatchObject({ name: "InvalidParameterValueException" });
  await lock(3);
  expect(await seen()).toMatchObject({ Locked: true, MinRetentionDays: 7, LockDate: expect.any(Date) });
  await lock();
  expect((await seen()).LockDate).toBeUndefined();
  await backup.send(new DeleteBackupVaultLockConfigurationCommand({ BackupVaultName }));
  expect(await seen()).toMatchObject({ Locked: false });
});

test("point-in-time recovery keeps its period, and no period beyond 35 days is taken", async () => {
  const db = new DynamoDBClient(clientConfig(emulator, administrator));
  const TableName = "recovery";
  await db.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    }),
  );
  const enable = (RecoveryPeriodInDays: number) => {
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays };
    return db.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
  };
  await enable(21);
  await expect(enable(36)).rejects.toMatchObject({ name: "ValidationException" });
  const { ContinuousBackupsDescription } = await db.send(new DescribeContinuousBackupsCommand({ TableName }));
  expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toMatchObject({ RecoveryPeriodInDays: 21 });
});

test("a secret under a customer's key is read only with kms:Decrypt", async () => {
  const KmsKeyId = await stage.key();
  const secrets = (credentials: Credentials) => new SecretsManagerClient(clientConfig(emulator, credentials));
  const create = new CreateSecretCommand({ Name: "vendor", SecretString: "hash", KmsKeyId });
  const { ARN } = await secrets(administrator).send(create);
  const read = allow("secretsmanager:GetSecretValue", ARN!);
  const get = async (...rights: ReturnType<typeof allow>[]) =>
    secrets(await stage.session("reader", rights)).send(new GetSecretValueCommand({ SecretId: ARN }));
  await expect(get(read)).rejects.toMatchObject({ name: "AccessDeniedException" });
  expect((await get(read, allow("kms:Decrypt", KmsKeyId))).SecretString).toBe("hash");
});

test("events of a log group are read by a right on its ARN with an asterisk, and by none on the bare ARN", async () => {
  const logs = (credentials: Credentials) => new CloudWatchLogsClient(clientConfig(emulator, credentials));
  const logGroupName = "/read";
  await logs(administrator).send(new CreateLogGroupCommand({ logGroupName }));
  const arn = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${logGroupName}`;
  const read = async (resource: string) => {
    const reader = logs(await stage.session("log-reader", [allow("logs:FilterLogEvents", resource)]));
    return reader.send(new FilterLogEventsCommand({ logGroupName }));
  };
  await expect(read(arn)).rejects.toMatchObject({ name: "AccessDeniedException" });
  expect((await read(`${arn}:*`)).events).toEqual([]);
});

test("a client that does not speak SSH is a rejected connection in the server's log", async () => {
  const server = await gateway(stage, { users: {} });
  const socket = net.connect(emulator.sftp.port, emulator.sftp.host, () => socket.write("GET / HTTP/1.1\r\n\r\n"));
  socket.on("error", () => undefined);
  expect(await server.line("CONNECTION_REJECTED")).toMatchObject({ "source-ip": "127.0.0.1" });
  socket.destroy();
  await server.remove();
});

describe("files that arrive by SFTP", () => {
  const key = keyPair();
  let Bucket: string;
  let remove: () => Promise<void>;
  let sftp: SftpClient;

  beforeAll(async () => {
    Bucket = await stage.bucket("arrivals", { locked: true });
    const role = await stage.role("vendor", uploadOnly(Bucket, "acme"), "transfer.amazonaws.com");
    const users = { acme: { answer: answer(Bucket, "acme", role.arn, key.public) } };
    ({ remove } = await gateway(stage, { users }));
    // the only server there is: no need to name it
    const login = { user: "acme", privateKey: key.private };
    sftp = (await SftpClient.open(emulator.sftp, login)).sftp!;
  });

  afterAll(async () => {
    sftp?.end();
    await remove?.();
  });

  const stored = async (name: string) => {
    const { Body } = await stage.s3.send(new GetObjectCommand({ Bucket, Key: `acme/${name}` }));
    return Body!.transformToByteArray();
  };

  test("are events of S3 with their version", async () => {
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await stage.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    const target = await queue(stage, "events.amazonaws.com");
    const EventPattern = JSON.stringify({ source: ["aws.s3"], detail: { bucket: { name: [Bucket] } } });
    await stage.events.send(new PutRuleCommand({ Name: "arrivals", EventPattern }));
    await stage.events.send(new PutTargetsCommand({ Rule: "arrivals", Targets: [{ Id: "q", Arn: target.arn }] }));
    expect(await sftp.put("/event.csv", "a")).toBe("ok");
    const event = JSON.parse((await message(stage, target)) ?? "{}");
    const { Versions } = await stage.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: "acme/event.csv" }));
    expect(event.detail?.object).toMatchObject({ key: "acme/event.csv", "version-id": Versions?.[0]?.VersionId });
  });

  test.each(["empty.csv", "with space.csv", "plus+percent%20.csv", "größe-数据.csv", "line\nbreak.csv"])(
    "keep the name %j",
    async (name) => {
      const content = name === "empty.csv" ? "" : name;
      expect(await sftp.put(`/${name}`, content)).toBe("ok");
      expect(Buffer.from(await stored(name)).toString()).toBe(content);
    },
  );

  test("are the same bytes when they come in several parts", async () => {
    const bytes = Buffer.alloc(20 * 1024 * 1024, "0123456789abcdef-");
    const sha256 = (of: Uint8Array) => createHash("sha256").update(of).digest("hex");
    expect(await sftp.put("/large.bin", bytes)).toBe("ok");
    expect(sha256(await stored("large.bin"))).toBe(sha256(bytes));
  });
});

test.each([
  ["config.amazonaws.com", "AWSServiceRoleForConfig", undefined],
  ["backup.amazonaws.com", "AWSServiceRoleForBackup", "made by a test"],
])("the service-linked role of %s has no description but the one it was given", async (service, name, given) => {
  const iam = new IAMClient(clientConfig(emulator, administrator));
  await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: service, Description: given }));
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
  expect(Role?.Description || undefined).toBe(given);
});
