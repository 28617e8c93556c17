// SPDX-License-Identifier: Apache-2.0
import {
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";
import type { ServiceClients } from "./clients";
import { identity, type LiveReader, type LiveResource, tagsOf, unless } from "./reader";

async function groupOf(resource: LiveResource, { ec2 }: ServiceClients) {
  const command = new DescribeSecurityGroupsCommand({ GroupIds: [identity(resource, "id")] });
  return (await unless(ec2.send(command), "InvalidGroup.NotFound"))?.SecurityGroups?.[0];
}

const securityGroup: LiveReader = {
  calls: ["ec2:DescribeSecurityGroups"],
  reads: ["name", "description", "vpc_id", "ingress", "egress", "tags", "tags_all"],
  async read(resource, clients) {
    const found = await groupOf(resource, clients);
    if (!found) return undefined;
    return {
      id: found.GroupId,
      name: found.GroupName,
      description: found.Description,
      vpc_id: found.VpcId,
      ingress: found.IpPermissions?.flatMap((permission) => rules(permission, found)),
      egress: found.IpPermissionsEgress?.flatMap((permission) => rules(permission, found)),
      ...tagsOf(found.Tags),
    };
  },
};

/** The group that a VPC has from the beginning; it has a name and a description of its own. */
const defaultSecurityGroup: LiveReader = {
  calls: securityGroup.calls,
  reads: ["vpc_id", "ingress", "egress", "tags", "tags_all"],
  async read(resource, clients) {
    const found = await securityGroup.read(resource, clients);
    return found?.name === "default" ? found : undefined;
  },
};

/** One rule for each source or destination, as Terraform writes rules. */
function rules(permission: IpPermission, { GroupId, OwnerId }: SecurityGroup): object[] {
  const common = { protocol: permission.IpProtocol, from_port: permission.FromPort, to_port: permission.ToPort };
  const rule = (description: string | undefined, other: object) => ({ ...common, description, ...other });
  return [
    ...(permission.IpRanges ?? []).map((one) => rule(one.Description, { cidr_blocks: [one.CidrIp] })),
    ...(permission.Ipv6Ranges ?? []).map((one) => rule(one.Description, { ipv6_cidr_blocks: [one.CidrIpv6] })),
    ...(permission.PrefixListIds ?? []).map((one) => rule(one.Description, { prefix_list_ids: [one.PrefixListId] })),
    ...(permission.UserIdGroupPairs ?? []).map((one) =>
      rule(one.Description, one.GroupId === GroupId ? { self: true } : { security_groups: [nameOf(one, OwnerId)] }),
    ),
  ];
}

/** A group as Terraform writes it: with the account in front when that is another's. */
function nameOf(group: { GroupId?: string; UserId?: string }, owner: string | undefined): string | undefined {
  const { GroupId, UserId } = group;
  return UserId !== undefined && owner !== undefined && UserId !== owner ? `${UserId}/${GroupId}` : GroupId;
}

/** A rule with a resource of its own. */
function groupRule(isEgress: boolean): LiveReader {
  return {
    calls: ["ec2:DescribeSecurityGroupRules"],
    reads: [
      "security_group_id",
      "ip_protocol",
      "from_port",
      "to_port",
      "cidr_ipv4",
      "cidr_ipv6",
      "prefix_list_id",
      "referenced_security_group_id",
      "description",
      "tags",
      "tags_all",
    ],
    async read(resource, { ec2 }) {
      const command = new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [identity(resource, "id")] });
      const answer = await unless(ec2.send(command), "InvalidSecurityGroupRuleId.NotFound");
      const found = answer?.SecurityGroupRules?.[0];
      if (!found || found.IsEgress !== isEgress) return undefined;
      // AWS says -1 for the ports of a rule that is for all protocols
      const ports = found.IpProtocol === "-1" ? {} : { from_port: found.FromPort, to_port: found.ToPort };
      return {
        security_group_id: found.GroupId,
        ip_protocol: found.IpProtocol,
        ...ports,
        cidr_ipv4: found.CidrIpv4,
        cidr_ipv6: found.CidrIpv6,
        prefix_list_id: found.PrefixListId,
        referenced_security_group_id:
          found.ReferencedGroupInfo && nameOf(found.ReferencedGroupInfo, found.GroupOwnerId),
        description: found.Description,
        ...tagsOf(found.Tags),
      };
    },
  };
}

export const SECURITY_GROUP_READERS = {
  aws_default_security_group: defaultSecurityGroup,
  aws_security_group: securityGroup,
  aws_vpc_security_group_egress_rule: groupRule(true),
  aws_vpc_security_group_ingress_rule: groupRule(false),
} as const;
