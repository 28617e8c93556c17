// SPDX-License-Identifier: Apache-2.0
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment, type EnvironmentName } from "../aws-environment";
import { ModuleError } from "../errors";
import { type PolicyStatement, policyJson } from "../policy-document";

export interface EncryptionKeyProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the deployment is for: production refuses to be destroyed. */
  readonly environment: EnvironmentName;
  /** Alias without `alias/`; also the description. */
  readonly alias: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Grants to AWS services that use the key. @default - none */
  readonly serviceStatements?: readonly PolicyStatement[];
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
  /** Provider of another region. @default - the stack's default provider */
  readonly provider?: TerraformProvider;
}

/**
 * Customer managed KMS key: rotated yearly, 30 days of waiting before deletion (the longest KMS offers, 7-30), an
 * explicit policy. Losing the key destroys the records it encrypts, so key deletion belongs to 21 CFR 11.10(c).
 * @throws ADMINISTRATOR_MISSING without administrators: KMS would fall back to the account root alone.
 * @see AWS KMS developer guide, "Deleting keys", "Key policies"
 */
export class EncryptionKey extends Construct {
  /** The aws_kms_key, for `addOverride`. */
  readonly key: KmsKey;
  /** Token: known after apply. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    if (props.administratorArns.length === 0) {
      throw new ModuleError("ADMINISTRATOR_MISSING", {
        what: "key without an administrator",
        where: this.node.path,
        expected: "at least one role ARN",
        got: "none",
        todo: "name the deploy role in administratorArns",
      });
    }
    this.key = new KmsKey(this, "Resource", {
      description: props.alias,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      isEnabled: true,
      policy: policyJson([...administration(props), ...(props.serviceStatements ?? [])]),
      tags: props.tags,
      provider: props.provider,
      lifecycle: { preventDestroy: props.environment === "production" },
    });
    this.arn = this.key.arn;
    new KmsAlias(this, "Alias", {
      name: `alias/${props.alias}`,
      targetKeyId: this.key.keyId,
      provider: props.provider,
    });
  }
}

/** The root statement lets IAM policies of this account grant use; administration itself is given by name. */
function administration(props: EncryptionKeyProps): PolicyStatement[] {
  return [
    {
      Sid: "AccountPoliciesGrantUse",
      Effect: "Allow",
      Principal: { AWS: new Arns(props.env).accountRoot() },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "Administration",
      Effect: "Allow",
      Principal: { AWS: props.administratorArns },
      Action: [
        "kms:DescribeKey",
        "kms:EnableKeyRotation",
        "kms:GetKeyPolicy",
        "kms:GetKeyRotationStatus",
        "kms:ListResourceTags",
        "kms:PutKeyPolicy",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateKeyDescription",
      ],
      Resource: "*",
    },
  ];
}
