// SPDX-License-Identifier: Apache-2.0
import { type Answers, IDENTITY, named, read, shown } from "./fake-clients";

const Tags = [{ Key: "GxP", Value: "true" }];
const tags = { GxP: "true" };

const RECORDED: [string, Answers, Record<string, unknown>][] = [
  [
    "aws_vpc",
    {
      DescribeVpcs: { Vpcs: [{ CidrBlock: "10.60.0.0/22", InstanceTenancy: "default", Tags }] },
      DescribeVpcAttribute: { EnableDnsSupport: { Value: true }, EnableDnsHostnames: { Value: true } },
    },
    { cidr_block: "10.60.0.0/22", enable_dns_support: true, enable_dns_hostnames: true, tags },
  ],
  [
    "aws_subnet",
    { DescribeSubnets: { Subnets: [{ VpcId: "vpc-1", CidrBlock: "10.60.0.0/25", MapPublicIpOnLaunch: true, Tags }] } },
    { vpc_id: "vpc-1", cidr_block: "10.60.0.0/25", map_public_ip_on_launch: true, tags },
  ],
  [
    "aws_internet_gateway",
    { DescribeInternetGateways: { InternetGateways: [{ Attachments: [{ VpcId: "vpc-1" }], Tags }] } },
    { vpc_id: "vpc-1", tags },
  ],
  ["aws_eip", { DescribeAddresses: { Addresses: [{ Domain: "vpc", Tags }] } }, { domain: "vpc", tags }],
  [
    "aws_flow_log",
    {
      DescribeFlowLogs: {
        FlowLogs: [
          {
            ResourceId: "vpc-1",
            TrafficType: "ALL",
            LogDestinationType: "cloud-watch-logs",
            LogDestination: "arn:g:*",
            DeliverLogsPermissionArn: "arn:r",
            MaxAggregationInterval: 60,
          },
        ],
      },
    },
    {
      vpc_id: "vpc-1",
      subnet_id: undefined,
      traffic_type: "ALL",
      log_destination: "arn:g",
      iam_role_arn: "arn:r",
      max_aggregation_interval: 60,
    },
  ],
  [
    "aws_security_group",
    {
      DescribeSecurityGroups: {
        SecurityGroups: [
          {
            GroupId: "sg-1",
            GroupName: "sftp",
            VpcId: "vpc-1",
            IpPermissions: [
              {
                IpProtocol: "tcp",
                FromPort: 22,
                ToPort: 22,
                IpRanges: [{ CidrIp: "192.0.2.0/24", Description: "acme" }],
                UserIdGroupPairs: [{ GroupId: "sg-1" }],
              },
            ],
            IpPermissionsEgress: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
          },
        ],
      },
    },
    {
      name: "sftp",
      vpc_id: "vpc-1",
      ingress: {
        "#1": { protocol: "tcp", from_port: 22, to_port: 22, description: "acme", cidr_blocks: ["192.0.2.0/24"] },
        "#2": { protocol: "tcp", from_port: 22, to_port: 22, self: true },
      },
      egress: { protocol: "-1", cidr_blocks: ["0.0.0.0/0"] },
    },
  ],
  [
    "aws_default_security_group",
    {
      DescribeSecurityGroups: {
        SecurityGroups: [
          {
            GroupId: "sg-1",
            GroupName: "default",
            VpcId: "vpc-1",
            IpPermissions: [
              { IpProtocol: "-1", PrefixListIds: [{ PrefixListId: "pl-1" }] },
              { IpProtocol: "-1", Ipv6Ranges: [{ CidrIpv6: "::/0" }] },
              { IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: "sg-2" }] },
            ],
          },
        ],
      },
    },
    {
      vpc_id: "vpc-1",
      ingress: {
        "#1": { protocol: "-1", ipv6_cidr_blocks: ["::/0"] },
        "#2": { protocol: "-1", prefix_list_ids: ["pl-1"] },
        "#3": { protocol: "-1", security_groups: ["sg-2"] },
      },
      egress: undefined,
    },
  ],
  [
    "aws_vpc_security_group_ingress_rule",
    {
      DescribeSecurityGroupRules: {
        SecurityGroupRules: [
          {
            GroupId: "sg-1",
            IsEgress: false,
            IpProtocol: "tcp",
            FromPort: 22,
            ToPort: 22,
            ReferencedGroupInfo: { GroupId: "sg-2" },
          },
        ],
      },
    },
    { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 22, referenced_security_group_id: "sg-2" },
  ],
  [
    "aws_vpc_security_group_egress_rule",
    {
      DescribeSecurityGroupRules: {
        SecurityGroupRules: [
          { GroupId: "sg-1", IsEgress: true, IpProtocol: "-1", FromPort: -1, ToPort: -1, CidrIpv4: "0.0.0.0/0" },
        ],
      },
    },
    { ip_protocol: "-1", from_port: undefined, to_port: undefined, cidr_ipv4: "0.0.0.0/0" },
  ],
  [
    "aws_route_table_association",
    {
      DescribeRouteTables: {
        RouteTables: [
          {
            Associations: [
              { Main: true, RouteTableId: "rtb-9" },
              { SubnetId: "subnet-1", RouteTableId: "rtb-2" },
            ],
          },
        ],
      },
    },
    { subnet_id: "subnet-1", route_table_id: "rtb-2" },
  ],
  [
    "aws_vpc_endpoint",
    {
      DescribeVpcEndpoints: {
        VpcEndpoints: [
          {
            VpcId: "vpc-1",
            ServiceName: "com.amazonaws.eu-central-1.kms",
            VpcEndpointType: "Interface",
            PolicyDocument: '{"Statement":[]}',
            PrivateDnsEnabled: true,
            SubnetIds: ["subnet-1"],
            Groups: [{ GroupId: "sg-1" }],
            State: "available",
          },
        ],
      },
    },
    {
      service_name: "com.amazonaws.eu-central-1.kms",
      policy: { Statement: [] },
      private_dns_enabled: true,
      subnet_ids: ["subnet-1"],
      security_group_ids: ["sg-1"],
      route_table_ids: undefined,
    },
  ],
  [
    "aws_vpc_endpoint_policy",
    { DescribeVpcEndpoints: { VpcEndpoints: [{ VpcEndpointId: "vpce-1", PolicyDocument: '{"Statement":[]}' }] } },
    { vpc_endpoint_id: "vpce-1", policy: { Statement: [] } },
  ],
];

