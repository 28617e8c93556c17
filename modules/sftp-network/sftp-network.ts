// SPDX-License-Identifier: Apache-2.0
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type AwsEnvironment, checkAwsEnvironment } from "../aws-environment";
import type { BucketBaseline } from "../bucket-baseline";
import type { EncryptionKey } from "../encryption-key";
import { ModuleError } from "../errors";
import type { RuntimeRoleProps } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";
import { addressBlocks, MOST_ZONES } from "./address-blocks";
import { dynamodbPolicy, type InterfaceService, interfacePolicy, s3Policy } from "./endpoint-policies";
import { NetworkFlowLog } from "./flow-log";

export interface SftpNetworkProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /**
   * Names of availability zones of the region, two to four, such as `eu-central-1a`. Literal: the data source that lists
   * them asks AWS at plan time. A zone is added at the end, since its place decides on its addresses.
   */
  readonly zones: readonly string[];
  /** Address range of the VPC, IPv4, /16 to /25. @default "10.60.0.0/22" */
  readonly vpcCidr?: string;
  /** Public subnets for the server's Elastic IPs, for vendors who come over the internet. @default true */
  readonly internetFacing?: boolean;
  /** Services that the data subnets reach by an endpoint paid by the hour, besides S3 and DynamoDB. @default ["kms", "logs", "secretsmanager"] */
  readonly interfaceServices?: readonly InterfaceService[];
  /** A security group for tasks in the data subnets, which lets nothing in and TLS out to the endpoints. @default false */
  readonly forTasks?: boolean;
  /** Key of the flow log's group; its policy lets CloudWatch Logs use it for `/part11/<namePrefix>/*`, as AuditTrail's does. */
  readonly logKey: EncryptionKey;
  /** Days that CloudWatch Logs keeps flow logs: one of its own steps, at most 3653, the step that is longer than seven years. @default 3653 */
  readonly logGroupDays?: number;
  /** Permissions boundary of the flow log's role: the most that it can ever do. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
}

/**
 * Network that the SFTP endpoint stands in: data subnets without any way to the internet, which reach S3, DynamoDB, KMS
 * and others by endpoints that let pass this account's own data only; public subnets for the endpoint's Elastic IPs
 * alone; a default security group without rules; a log of all traffic (21 CFR 11.10(d), (e), (h)).
 *
 * @throws NETWORK_INVALID for fewer than two zones, zones of another region, or an address range that is none
 * @see VPC user guide; Transfer Family user guide, "Create a server in a virtual private cloud"
 */
