// SPDX-License-Identifier: Apache-2.0
import { DescribeRouteTablesCommand, type Route, type RouteTable } from "@aws-sdk/client-ec2";
import type { ServiceClients } from "./clients";
import { identity, type LiveReader, type LiveResource, tagsOf, unless } from "./reader";

const NONE = "InvalidRouteTableID.NotFound";

const DESTINATIONS = ["cidr_block", "ipv6_cidr_block", "destination_prefix_list_id"] as const;
const TARGETS = [
  "carrier_gateway_id",
  "core_network_arn",
  "egress_only_gateway_id",
  "gateway_id",
  "local_gateway_id",
  "nat_gateway_id",
  "network_interface_id",
  "transit_gateway_id",
  "vpc_endpoint_id",
  "vpc_peering_connection_id",
] as const;

type RouteValues = { readonly [K in (typeof DESTINATIONS)[number] | (typeof TARGETS)[number]]: string | undefined };

async function tableOf(resource: LiveResource, attribute: string, { ec2 }: ServiceClients) {
  const command = new DescribeRouteTablesCommand({ RouteTableIds: [identity(resource, attribute)] });
  return (await unless(ec2.send(command), NONE))?.RouteTables?.[0];
}

const routeTable: LiveReader = {
  calls: ["ec2:DescribeRouteTables"],
  reads: ["vpc_id", "route", "propagating_vgws", "tags", "tags_all"],
  async read(resource, clients) {
    const found = await tableOf(resource, "id", clients);
    return found && { vpc_id: found.VpcId, ...tableValues(found) };
  },
};

const defaultRouteTable: LiveReader = {
  calls: ["ec2:DescribeRouteTables"],
  reads: ["default_route_table_id", "route", "propagating_vgws", "tags", "tags_all"],
  async read(resource, clients) {
    const found = await tableOf(resource, "default_route_table_id", clients);
    const isMain = found?.Associations?.some(({ Main }) => Main);
    return found && { default_route_table_id: isMain ? found.RouteTableId : undefined, ...tableValues(found) };
  },
};

function tableValues({ RouteTableId, Routes = [], PropagatingVgws = [], Tags }: RouteTable) {
  return {
    id: RouteTableId,
    route: Routes.filter((route) => !isAwsOwn(route)).map(valuesOf),
    propagating_vgws: PropagatingVgws.map(({ GatewayId }) => GatewayId),
    ...tagsOf(Tags),
  };
}

/** Routes that nobody writes: to the VPC itself, of a gateway endpoint, and those that a virtual gateway makes known. */
function isAwsOwn({ GatewayId = "", Origin, DestinationPrefixListId }: Route): boolean {
  if (Origin === "EnableVgwRoutePropagation") return true;
  if (DestinationPrefixListId !== undefined && GatewayId.startsWith("vpce-")) return true;
  return Origin === "CreateRouteTable" && GatewayId === "local";
}

function valuesOf(route: Route): RouteValues {
  const { GatewayId = "" } = route;
  return {
    cidr_block: route.DestinationCidrBlock,
    ipv6_cidr_block: route.DestinationIpv6CidrBlock,
    destination_prefix_list_id: route.DestinationPrefixListId,
    carrier_gateway_id: route.CarrierGatewayId,
    core_network_arn: route.CoreNetworkArn,
    egress_only_gateway_id: route.EgressOnlyInternetGatewayId,
    gateway_id: GatewayId.startsWith("vpce-") ? undefined : route.GatewayId,
    local_gateway_id: route.LocalGatewayId,
    nat_gateway_id: route.NatGatewayId,
    network_interface_id: route.NetworkInterfaceId,
    transit_gateway_id: route.TransitGatewayId,
    vpc_endpoint_id: GatewayId.startsWith("vpce-") ? GatewayId : undefined,
    vpc_peering_connection_id: route.VpcPeeringConnectionId,
  };
}

/** A route with a resource of its own; it is found in its table by its destination. */
const route: LiveReader = {
  calls: ["ec2:DescribeRouteTables"],
  reads: [
    "route_table_id",
    "destination_cidr_block",
    "destination_ipv6_cidr_block",
    "destination_prefix_list_id",
    ...TARGETS,
  ],
  async read(resource, clients) {
    const { state } = resource;
    const table = await tableOf(resource, "route_table_id", clients);
    const found = table?.Routes?.map(valuesOf).find(
      (one) =>
        same(one.cidr_block, state.destination_cidr_block) &&
        same(one.ipv6_cidr_block, state.destination_ipv6_cidr_block) &&
        same(one.destination_prefix_list_id, state.destination_prefix_list_id),
    );
    if (!found) return undefined;
    const { cidr_block, ipv6_cidr_block, ...rest } = found;
    return {
      route_table_id: table?.RouteTableId,
      destination_cidr_block: cidr_block,
      destination_ipv6_cidr_block: ipv6_cidr_block,
      ...rest,
    };
  },
};

function same(live: string | undefined, state: unknown): boolean {
  return (live ?? "") === (state ?? "");
}

/** What a subnet or gateway is associated with now, whichever table state remembers. */
const association: LiveReader = {
  calls: ["ec2:DescribeRouteTables"],
  reads: ["route_table_id", "subnet_id", "gateway_id"],
  async read(resource, { ec2 }) {
    const kind = resource.state.gateway_id ? "gateway" : "subnet";
    const id = identity(resource, `${kind}_id`);
    const Filters = [{ Name: `association.${kind}-id`, Values: [id] }];
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
    const found = RouteTables?.flatMap(({ Associations }) => Associations ?? []).find(
      ({ SubnetId, GatewayId }) => (kind === "subnet" ? SubnetId : GatewayId) === id,
    );
    return found && { route_table_id: found.RouteTableId, subnet_id: found.SubnetId, gateway_id: found.GatewayId };
  },
};

export const ROUTE_READERS = {
  aws_default_route_table: defaultRouteTable,
  aws_route: route,
  aws_route_table: routeTable,
  aws_route_table_association: association,
} as const;
