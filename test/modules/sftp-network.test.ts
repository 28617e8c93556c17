// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { EncryptionKey, RecordBucket, Retention, SftpNetwork, type SftpNetworkProps } from "../../modules";
import { addressBlocks } from "../../modules/sftp-network/address-blocks";
import { codeOf, deployer, env, identity, resource, statement, statements, synthesize, testStack } from "./synth";

const inspector = "arn:aws:iam::111122223333:role/acme-inspector";

function network(overrides: Partial<SftpNetworkProps> = {}) {
  const { stack } = testStack();
  const logKey = new EncryptionKey(stack, "LogKey", {
    env,
    environment: "production",
    alias: "acme-logs",
    administratorArns: [deployer],
    tags: {},
  });
  const made = new SftpNetwork(stack, "Network", {
    env,
    identity: identity(),
    namePrefix: "acme",
    zones: ["eu-central-1a", "eu-central-1b"],
    logKey,
    ...overrides,
  });
  const raw = new RecordBucket(stack, "Raw", {
    env,
    identity: identity(),
    bucketName: "acme-raw",
    retention: Retention.compliance({ years: 7 }),
    administratorArns: [deployer],
  });
  made.confineReading(raw.baseline, [inspector]);
  return synthesize(stack);
}

const all = (type: string, overrides: Partial<SftpNetworkProps> = {}) =>
  Object.values(network(overrides).resource[type] ?? {});

test("each zone has a data subnet and a public one, and none hands out public addresses", () => {
  const subnets = all("aws_subnet");
  expect(
    subnets.map((subnet) => [subnet.availability_zone, subnet.cidr_block, subnet.map_public_ip_on_launch]),
  ).toEqual([
    ["eu-central-1a", "10.60.0.0/25", false],
    ["eu-central-1b", "10.60.0.128/25", false],
    ["eu-central-1a", "10.60.2.0/25", false],
    ["eu-central-1b", "10.60.2.128/25", false],
  ]);
});

test("only the public route table leads to the internet", () => {
  const document = network();
  expect(resource(document, "aws_route", "Internet")).toMatchObject({
    destination_cidr_block: "0.0.0.0/0",
    route_table_id: expect.stringContaining("Network_PublicRoutes_"),
  });
  expect(resource(document, "aws_route_table", "DataRoutes")).not.toHaveProperty("route");
});

test("a network that is not internet-facing has no gateway and no public subnet", () => {
  const { resource: types } = network({ internetFacing: false });
  expect(types).not.toHaveProperty("aws_internet_gateway");
  expect(types).not.toHaveProperty("aws_route");
  expect(Object.keys(types.aws_subnet!)).toHaveLength(2);
});

test("the default security group lets nothing through", () => {
  const group = resource(network(), "aws_default_security_group");
  expect(group).not.toHaveProperty("ingress");
  expect(group).not.toHaveProperty("egress");
});

test("every endpoint lets pass this account's callers to this account's resources only", () => {
  const account = { "aws:PrincipalAccount": "111122223333", "aws:ResourceAccount": "111122223333" };
  const conditions = all("aws_vpc_endpoint").flatMap(({ policy }) => statements(policy).map((s) => s.Condition));
  expect(conditions).toEqual(Array(5).fill({ StringEquals: account }));
});

test("no row is changed or deleted through the endpoint of DynamoDB", () => {
  const { policy } = resource(network(), "aws_vpc_endpoint", "dynamodb");
  const actions = statements(policy).flatMap(({ Action }) => Action);
  expect(actions.filter((action) => /Update|Delete|\*/.test(action))).toEqual([]);
});

test("image layers of AWS pass the endpoint of S3 only where images are pulled", () => {
  const layers = (interfaceServices: SftpNetworkProps["interfaceServices"]) =>
    statements(resource(network({ interfaceServices }), "aws_vpc_endpoint", "s3").policy).map(({ Sid }) => Sid);
  expect(layers(["kms"])).toEqual(["Objects"]);
  expect(layers(["ecr.api", "ecr.dkr"])).toEqual(["Objects", "ImageLayers"]);
});

