// SPDX-License-Identifier: Apache-2.0
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { allPages, identity, type LiveReader, tagsOf, unless } from "./reader";

const NONE = "NoSuchEntityException";
/** IAM gives policy documents URL-encoded (IAM API, GetRole: RFC 3986). */
const document = (text: string | undefined): string | undefined => text && decodeURIComponent(text);

const role: LiveReader = {
  calls: ["iam:GetRole", "iam:ListRolePolicies", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies"],
  reads: [
    "name",
    "path",
    "description",
    "assume_role_policy",
    "max_session_duration",
    "permissions_boundary",
    "inline_policy.name",
    "inline_policy.policy",
    "managed_policy_arns",
    "tags",
    "tags_all",
  ],
  async read(resource, { iam }) {
    const found = await unless(iam.send(new GetRoleCommand({ RoleName: identity(resource, "name") })), NONE);
    if (!found?.Role?.RoleName) return undefined;
    const { RoleName, Path, Description, AssumeRolePolicyDocument, MaxSessionDuration, PermissionsBoundary, Tags } =
      found.Role;
    return {
      name: RoleName,
      path: Path,
      description: Description,
      assume_role_policy: document(AssumeRolePolicyDocument),
      max_session_duration: MaxSessionDuration,
      permissions_boundary: PermissionsBoundary?.PermissionsBoundaryArn,
      inline_policy: await inlinePolicies(iam, found.Role.RoleName),
      managed_policy_arns: await attachedPolicies(iam, found.Role.RoleName),
      ...tagsOf(Tags),
    };
  },
};

async function inlinePolicies(
  iam: IAMClient,
  RoleName: string,
): Promise<{ name: string; policy: string | undefined }[]> {
  const names = await allPages(async (Marker) => {
    const page = await iam.send(new ListRolePoliciesCommand({ RoleName, Marker }));
    return { items: page.PolicyNames ?? [], next: page.IsTruncated ? page.Marker : undefined };
  });
  const policies = [];
  for (const name of names) {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: name }));
    policies.push({ name, policy: document(PolicyDocument) });
  }
  return policies;
}

async function attachedPolicies(iam: IAMClient, RoleName: string): Promise<string[]> {
  const attached = await allPages(async (Marker) => {
    const page = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker }));
    return { items: page.AttachedPolicies ?? [], next: page.IsTruncated ? page.Marker : undefined };
  });
  return attached.map(({ PolicyArn = "" }) => PolicyArn);
}

const attachment: LiveReader = {
  calls: ["iam:ListAttachedRolePolicies"],
  reads: ["role", "policy_arn"],
  async read(resource, { iam }) {
    const [role, policy_arn] = [identity(resource, "role"), identity(resource, "policy_arn")];
    const attached = await unless(attachedPolicies(iam, role), NONE);
    return attached?.includes(policy_arn) ? { role, policy_arn } : undefined;
  },
};

const rolePolicy: LiveReader = {
  calls: ["iam:GetRolePolicy"],
  reads: ["name", "role", "policy"],
  async read(resource, { iam }) {
    const [RoleName, PolicyName] = [identity(resource, "role"), identity(resource, "name")];
    const found = await unless(iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })), NONE);
    return found && { name: found.PolicyName, role: found.RoleName, policy: document(found.PolicyDocument) };
  },
};

const policy: LiveReader = {
  calls: ["iam:GetPolicy", "iam:GetPolicyVersion"],
  reads: ["name", "path", "description", "policy", "tags", "tags_all"],
  async read(resource, { iam }) {
    const PolicyArn = identity(resource, "arn");
    const found = await unless(iam.send(new GetPolicyCommand({ PolicyArn })), NONE);
    if (!found?.Policy) return undefined;
    const { PolicyName, Path, Description, DefaultVersionId, Tags } = found.Policy;
    const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: DefaultVersionId }));
    return {
      name: PolicyName,
      path: Path,
      description: Description,
      policy: document(version.PolicyVersion?.Document),
      ...tagsOf(Tags),
    };
  },
};

export const IAM_READERS = {
  aws_iam_role: role,
  aws_iam_role_policy: rolePolicy,
  aws_iam_role_policy_attachment: attachment,
  aws_iam_policy: policy,
} as const;
