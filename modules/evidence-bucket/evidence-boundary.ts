// SPDX-License-Identifier: Apache-2.0
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { policyJson } from "../policy-document";

export interface EvidenceBoundaryProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** First part of the names of the buckets and log groups, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/**
 * The most that any role beside an evidence bucket can ever do, whatever is attached to it later: put, read and copy objects, set
 * legal holds, use keys, write the trail's log group. No deletion, no bypass and no administration is in it (21 CFR 11.10(d), (g)).
 * @see IAM user guide, "Permissions boundaries for IAM entities"
 */
export class EvidenceBoundary extends Construct {
  readonly policy: IamPolicy;
  /** Literal ARN. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { env, namePrefix, tags }: EvidenceBoundaryProps) {
    super(scope, id);
    const arns = new Arns(env);
    const name = `${namePrefix}-boundary`;
    const buckets = arns.bucket(`${namePrefix}-*-${env.accountId}`);
    this.arn = arns.policy(name);
    this.policy = new IamPolicy(this, "Resource", {
      name,
      description: "Upper limit of every role beside the evidence bucket",
      policy: policyJson([
        {
          Sid: "HandleObjects",
          Effect: "Allow",
          Action: [
            "s3:GetBucketLocation",
            "s3:GetBucketObjectLockConfiguration",
            "s3:GetBucketPolicy",
            "s3:GetBucketTagging",
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
          Resource: [buckets, `${buckets}/*`],
        },
        {
          Sid: "UseKeys",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
          // Ids of keys are AWS's own, and known too late for a policy that must be judged at plan time.
          Resource: arns.keysOfEveryRegion(),
        },
        {
          Sid: "WriteLogs",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: arns.logGroup(`/part11/${namePrefix}/*`),
        },
      ]),
      tags,
    });
  }
}
