// SPDX-License-Identifier: Apache-2.0
import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { TransferServer } from "@cdktf/provider-aws/lib/transfer-server";
import { TransferTag } from "@cdktf/provider-aws/lib/transfer-tag";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { ModuleError } from "../errors";
import type { AlertTopic } from "../monitoring";
import type { RecordBucketBase } from "../record-bucket";
import type { RuntimeRole, RuntimeRoleProps } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";
import type { Vendor, VendorDirectory } from "../vendor-directory";
import { SftpEndpoint } from "./endpoint";
import { GatewayAlarms } from "./gateway-alarms";
import type { IdentityProvider, LoginFunction } from "./identity";
import { MAX_SESSION_POLICY_CHARACTERS, sessionOf } from "./identity-provider/session";
import { type SecurityPolicy, securityPolicies } from "./security-policy";
import { ServerLog } from "./server-log";
import { vendorRole } from "./vendor-role";

export interface SftpGatewayProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer keys (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Permissions boundary of every role: the most that it can ever do. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
  /** VPC of the endpoint. */
  readonly vpcId: string;
  /** Subnets of the endpoint with a route for the vendors' answers, at least two, in different zones. */
  readonly subnetIds: readonly string[];
  /** Bucket that receives. */
  readonly inbox: RecordBucketBase;
  /** Vendors: each gets a role, and its networks reach the server. */
  readonly directory: VendorDirectory;
  /** Who decides about logins. */
  readonly identityProvider: IdentityProvider;
  /** Told of every refused login. */
  readonly alertTopic: AlertTopic;
  /** Cryptography of the server; one with FIPS in its name where that is asked for. @default "TransferSecurityPolicy-2025-03" */
  readonly securityPolicy?: SecurityPolicy;
  /** Text shown before a login, at most 4096 characters. @default - none */
  readonly bannerBeforeLogin?: string;
  /** Text shown after a login, at most 4096 characters. @default - none */
  readonly bannerAfterLogin?: string;
  /** Name of one's own for the server, in a hosted zone of Route 53. @default - the name that the service gives */
  readonly hostname?: { readonly name: string; readonly zoneId: string };
  /** Days that CloudWatch Logs keeps the server's log: one of its own steps, at most 3653. @default 3653 */
  readonly logGroupDays?: number;
}

/**
 * SFTP server of AWS Transfer Family that vendors upload to: inside a VPC, reached from listed networks only, keys only
 * or key and password, one role a vendor that can upload and nothing else, structured logs, and an alarm on every
 * refused login (21 CFR 11.10(d), (e), (g), 11.30, 11.300(d)). The service makes the host key, so that it stands in no
 * plan and no state. Paid by the hour, used or not. The deploy role needs the rights of log delivery
 * (logs:CreateLogDelivery, logs:PutResourcePolicy) for the structured log.
 *
 * @throws GATEWAY_INVALID, NAME_INVALID, ADMINISTRATOR_MISSING, HANDLER_NOT_BUILT
 * @see Transfer Family user guide, "Create a server in a virtual private cloud", "CloudWatch logging"
 */