describe("the readers of the network", () => {
  it.each(RECORDED)("show %s in the provider's attributes", async (type, answers, expected) => {
    expect(await shown(type, answers, Object.keys(expected))).toEqual(expected);
  });

  it.each([
    ["aws_vpc", "DescribeVpcs", "InvalidVpcID.NotFound"],
    ["aws_subnet", "DescribeSubnets", "InvalidSubnetID.NotFound"],
    ["aws_internet_gateway", "DescribeInternetGateways", "InvalidInternetGatewayID.NotFound"],
    ["aws_eip", "DescribeAddresses", "InvalidAllocationID.NotFound"],
    ["aws_flow_log", "DescribeFlowLogs", "InvalidFlowLogId.NotFound"],
    ["aws_security_group", "DescribeSecurityGroups", "InvalidGroup.NotFound"],
    ["aws_vpc_security_group_ingress_rule", "DescribeSecurityGroupRules", "InvalidSecurityGroupRuleId.NotFound"],
    ["aws_route_table", "DescribeRouteTables", "InvalidRouteTableID.NotFound"],
    ["aws_route", "DescribeRouteTables", "InvalidRouteTableID.NotFound"],
    ["aws_vpc_endpoint", "DescribeVpcEndpoints", "InvalidVpcEndpointId.NotFound"],
    ["aws_vpc_endpoint_policy", "DescribeVpcEndpoints", "InvalidVpcEndpointId.NotFound"],
  ])("say that %s is not there when %s answers %s", async (type, operation, error) => {
    expect(await read(type, { [operation]: named(error) })).toBeUndefined();
  });

  it("write the account in front of a group that is another account's", async () => {
    const [own, other] = ["111122223333", "444455556666"];
    const UserIdGroupPairs = [
      { GroupId: "sg-2", UserId: own },
      { GroupId: "sg-3", UserId: other },
    ];
    const group = { GroupId: "sg-1", OwnerId: own, IpPermissions: [{ IpProtocol: "-1", UserIdGroupPairs }] };
    const sources = ["ingress.security_groups"];
    const answers = { DescribeSecurityGroups: { SecurityGroups: [group] } };
    expect(await shown("aws_security_group", answers, sources)).toEqual({
      [sources[0]!]: { "#1": [`${other}/sg-3`], "#2": ["sg-2"] },
    });
    const rule = { IsEgress: false, GroupOwnerId: own, ReferencedGroupInfo: { GroupId: "sg-3", UserId: other } };
    const ruleAnswers = { DescribeSecurityGroupRules: { SecurityGroupRules: [rule] } };
    const referenced = await read("aws_vpc_security_group_ingress_rule", ruleAnswers);
    expect(referenced).toMatchObject({ referenced_security_group_id: `${other}/sg-3` });
  });

  it("take a rule of the other direction for none", async () => {
    const answers = { DescribeSecurityGroupRules: { SecurityGroupRules: [{ GroupId: "sg-1", IsEgress: true }] } };
    expect(await read("aws_vpc_security_group_ingress_rule", answers)).toBeUndefined();
  });

  it("take a group of another name for no default group", async () => {
    const answers = { DescribeSecurityGroups: { SecurityGroups: [{ GroupId: "sg-1", GroupName: "sftp" }] } };
    expect(await read("aws_default_security_group", answers)).toBeUndefined();
  });

  it("take an endpoint that is being deleted for none", async () => {
    const answers = { DescribeVpcEndpoints: { VpcEndpoints: [{ VpcEndpointId: "vpce-1", State: "deleting" }] } };
    expect(await read("aws_vpc_endpoint", answers)).toBeUndefined();
  });
});

