// SPDX-License-Identifier: Apache-2.0
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import type { EncryptionKey } from "../encryption-key";
import { RuntimeRole, type RuntimeRoleProps } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";

export interface NetworkFlowLogProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name. */
  readonly namePrefix: string;
  /** Id of the VPC: a token. */
  readonly vpcId: string;
  /** Key of the log group; its policy lets CloudWatch Logs use it for `/part11/<namePrefix>/*`, as AuditTrail's does. */
  readonly logKey: EncryptionKey;
  /** Days that CloudWatch Logs keeps it, one of its own steps. */
  readonly keepDays: number;
  /** Permissions boundary of the role: the most that it can ever do. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
}

/**
 * Flow log of a whole VPC, accepted and refused traffic, each minute, into an encrypted log group: who tried to reach
 * the transfer server, before it ever spoke to them (21 CFR 11.10(e)).
 * @see VPC user guide, "Publish flow logs to CloudWatch Logs"
 */
export class NetworkFlowLog extends Construct {
  readonly logGroup: CloudwatchLogGroup;
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: NetworkFlowLogProps) {
    super(scope, id);
    const { env, identity, namePrefix } = props;
    const production = identity.environment === "production";
    const tags = gxpTags(identity, `${props.keepDays} days`);
    this.logGroupName = `/part11/${namePrefix}/flow`;
    this.logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      name: this.logGroupName,
      retentionInDays: props.keepDays,
      kmsKeyId: props.logKey.arn,
      skipDestroy: production,
      tags,
      lifecycle: { preventDestroy: production },
    });
    const role = new RuntimeRole(this, "Role", {
      env,
      roleName: `${namePrefix}-flow-log`,
      trust: { service: "vpc-flow-logs.amazonaws.com" },
      boundary: props.boundary,
      tags,
    });
    const group = new Arns(env).logGroup(this.logGroupName);
    role.grant("deliver", [
      {
        Sid: "Deliver",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [group, `${group}:*`],
      },
      // No resource can be named for this one (CloudWatch Logs, service authorization reference).
      { Sid: "FindGroup", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]);
    new FlowLog(this, "Resource", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      // By the group's name and not its ARN: known at plan time, and an edge to the group.
      logDestination: new Arns(env).logGroup(this.logGroup.name),
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags,
      dependsOn: [role.role, ...role.policies],
    });
  }
}
