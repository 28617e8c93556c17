// SPDX-License-Identifier: Apache-2.0
import type { Construct } from "constructs";
import type { AwsEnvironment } from "../aws-environment";
import type { RecordBucketBase } from "../record-bucket";
import { RuntimeRole, type RuntimeRoleProps } from "../runtime-role";
import { type Vendor, vendorFolders } from "../vendor-directory";

interface VendorRoleProps {
  readonly env: AwsEnvironment;
  /** Role name without the vendor's id. */
  readonly roleNamePrefix: string;
  readonly vendor: Vendor;
  readonly inbox: RecordBucketBase;
  readonly boundary?: RuntimeRoleProps["boundary"];
  readonly tags: Record<string, string>;
}

/**
 * The role of one vendor's sessions: uploads to the vendor's own folders, lists them, makes none, and nothing else (21 CFR 11.10(d)).
 * The session policy says the same again at each login, so that either alone keeps vendors apart.
 */
export function vendorRole(scope: Construct, props: VendorRoleProps): RuntimeRole {
  const { env, vendor, inbox } = props;
  const role = new RuntimeRole(scope, `Vendor-${vendor.id}`, {
    env,
    roleName: `${props.roleNamePrefix}${vendor.id}`,
    trust: {
      service: "transfer.amazonaws.com",
      // Transfer assumes it for a user, whose ARN names the server (user guide, "Create an IAM role and policy").
      sourceArn: `arn:${env.partition}:transfer:${env.region}:${env.accountId}:*`,
    },
    boundary: props.boundary,
    tags: { ...props.tags, Part11Role: "sender" },
  });
  const studies = vendor.studies.map(({ id }) => id);
  const prefixes = vendorFolders(vendor.id, studies).map(({ prefix }) => prefix);
  for (const prefix of prefixes) inbox.grantWrite(role, prefix);
  role.grant("refuse-folders", [
    // Transfer makes a folder by an empty object whose key ends so: locked, and nothing of a delivery (docs/decisions/0029).
    { Sid: "DenyFolders", Effect: "Deny", Action: "s3:PutObject", Resource: `${inbox.arn}/*/` },
  ]);
  role.grant("list-own-folders", [
    {
      Sid: "List",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: inbox.arn,
      Condition: { StringLike: { "s3:prefix": prefixes.map((prefix) => `${prefix}*`) } },
    },
  ]);
  return role;
}
