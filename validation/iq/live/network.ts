// SPDX-License-Identifier: Apache-2.0
import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  type FlowLog,
} from "@aws-sdk/client-ec2";
import { identity, type LiveReader, tagsOf, unless } from "./reader";

const vpc: LiveReader = {
  calls: ["ec2:DescribeVpcs", "ec2:DescribeVpcAttribute"],
  reads: ["cidr_block", "instance_tenancy", "enable_dns_support", "enable_dns_hostnames", "tags", "tags_all"],
  async read(resource, { ec2 }) {
    const VpcId = identity(resource, "id");
    const answer = await unless(ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] })), "InvalidVpcID.NotFound");
    const found = answer?.Vpcs?.[0];
    if (!found) return undefined;
    const attribute = (Attribute: "enableDnsSupport" | "enableDnsHostnames") =>
      ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute }));
    return {
      cidr_block: found.CidrBlock,
      instance_tenancy: found.InstanceTenancy,
      enable_dns_support: (await attribute("enableDnsSupport")).EnableDnsSupport?.Value,
      enable_dns_hostnames: (await attribute("enableDnsHostnames")).EnableDnsHostnames?.Value,
      ...tagsOf(found.Tags),
    };
  },
};

const subnet: LiveReader = {
  calls: ["ec2:DescribeSubnets"],
  reads: [
    "vpc_id",
    "availability_zone",
    "cidr_block",
    "map_public_ip_on_launch",
    "assign_ipv6_address_on_creation",
    "enable_dns64",
    "ipv6_native",
    "tags",
    "tags_all",
  ],
  async read(resource, { ec2 }) {
    const command = new DescribeSubnetsCommand({ SubnetIds: [identity(resource, "id")] });
    const found = (await unless(ec2.send(command), "InvalidSubnetID.NotFound"))?.Subnets?.[0];
    if (!found) return undefined;
    return {
      vpc_id: found.VpcId,
      availability_zone: found.AvailabilityZone,
      cidr_block: found.CidrBlock,
      map_public_ip_on_launch: found.MapPublicIpOnLaunch,
      assign_ipv6_address_on_creation: found.AssignIpv6AddressOnCreation,
      enable_dns64: found.EnableDns64,
      ipv6_native: found.Ipv6Native,
      ...tagsOf(found.Tags),
    };
  },
};

const internetGateway: LiveReader = {
  calls: ["ec2:DescribeInternetGateways"],
  reads: ["vpc_id", "tags", "tags_all"],
  async read(resource, { ec2 }) {
    const command = new DescribeInternetGatewaysCommand({ InternetGatewayIds: [identity(resource, "id")] });
    const answer = await unless(ec2.send(command), "InvalidInternetGatewayID.NotFound");
    const found = answer?.InternetGateways?.[0];
    return found && { vpc_id: found.Attachments?.[0]?.VpcId, ...tagsOf(found.Tags) };
  },
};

const address: LiveReader = {
  calls: ["ec2:DescribeAddresses"],
  reads: ["domain", "network_border_group", "public_ipv4_pool", "tags", "tags_all"],
  async read(resource, { ec2 }) {
    const command = new DescribeAddressesCommand({ AllocationIds: [identity(resource, "id")] });
    const found = (await unless(ec2.send(command), "InvalidAllocationID.NotFound"))?.Addresses?.[0];
    if (!found) return undefined;
    return {
      domain: found.Domain,
      network_border_group: found.NetworkBorderGroup,
      public_ipv4_pool: found.PublicIpv4Pool,
      ...tagsOf(found.Tags),
    };
  },
};

/** Attribute that names what a flow log records, by the prefix of its id. */
const RECORDED = { eni: "eni_id", subnet: "subnet_id", tgw: "transit_gateway_id", vpc: "vpc_id" } as const;

const flowLog: LiveReader = {
  calls: ["ec2:DescribeFlowLogs"],
  reads: [
    ...Object.values(RECORDED),
    "traffic_type",
    "log_destination_type",
    "log_destination",
    "log_format",
    "iam_role_arn",
    "deliver_cross_account_role",
    "max_aggregation_interval",
    "destination_options.file_format",
    "destination_options.hive_compatible_partitions",
    "destination_options.per_hour_partition",
    "tags",
    "tags_all",
  ],
  async read(resource, { ec2 }) {
    const command = new DescribeFlowLogsCommand({ FlowLogIds: [identity(resource, "id")] });
    const found = (await unless(ec2.send(command), "InvalidFlowLogId.NotFound"))?.FlowLogs?.[0];
    if (!found) return undefined;
    return {
      ...recordedBy(found),
      traffic_type: found.TrafficType,
      log_destination_type: found.LogDestinationType,
      log_destination: found.LogDestination?.replace(/:\*$/, ""),
      log_format: found.LogFormat,
      iam_role_arn: found.DeliverLogsPermissionArn,
      deliver_cross_account_role: found.DeliverCrossAccountRole,
      max_aggregation_interval: found.MaxAggregationInterval,
      destination_options: {
        file_format: found.DestinationOptions?.FileFormat,
        hive_compatible_partitions: found.DestinationOptions?.HiveCompatiblePartitions,
        per_hour_partition: found.DestinationOptions?.PerHourPartition,
      },
      ...tagsOf(found.Tags),
    };
  },
};

function recordedBy({ ResourceId = "" }: FlowLog): Record<string, string> {
  const kind = ResourceId.split("-")[0] as keyof typeof RECORDED;
  return Object.hasOwn(RECORDED, kind) ? { [RECORDED[kind]]: ResourceId } : {};
}

export const NETWORK_READERS = {
  aws_eip: address,
  aws_flow_log: flowLog,
  aws_internet_gateway: internetGateway,
  aws_subnet: subnet,
  aws_vpc: vpc,
} as const;
