// SPDX-License-Identifier: Apache-2.0
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { ModuleError } from "../errors";
import { type PolicyStatement, policyJson } from "../policy-document";

/** Who may assume the role: an AWS service acting for this account, or named principals. */
export type Trust =
  | {
      readonly service: string;
      readonly sourceArn?: string;
      /** For a service that AWS documents to send neither source key when it assumes a role. @default false */
      readonly sendsNoSource?: boolean;
      readonly principalArns?: never;
    }
  | { readonly principalArns: readonly string[]; readonly service?: never }
  /** A statement as it is, for federated principals. */
  | { readonly statement: PolicyStatement };

export interface RuntimeRoleProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** Literal role name, 1-64 characters. */
  readonly roleName: string;
  /** Who may assume the role: each entry a statement of its own. */
  readonly trust: Trust | readonly Trust[];
  /** Literal ARN of the permissions boundary, and the resource that must exist first. @default - none */
  readonly boundary?: { readonly arn: string; readonly dependable: ITerraformDependable };
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/**
 * IAM role of the running system. Sessions last at most one hour; a service's trust carries aws:SourceAccount (and
 * SourceArn where given) against the confused deputy (IAM user guide, "The confused deputy problem").
 */
export class RuntimeRole extends Construct {
  readonly role: IamRole;
  readonly roleName: string;
  /** Literal ARN. */
  readonly arn: string;
  /** The inline policies, for resources that must wait until the role may do its work. */
  readonly policies: IamRolePolicy[] = [];

  constructor(scope: Construct, id: string, props: RuntimeRoleProps) {
    super(scope, id);
    if (!/^[\w+=,.@-]{1,64}$/.test(props.roleName)) {
      throw new ModuleError("NAME_INVALID", {
        what: "role name not usable",
        where: this.node.path,
        expected: "1-64 letters, digits or + = , . @ - _",
        got: JSON.stringify(props.roleName),
        todo: "shorten the name prefix",
      });
    }
    this.roleName = props.roleName;
    this.arn = new Arns(props.env).role(props.roleName);
    this.role = new IamRole(this, "Resource", {
      name: props.roleName,
      assumeRolePolicy: policyJson(trustStatements(props.trust, props.env)),
      maxSessionDuration: 3600,
      permissionsBoundary: props.boundary?.arn,
      tags: props.tags,
      dependsOn: props.boundary ? [props.boundary.dependable] : undefined,
    });
  }

  /** Attaches an inline policy. Statements with a key ARN go into a policy of their own, so that the rest stays known at plan time. */
  grant(name: string, statements: readonly PolicyStatement[]): IamRolePolicy {
    const policy = new IamRolePolicy(this, name, {
      name,
      role: this.role.name,
      policy: policyJson(statements),
    });
    this.policies.push(policy);
    return policy;
  }
}

function trustStatements(trust: Trust | readonly Trust[], env: AwsEnvironment): PolicyStatement[] {
  if (!isSeveral(trust)) return [trustStatement(trust, env)];
  return trust.map((one, index) => ({ ...trustStatement(one, env), Sid: `Trust${index}` }));
}

function isSeveral(trust: Trust | readonly Trust[]): trust is readonly Trust[] {
  return Array.isArray(trust);
}

function trustStatement(trust: Trust, env: AwsEnvironment): PolicyStatement {
  if ("statement" in trust) return trust.statement;
  if (trust.principalArns) {
    return { Sid: "Trust", Effect: "Allow", Principal: { AWS: trust.principalArns }, Action: "sts:AssumeRole" };
  }
  const statement = {
    Sid: "Trust",
    Effect: "Allow",
    Principal: { Service: trust.service },
    Action: "sts:AssumeRole",
  } as const;
  if (trust.sendsNoSource) return statement;
  return {
    ...statement,
    Condition: {
      StringEquals: { "aws:SourceAccount": env.accountId },
      ...(trust.sourceArn ? { ArnLike: { "aws:SourceArn": trust.sourceArn } } : {}),
    },
  };
}