export class SftpGateway extends Construct {
  readonly server: TransferServer;
  readonly endpoint: SftpEndpoint;
  readonly logGroup: CloudwatchLogGroup;
  /** Literal name of the server's log group. */
  readonly logGroupName: string;
  readonly login: LoginFunction;
  /** Role of each vendor's sessions, by vendor id. */
  readonly vendorRoles: ReadonlyMap<string, RuntimeRole>;
  private readonly tags: Record<string, string>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SftpGatewayProps,
  ) {
    super(scope, id);
    const { env, identity, namePrefix, inbox, directory, identityProvider } = props;
    this.check();
    this.tags = gxpTags(identity, "not a record");
    this.endpoint = new SftpEndpoint(this, "Endpoint", { ...props, vendors: directory.vendors, tags: this.tags });
    const log = new ServerLog(this, "Log", { ...props, tags: this.tags });
    this.logGroup = log.logGroup;
    this.logGroupName = log.logGroupName;
    this.login = identityProvider.bind(this, {
      env,
      identity,
      namePrefix,
      administratorArns: props.administratorArns,
      boundary: props.boundary,
      inbox,
      keysArn: this.keysArn,
      vendorRoleArnPrefix: this.roleArnPrefix,
    });
    this.server = this.transferServer(log);
    new LambdaPermission(this, "MayAskIdentity", {
      statementId: "TransferServerAsks",
      action: "lambda:InvokeFunction",
      functionName: this.login.function.functionName,
      principal: "transfer.amazonaws.com",
      sourceArn: this.server.arn,
      sourceAccount: env.accountId,
    });
    this.vendorRoles = new Map(directory.vendors.map((vendor) => [vendor.id, this.roleOf(vendor)]));
    new GatewayAlarms(this, "Alarms", {
      serverId: this.server.id,
      namePrefix,
      serverLog: this.logGroup,
      login: this.login,
      topic: props.alertTopic,
      tags: this.tags,
    });
    this.name();
    new TerraformOutput(this, "HostKeyFingerprint", {
      description: "Fingerprint of the server's host key, for vendors to compare at their first login",
      value: this.server.hostKeyFingerprint,
    });
  }

  private get roleNamePrefix(): string {
    return `${this.props.namePrefix}-vendor-`;
  }

  private get roleArnPrefix(): string {
    return new Arns(this.props.env).role(this.roleNamePrefix);
  }

  private get keysArn(): string {
    const { partition, region, accountId } = this.props.env;
    return `arn:${partition}:kms:${region}:${accountId}:key/*`;
  }

  private check(): void {
    const { subnetIds, securityPolicy, bannerBeforeLogin = "", bannerAfterLogin = "" } = this.props;
    if (subnetIds.length < 2) this.refuse("subnets in at least two zones", `${subnetIds.length}`);
    if (securityPolicy !== undefined && !securityPolicies.includes(securityPolicy)) {
      this.refuse(`one of ${securityPolicies.join(", ")}`, securityPolicy);
    }
    const longest = Math.max(bannerBeforeLogin.length, bannerAfterLogin.length);
    if (longest > 4096) this.refuse("banners of at most 4096 characters", `${longest}`);
    for (const { id, studies } of this.props.directory.vendors) {
      const { env, inbox } = this.props;
      const { Policy } = sessionOf(
        id,
        studies.map((study) => study.id),
        {
          bucketArn: inbox.arn,
          keyArn: this.keysArn,
          region: env.region,
          roleArnPrefix: this.roleArnPrefix,
        },
      );
      if (Policy.length > MAX_SESSION_POLICY_CHARACTERS) {
        this.refuse(
          `studies whose session policy has at most ${MAX_SESSION_POLICY_CHARACTERS} characters`,
          `${Policy.length} characters for the ${studies.length} studies of ${id}`,
        );
      }
    }
  }

  private refuse(expected: string, got: string): never {
    const parts = {
      what: "SFTP gateway not usable",
      where: this.node.path,
      expected,
      got,
      todo: "correct the settings",
    };
    throw new ModuleError("GATEWAY_INVALID", parts);
  }

  private transferServer(log: ServerLog): TransferServer {
    const { props } = this;
    return new TransferServer(this, "Resource", {
      domain: "S3",
      endpointType: "VPC",
      endpointDetails: {
        vpcId: props.vpcId,
        subnetIds: [...props.subnetIds],
        addressAllocationIds: this.endpoint.addresses.map(({ allocationId }) => allocationId),
        securityGroupIds: [this.endpoint.securityGroup.id],
      },
      protocols: ["SFTP"],
      // Many clients set times and modes after an upload, and would call it failed where that is refused.
      protocolDetails: { setStatOption: "ENABLE_NO_OP" },
      securityPolicyName: props.securityPolicy ?? "TransferSecurityPolicy-2025-03",
      identityProviderType: "AWS_LAMBDA",
      function: this.login.function.arn,
      sftpAuthenticationMethods: props.identityProvider.methods,
      structuredLogDestinations: [`${this.logGroup.arn}:*`],
      loggingRole: log.role.role.arn,
      preAuthenticationLoginBanner: props.bannerBeforeLogin && literal(props.bannerBeforeLogin),
      postAuthenticationLoginBanner: props.bannerAfterLogin && literal(props.bannerAfterLogin),
      forceDestroy: false,
      tags: this.tags,
      dependsOn: log.role.policies,
      lifecycle: { preventDestroy: props.identity.environment === "production" },
    });
  }

  private roleOf(vendor: Vendor): RuntimeRole {
    const { env, inbox, boundary } = this.props;
    const { roleNamePrefix, tags } = this;
    return vendorRole(this, { env, roleNamePrefix, vendor, inbox, boundary, tags });
  }

  /** Transfer shows the name of its own in a tag (user guide, "Working with custom hostnames"). */
  private name(): void {
    const { hostname } = this.props;
    if (!hostname) return;
    new Route53Record(this, "Hostname", {
      zoneId: hostname.zoneId,
      name: hostname.name,
      type: "CNAME",
      ttl: 300,
      records: [this.server.endpoint],
    });
    new TransferTag(this, "HostnameTag", {
      resourceArn: this.server.arn,
      key: "aws:transfer:customHostname",
      value: hostname.name,
    });
  }
}

/** A text that Terraform takes as it is, with whatever `${` and `%{` stand in it. */
function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