export class SftpNetwork extends Construct {
  readonly vpc: Vpc;
  /** Subnets without an internet route, one a zone. */
  readonly dataSubnets: readonly Subnet[];
  /** Subnets of the server's Elastic IPs, one a zone; empty unless internet-facing. */
  readonly publicSubnets: readonly Subnet[];
  /** What must exist before an Elastic IP of a public subnet can be reached. */
  readonly readyForAddresses: readonly ITerraformDependable[];
  readonly flowLog: NetworkFlowLog;
  /** Group of tasks in the data subnets; none unless asked for. */
  readonly taskGroup: SecurityGroup | undefined;
  private readonly tags: Record<string, string>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SftpNetworkProps,
  ) {
    super(scope, id);
    const { env, identity, zones } = props;
    checkAwsEnvironment(env, this.node.path);
    this.checkZones(zones);
    const vpcCidr = props.vpcCidr ?? "10.60.0.0/22";
    const blocks = addressBlocks(vpcCidr, zones.length, this.node.path);
    this.tags = gxpTags(identity, "not a record");
    this.vpc = new Vpc(this, "Resource", {
      cidrBlock: vpcCidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: this.named("sftp"),
    });
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", {
      vpcId: this.vpc.id,
      tags: this.named("closed"),
    });
    this.dataSubnets = this.subnets("Data", blocks.data);
    this.publicSubnets = (props.internetFacing ?? true) ? this.subnets("Public", blocks.public) : [];
    const routes = this.routeTable("Data", this.dataSubnets);
    this.readyForAddresses = this.publicSubnets.length > 0 ? [this.reachableFromOutside()] : [];
    const gateways = this.endpoints(routes, vpcCidr);
    this.taskGroup = props.forTasks ? this.groupForTasks(vpcCidr, gateways) : undefined;
    this.flowLog = new NetworkFlowLog(this, "FlowLog", {
      ...props,
      vpcId: this.vpc.id,
      keepDays: props.logGroupDays ?? 3653,
    });
  }

  /**
   * Refuses to everybody the reading of `bucket` from outside this network, except to `exemptArns`, exact ARNs of roles
   * that are meant to read it from elsewhere (inspectors, replication), and to AWS services (21 CFR 11.10(d), (h)).
   * The text of the bucket's policy holds the VPC's id then, which is known after apply.
   * @see S3 user guide, "Controlling access from VPC endpoints with bucket policies"
   */
  confineReading(bucket: BucketBaseline, exemptArns: readonly string[]): void {
    bucket.addStatement({
      Sid: "DenyReadingElsewhere",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: `${bucket.arn}/*`,
      Condition: {
        StringNotEquals: { "aws:SourceVpc": this.vpc.id },
        Bool: { "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false" },
        ...(exemptArns.length > 0 ? { ArnNotEquals: { "aws:PrincipalArn": exemptArns } } : {}),
      },
    });
  }

  private named(part: string): Record<string, string> {
    return { ...this.tags, Name: `${this.props.namePrefix}-${part}` };
  }

  private checkZones(zones: readonly string[]): void {
    const { region } = this.props.env;
    const ofRegion = zones.every((zone) => zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length)));
    const different = new Set(zones).size === zones.length;
    if (ofRegion && different && zones.length >= 2 && zones.length <= MOST_ZONES) return;
    throw new ModuleError("NETWORK_INVALID", {
      what: "availability zones not usable",
      where: this.node.path,
      expected: `two to ${MOST_ZONES} different zones of ${region}`,
      got: JSON.stringify(zones),
      todo: `name zones such as ${region}a`,
    });
  }

  private subnets(id: string, blocks: readonly string[]): Subnet[] {
    return this.props.zones.map(
      (zone, index) =>
        new Subnet(this, `${id}${index}`, {
          vpcId: this.vpc.id,
          availabilityZone: zone,
          cidrBlock: blocks[index],
          mapPublicIpOnLaunch: false,
          tags: this.named(`${id.toLowerCase()}-${zone}`),
        }),
    );
  }

  private routeTable(id: string, subnets: readonly Subnet[]): RouteTable {
    const table = new RouteTable(this, `${id}Routes`, { vpcId: this.vpc.id, tags: this.named(id.toLowerCase()) });
    for (const [index, subnet] of subnets.entries()) {
      new RouteTableAssociation(this, `${id}Routes${index}`, { subnetId: subnet.id, routeTableId: table.id });
    }
    return table;
  }

  private reachableFromOutside(): Route {
    const gateway = new InternetGateway(this, "InternetGateway", { vpcId: this.vpc.id, tags: this.named("sftp") });
    const routes = this.routeTable("Public", this.publicSubnets);
    return new Route(this, "Internet", {
      routeTableId: routes.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
    });
  }

  /** S3 and DynamoDB have addresses of their own, which AWS lists for each gateway endpoint. */
  private groupForTasks(vpcCidr: string, gateways: readonly VpcEndpoint[]): SecurityGroup {
    const tls = { protocol: "tcp", fromPort: 443, toPort: 443 };
    return new SecurityGroup(this, "Tasks", {
      vpcId: this.vpc.id,
      name: `${this.props.namePrefix}-tasks`,
      description: "Tasks that handle data: nothing in, TLS to endpoints out",
      ingress: [],
      egress: [
        { ...tls, description: "TLS to interface endpoints", cidrBlocks: [vpcCidr] },
        {
          ...tls,
          description: "TLS to S3 and DynamoDB",
          prefixListIds: gateways.map(({ prefixListId }) => prefixListId),
        },
      ],
      tags: this.named("tasks"),
    });
  }

  /** @returns the gateway endpoints */
  private endpoints(routes: RouteTable, vpcCidr: string): readonly VpcEndpoint[] {
    const { env, namePrefix } = this.props;
    const services = this.props.interfaceServices ?? ["kms", "logs", "secretsmanager"];
    const gateways = {
      s3: s3Policy(env, namePrefix, services.includes("ecr.dkr")),
      dynamodb: dynamodbPolicy(env),
    };
    const made = Object.entries(gateways).map(
      ([service, policy]) =>
        new VpcEndpoint(this, `Endpoint-${service}`, {
          vpcId: this.vpc.id,
          vpcEndpointType: "Gateway",
          serviceName: `com.amazonaws.${env.region}.${service}`,
          routeTableIds: [routes.id],
          policy,
          tags: this.named(service),
        }),
    );
    if (services.length === 0) return made;
    const group = new SecurityGroup(this, "Endpoints", {
      vpcId: this.vpc.id,
      name: `${namePrefix}-endpoints`,
      description: "TLS from within the VPC to its interface endpoints",
      ingress: [
        { description: "TLS from the VPC", protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [vpcCidr] },
      ],
      egress: [],
      tags: this.named("endpoints"),
    });
    for (const service of services) {
      new VpcEndpoint(this, `Endpoint-${service}`, {
        vpcId: this.vpc.id,
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.${env.region}.${service}`,
        subnetIds: this.dataSubnets.map((subnet) => subnet.id),
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        policy: interfacePolicy(service, env),
        tags: this.named(service),
      });
    }
    return made;
  }
}
