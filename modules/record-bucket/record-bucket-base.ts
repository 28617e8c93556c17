// SPDX-License-Identifier: Apache-2.0
import type { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { type PolicyStatement, policyJson } from "../policy-document";
import type { RuntimeRole } from "../runtime-role";
import { grantInspection } from "./inspection";
import { checkPrefix } from "./prefix";

/** What can be granted on a record bucket, made here or elsewhere. */
export abstract class RecordBucketBase extends Construct {
  abstract readonly bucketName: string;
  /** Literal ARN. */
  abstract readonly arn: string;
  abstract readonly keyArn: string;
  protected abstract readonly region: string;
  private readonly writers = new Map<RuntimeRole, { readonly prefixes: Set<string>; readonly policy: IamRolePolicy }>();

  /** Names this bucket in ids of other constructs: by its place in the stack, the same in every environment. */
  get label(): string {
    return this.node.path.split("/").slice(1).join("-");
  }

  /**
   * Lets `role` add objects below `prefix`, and nothing else: no read, no list, no delete (21 CFR 11.10(d), (g)).
   * Called again for the same role, it adds a prefix to the policy of the first call, since the inline policies of a
   * role share 10,240 characters (IAM user guide, "IAM and AWS STS quotas"); a prefix granted before changes nothing.
   * The key may only be used through S3; Decrypt is needed for multipart uploads (S3 user guide, "Protecting data with SSE-KMS").
   * @throws PREFIX_INVALID
   */
  grantWrite(role: RuntimeRole, prefix: string): void {
    checkPrefix(prefix, this.node.path);
    const earlier = this.writers.get(role);
    if (earlier) {
      earlier.prefixes.add(prefix);
      earlier.policy.policy = policyJson([this.write(earlier.prefixes)]);
      return;
    }
    const prefixes = new Set([prefix]);
    this.writers.set(role, { prefixes, policy: role.grant(`write-${this.label}`, [this.write(prefixes)]) });
    role.grant(`write-${this.label}-key`, [this.keyUse(["kms:GenerateDataKey", "kms:Decrypt"])]);
  }

  private write(prefixes: ReadonlySet<string>): PolicyStatement {
    const below = [...prefixes].map((prefix) => `${this.arn}/${prefix}*`);
    return {
      Sid: "Write",
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
      Resource: below.length === 1 ? below[0]! : below,
    };
  }

  /** Lets `role` read every version with its lock, and list; no change (21 CFR 11.10(b): copies for inspection). */
  grantInspect(role: RuntimeRole): void {
    grantInspection(role, [this]);
  }

  /** Lets `role` set and lift legal holds: the custodian's right alone (21 CFR 11.10(c)). */
  grantLegalHold(role: RuntimeRole): void {
    role.grant(`legal-hold-${this.label}`, [
      {
        Sid: "LegalHold",
        Effect: "Allow",
        Action: ["s3:GetObjectLegalHold", "s3:PutObjectLegalHold"],
        Resource: `${this.arn}/*`,
      },
      {
        Sid: "FindVersions",
        Effect: "Allow",
        Action: ["s3:ListBucket", "s3:ListBucketVersions"],
        Resource: this.arn,
      },
    ]);
  }

  /** Use of this bucket's key through S3 only, as a statement for an identity policy. */
  keyUse(actions: readonly string[]): PolicyStatement {
    return {
      Sid: "KeyThroughS3",
      Effect: "Allow",
      Action: actions,
      Resource: this.keyArn,
      Condition: { StringEquals: { "kms:ViaService": `s3.${this.region}.amazonaws.com` } },
    };
  }
}