test("the interface endpoints take TLS from within the VPC and nothing else", () => {
  expect(resource(network(), "aws_security_group", "Endpoints")).toMatchObject({
    ingress: [{ protocol: "tcp", from_port: 443, to_port: 443, cidr_blocks: ["10.60.0.0/22"] }],
    egress: [],
  });
});

test("all traffic is logged into an encrypted group that is kept for ten years", () => {
  const document = network();
  expect(resource(document, "aws_flow_log")).toMatchObject({ traffic_type: "ALL" });
  expect(resource(document, "aws_cloudwatch_log_group")).toMatchObject({
    name: "/part11/acme/flow",
    retention_in_days: 3653,
    kms_key_id: expect.stringContaining("aws_kms_key.LogKey_"),
    skip_destroy: true,
    lifecycle: { prevent_destroy: true },
  });
});

test("the flow log's role is for this account's flow logs", () => {
  const role = resource(network(), "aws_iam_role", "FlowLog");
  expect(statement(role.assume_role_policy, "Trust")).toMatchObject({
    Principal: { Service: "vpc-flow-logs.amazonaws.com" },
    Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
  });
});

test("confined reading is refused outside the VPC, except to the named roles and to services", () => {
  const { policy } = resource(network(), "aws_s3_bucket_policy");
  expect(statement(policy, "DenyReadingElsewhere")).toMatchObject({
    Effect: "Deny",
    Principal: "*",
    Condition: {
      StringNotEquals: { "aws:SourceVpc": expect.stringMatching(/^\$\{aws_vpc\..*\.id\}$/) },
      ArnNotEquals: { "aws:PrincipalArn": [inspector] },
      Bool: { "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false" },
    },
  });
});

test.each([
  [["eu-central-1a"]],
  [["eu-central-1a", "eu-central-1a"]],
  [["eu-central-1a", "eu-west-1b"]],
  [["eu-central-1a", "eu-central-1"]],
  [["eu-central-1a", "eu-central-1b", "eu-central-1c", "eu-central-1d", "eu-central-1e"]],
])("fails with the zones %j", (zones) => {
  expect(codeOf(() => network({ zones }))).toBe("NETWORK_INVALID");
});

test.each(["10.60.0.0", "10.60.0.0/26", "10.0.0.0/15", "10.60.0.1/22", "10.256.0.0/16", "fd00::/56", "010.60.0.0/222"])(
  "fails with the address range %s",
  (vpcCidr) => {
    expect(codeOf(() => network({ vpcCidr }))).toBe("NETWORK_INVALID");
  },
);

test("the ranges of all subnets are disjoint and within the VPC, whatever the VPC", () => {
  const drawn = fc.tuple(fc.integer({ min: 16, max: 25 }), fc.nat(2 ** 16 - 1), fc.integer({ min: 2, max: 4 }));
  fc.assert(
    fc.property(drawn, ([prefix, n, zones]) => {
      const size = 2 ** (32 - prefix);
      const first = 10 * 2 ** 24 + (n % 2 ** (prefix - 8)) * size;
      const dotted = [24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256).join(".");
      const { data, public: outside } = addressBlocks(`${dotted}/${prefix}`, zones, "test");
      const starts = [...data, ...outside].map((cidr) => {
        const [address, length] = cidr.split("/");
        expect(Number(length)).toBe(prefix + 3);
        return address!.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
      });
      expect(new Set(starts).size).toBe(2 * zones);
      for (const start of starts) {
        expect((start - first) % (size / 8)).toBe(0);
        expect(start).toBeGreaterThanOrEqual(first);
        expect(start + size / 8).toBeLessThanOrEqual(first + size);
      }
    }),
    { seed: 11, numRuns: 300 },
  );
});
