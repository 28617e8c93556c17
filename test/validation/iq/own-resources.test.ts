// SPDX-License-Identifier: Apache-2.0
import { withoutOwnResources } from "../../../validation/iq/own-resources";

const state = (resources: Record<string, Record<string, unknown>>) => new Map(Object.entries(resources));

describe("withoutOwnResources", () => {
  const internet = { cidr_block: "0.0.0.0/0", gateway_id: "igw-1" };
  const own = { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0", destination_ipv6_cidr_block: "" };

  it.each(["aws_route_table", "aws_default_route_table"])(
    "leaves out a route of %s with a resource of its own",
    (type) => {
      const table = { id: "rtb-1", route: [internet] };
      expect(withoutOwnResources(type, table, state({ "aws_route.internet": own }))).toEqual({
        id: "rtb-1",
        route: [],
      });
    },
  );

  it.each([
    ["has no resource", {}],
    ["leads elsewhere than the table's own route", { "aws_route.x": { ...own, destination_cidr_block: "10.0.0.0/8" } }],
    ["stands in another table than the route's resource", { "aws_route.x": { ...own, route_table_id: "rtb-2" } }],
  ])("keeps a route that %s", (_, resources) => {
    const table = { id: "rtb-1", route: [internet] };
    expect(withoutOwnResources("aws_route_table", table, state(resources))).toEqual(table);
  });

  const ssh = { protocol: "tcp", from_port: 22, to_port: 22 };
  const sshRule = { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 22, to_port: 22 };
  const rules = {
    "aws_vpc_security_group_ingress_rule.net": { ...sshRule, cidr_ipv4: "192.0.2.0/24", description: "acme" },
    "aws_vpc_security_group_ingress_rule.self": { ...sshRule, referenced_security_group_id: "sg-1" },
    "aws_vpc_security_group_egress_rule.all": {
      security_group_id: "sg-1",
      ip_protocol: "-1",
      from_port: null,
      cidr_ipv4: "10.0.0.0/8",
    },
  };

  it.each(["aws_security_group", "aws_default_security_group"])(
    "leaves out rules of %s with a resource of their own",
    (type) => {
      const group = {
        id: "sg-1",
        ingress: [{ ...ssh, description: "acme", cidr_blocks: ["192.0.2.0/24"], self: true }],
        egress: [{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["10.0.0.0/8"] }],
      };
      expect(withoutOwnResources(type, group, state(rules))).toEqual({ id: "sg-1", ingress: [], egress: [] });
    },
  );

  it.each([
    ["source", { ...ssh, cidr_blocks: ["198.51.100.0/24"] }],
    ["port", { ...ssh, to_port: 23, cidr_blocks: ["192.0.2.0/24"] }],
    ["protocol", { ...ssh, protocol: "udp", cidr_blocks: ["192.0.2.0/24"] }],
  ])("keeps a rule of another %s", (_, rule) => {
    const group = { id: "sg-1", ingress: [rule] };
    expect(withoutOwnResources("aws_security_group", group, state(rules))).toMatchObject(group);
  });

  it("keeps a rule of the other direction", () => {
    const group = { id: "sg-1", egress: [{ ...ssh, cidr_blocks: ["192.0.2.0/24"] }] };
    expect(withoutOwnResources("aws_security_group", group, state(rules))).toMatchObject(group);
  });
});
