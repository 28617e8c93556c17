// SPDX-License-Identifier: Apache-2.0
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import type { Principal } from "./principal";
import type { Range } from "./range";

/** A role with the trust and the inline policies of the writer's, and one right more. */
export async function copyOfWriter(range: Range, administrator: Principal, right: string) {
  const iam = administrator.iam();
  const writer = range.zone.writer(range.raw);
  const from = writer.roleArn.split("/").pop()!;
  const RoleName = `oq-${range.run}-${right.split(":")[1]}`;
  const { Role: original } = await iam.send(new GetRoleCommand({ RoleName: from }));
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: from }));
  const trust = decodeURIComponent(original!.AssumeRolePolicyDocument!);
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  const policies: Record<string, string> = {
    right: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: right, Resource: "*" }],
    }),
  };
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName: from, PolicyName }));
    policies[PolicyName] = decodeURIComponent(PolicyDocument!);
  }
  for (const [PolicyName, PolicyDocument] of Object.entries(policies))
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  return {
    arn: Role!.Arn!,
    assume: () =>
      range.assume("copy of the writer with the right", { roleArn: Role!.Arn!, trustedBy: writer.trustedBy }),
    remove: async () => {
      for (const PolicyName of Object.keys(policies))
        await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
      await iam.send(new DeleteRoleCommand({ RoleName }));
    },
  };
}