describe("the readers of routes", () => {
  const local = { DestinationCidrBlock: "10.60.0.0/22", GatewayId: "local", Origin: "CreateRouteTable" };
  const ofEndpoint = { DestinationPrefixListId: "pl-1", GatewayId: "vpce-1", Origin: "CreateRoute" };
  const propagated = { DestinationCidrBlock: "10.0.0.0/8", GatewayId: "vgw-1", Origin: "EnableVgwRoutePropagation" };
  const internet = { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1", Origin: "CreateRoute" };
  const table = (Routes: object[], other: object = {}) => ({
    DescribeRouteTables: { RouteTables: [{ RouteTableId: "rtb-1", VpcId: "vpc-1", Routes, ...other }] },
  });

  it("show what somebody wrote into a table, and no route that AWS makes", async () => {
    const answers = table([local, ofEndpoint, propagated, internet]);
    expect(await shown("aws_route_table", answers, ["vpc_id", "route"])).toEqual({
      vpc_id: "vpc-1",
      route: { cidr_block: "0.0.0.0/0", gateway_id: "igw-1" },
    });
  });

  it("show a default table, and that it is one", async () => {
    const paths = ["default_route_table_id", "route"];
    const main = table([internet], { Associations: [{ Main: true }] });
    expect(await shown("aws_default_route_table", main, paths)).toMatchObject({ default_route_table_id: "rtb-1" });
    const replaced = await shown("aws_default_route_table", table([internet]), paths);
    expect(replaced).toMatchObject({ default_route_table_id: undefined, route: { gateway_id: "igw-1" } });
  });

  it("find a route by its destination, wherever it leads now", async () => {
    const state = { ...IDENTITY, destination_cidr_block: "0.0.0.0/0", gateway_id: "igw-1" };
    const answers = table([local, { ...internet, GatewayId: "vpce-2" }]);
    const paths = ["route_table_id", "destination_cidr_block", "gateway_id", "vpc_endpoint_id"];
    expect(await shown("aws_route", answers, paths, state)).toEqual({
      route_table_id: "rtb-1",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: undefined,
      vpc_endpoint_id: "vpce-2",
    });
    expect(await read("aws_route", table([local]), state)).toBeUndefined();
  });

  it("say that a subnet that no table names has no association", async () => {
    expect(await read("aws_route_table_association", { DescribeRouteTables: { RouteTables: [] } })).toBeUndefined();
  });
});
