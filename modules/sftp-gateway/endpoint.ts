// SPDX-License-Identifier: Apache-2.0
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import type { Vendor } from "../vendor-directory";

export interface SftpEndpointProps {
  /** First part of every name. */
  readonly namePrefix: string;
  /** VPC of the endpoint. */
  readonly vpcId: string;
  /** Subnets of the endpoint, one a zone; each gets an Elastic IP, which vendors can list in their own firewalls. */
  readonly subnetIds: readonly string[];
  /** Whose networks may connect. */
  readonly vendors: readonly Vendor[];
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/**
 * How vendors reach the server: fixed addresses, and a security group that lets in port 22 from the networks of the
 * vendors that are enabled, and nothing else; none listed is closed (21 CFR 11.10(d)). The rules stand in the group
 * itself, so that one that somebody adds by hand shows up in the next plan and is taken away.
 */
export class SftpEndpoint extends Construct {
  readonly securityGroup: SecurityGroup;
  readonly addresses: readonly Eip[];

  constructor(scope: Construct, id: string, props: SftpEndpointProps) {
    super(scope, id);
    this.addresses = props.subnetIds.map(
      (_, index) => new Eip(this, `Address${index}`, { domain: "vpc", tags: props.tags }),
    );
    this.securityGroup = new SecurityGroup(this, "SecurityGroup", {
      name: `${props.namePrefix}-sftp`,
      description: "SFTP from the networks of vendors",
      vpcId: props.vpcId,
      ingress: ingressOf(props.vendors),
      egress: [],
      tags: props.tags,
    });
  }
}

/** One rule a network, in the order of their texts, each with the vendors that named it. */
function ingressOf(vendors: readonly Vendor[]) {
  const owners = new Map<string, string[]>();
  for (const { id, cidrs } of vendors.filter(({ enabled = true }) => enabled)) {
    for (const cidr of cidrs) owners.set(cidr, [...(owners.get(cidr) ?? []), id]);
  }
  return [...owners.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([cidr, ids]) => ({
      description: describe(ids),
      protocol: "tcp",
      fromPort: 22,
      toPort: 22,
      ...(cidr.includes(":") ? { ipv6CidrBlocks: [cidr] } : { cidrBlocks: [cidr] }),
    }));
}

/** A description has 255 characters at most (EC2 API, IpRange). */
function describe(ids: readonly string[]): string {
  const all = ids.join(" ");
  return all.length <= 255 ? all : `${ids.length} vendors`;
}
