// SPDX-License-Identifier: Apache-2.0
import { DescribeVpcEndpointsCommand } from "@aws-sdk/client-ec2";
import type { ServiceClients } from "./clients";
import { identity, type LiveReader, tagsOf, unless } from "./reader";

const NONE = "InvalidVpcEndpointId.NotFound";
/** An endpoint that is deleted is still shown for a while. */
const GONE = ["Deleting", "Deleted", "Expired", "Failed", "Rejected"];

/** A VPC endpoint as AWS shows it; undefined when it is not there. */
export async function vpcEndpoint(id: string, { ec2 }: ServiceClients) {
  const answer = await unless(ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] })), NONE);
  const found = answer?.VpcEndpoints?.[0];
  return found && GONE.some((state) => state.toLowerCase() === found.State?.toLowerCase()) ? undefined : found;
}

const endpoint: LiveReader = {
  calls: ["ec2:DescribeVpcEndpoints"],
  reads: [
    "vpc_id",
    "service_name",
    "vpc_endpoint_type",
    "policy",
    "private_dns_enabled",
    "route_table_ids",
    "subnet_ids",
    "security_group_ids",
    "ip_address_type",
    "dns_options.dns_record_ip_type",
    "dns_options.private_dns_only_for_inbound_resolver_endpoint",
    "tags",
    "tags_all",
  ],
  async read(resource, clients) {
    const found = await vpcEndpoint(identity(resource, "id"), clients);
    if (!found) return undefined;
    const { DnsOptions } = found;
    return {
      vpc_id: found.VpcId,
      service_name: found.ServiceName,
      vpc_endpoint_type: found.VpcEndpointType,
      policy: found.PolicyDocument,
      private_dns_enabled: found.PrivateDnsEnabled,
      route_table_ids: found.RouteTableIds,
      subnet_ids: found.SubnetIds,
      security_group_ids: found.Groups?.map(({ GroupId }) => GroupId),
      ip_address_type: found.IpAddressType,
      dns_options: {
        dns_record_ip_type: DnsOptions?.DnsRecordIpType,
        private_dns_only_for_inbound_resolver_endpoint: DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint,
      },
      ...tagsOf(found.Tags),
    };
  },
};

const endpointPolicy: LiveReader = {
  calls: ["ec2:DescribeVpcEndpoints"],
  reads: ["vpc_endpoint_id", "policy"],
  async read(resource, clients) {
    const found = await vpcEndpoint(identity(resource, "vpc_endpoint_id"), clients);
    return found && { vpc_endpoint_id: found.VpcEndpointId, policy: found.PolicyDocument };
  },
};

export const VPC_ENDPOINT_READERS = { aws_vpc_endpoint: endpoint, aws_vpc_endpoint_policy: endpointPolicy } as const;
