// SPDX-License-Identifier: Apache-2.0
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { EncryptionKey, logsEncrypt } from "../encryption-key";
import { RuntimeRole, type RuntimeRoleProps } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";

interface ServerLogProps {
  readonly env: AwsEnvironment;
  readonly identity: SystemIdentity;
  readonly namePrefix: string;
  readonly administratorArns: readonly string[];
  readonly boundary?: RuntimeRoleProps["boundary"];
  /** Days, one of CloudWatch Logs' own steps. */
  readonly logGroupDays?: number;
  readonly tags: Record<string, string>;
}

/** Where the server writes who came, from where, with which key, and what was put: an encrypted log group, and the role to write it. */
export class ServerLog extends Construct {
  readonly logGroup: CloudwatchLogGroup;
  readonly logGroupName: string;
  readonly role: RuntimeRole;

  constructor(scope: Construct, id: string, props: ServerLogProps) {
    super(scope, id);
    const { env, identity, namePrefix } = props;
    const production = identity.environment === "production";
    const days = props.logGroupDays ?? 3653;
    const name = `/part11/${namePrefix}/sftp`;
    this.logGroupName = name;
    const arn = new Arns(env).logGroup(name);
    const tags = gxpTags(identity, `${days} days`);
    const key = new EncryptionKey(this, "Key", {
      env,
      environment: identity.environment,
      alias: `${namePrefix}-sftp-logs`,
      administratorArns: props.administratorArns,
      serviceStatements: [logsEncrypt(env, arn)],
      tags,
    });
    this.logGroup = new CloudwatchLogGroup(this, "Group", {
      name,
      retentionInDays: days,
      kmsKeyId: key.arn,
      skipDestroy: production,
      tags,
      lifecycle: { preventDestroy: production },
    });
    this.role = new RuntimeRole(this, "Role", {
      env,
      roleName: `${namePrefix}-sftp-logs`,
      trust: {
        service: "transfer.amazonaws.com",
        sourceArn: `arn:${env.partition}:transfer:${env.region}:${env.accountId}:server/*`,
      },
      boundary: props.boundary,
      tags: props.tags,
    });
    this.role.grant("log", [
      {
        Sid: "Log",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${arn}:*`,
      },
    ]);
  }
}
