// SPDX-License-Identifier: Apache-2.0
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { policyJson } from "../policy-document";

/**
 * The most that any role of the running system can ever do, whatever is attached to it later: handle objects and logs,
 * use keys. Administration of identities, trails, keys, locks and buckets is outside (21 CFR 11.10(d), (g)).
 * @see IAM user guide, "Permissions boundaries for IAM entities"
 */
export class PermissionsBoundary extends Construct {
  readonly policy: IamPolicy;
  /** Literal ARN. */
  readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    props: { env: AwsEnvironment; name: string; tags: Record<string, string> },
  ) {
    super(scope, id);
    this.arn = new Arns(props.env).policy(props.name);
    this.policy = new IamPolicy(this, "Resource", {
      name: props.name,
      description: "Upper limit of every runtime role",
      policy: policyJson([
        {
          Sid: "HandleObjectsAndLogs",
          Effect: "Allow",
          Action: [
            "kms:Decrypt",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "s3:AbortMultipartUpload",
            "s3:GetBucketLocation",
            "s3:GetBucketObjectLockConfiguration",
            "s3:GetBucketPolicy",
            "s3:GetBucketVersioning",
            "s3:GetEncryptionConfiguration",
            "s3:GetInventoryConfiguration",
            "s3:GetObject*",
            "s3:GetReplicationConfiguration",
            "s3:ListBucket",
            "s3:ListBucketVersions",
            "s3:PutObject",
            "s3:PutObjectLegalHold",
            "s3:ReplicateObject",
            "s3:ReplicateTags",
          ],
          Resource: "*",
        },
      ]),
      tags: props.tags,
    });
  }
}
