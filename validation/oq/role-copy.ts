// SPDX-License-Identifier: Apache-2.0
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import type { Principal } from "./principal";
import type { Range } from "./range";
import type { RoleSubject } from "./stack-state";

/** A role with the trust and the inline policies of the writer's, and one right more. */
export function copyOfWriter(range: Range, administrator: Principal, right: string) {
  return copyOfRole(range, administrator, range.zone.writer(range.raw), right);
}

/** A role with the inline policies of another, trusted by `trustedBy`, and with one right more where one is named. */
export async function copyOfRole(range: Range, administrator: Principal, subject: RoleSubject, right?: string) {
  const iam = administrator.iam();
  const from = subject.roleArn.split("/").pop()!;
  const RoleName = `oq-${range.run}-${right === undefined ? "copy" : right.split(":")[1]}`;
  const trust = policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: subject.trustedBy } });
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: from }));
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  const policies: Record<string, string> =
    right === undefined ? {} : { right: policy({ Effect: "Allow", Action: right, Resource: "*" }) };
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName: from, PolicyName }));
    policies[PolicyName] = decodeURIComponent(PolicyDocument!);
  }
  for (const [PolicyName, PolicyDocument] of Object.entries(policies))
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  return {
    arn: Role!.Arn!,
    assume: () => range.assume(`copy of ${from}`, { roleArn: Role!.Arn!, trustedBy: subject.trustedBy }),
    remove: async () => {
      for (const PolicyName of Object.keys(policies))
        await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
      await iam.send(new DeleteRoleCommand({ RoleName }));
    },
  };
}

function policy(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
