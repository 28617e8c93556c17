// SPDX-License-Identifier: Apache-2.0
import type { PolicyStatement } from "../policy-document";
import type { Retention } from "../retention";

interface Protection {
  readonly arn: string;
  readonly retention: Retention;
  readonly administratorArns: readonly string[];
  readonly serviceDelivery: boolean;
}

/**
 * The refusals of a record bucket's policy. Encryption: a request that names a key is refused, so the bucket's default
 * key is the only one, and the policy stays literal (a key ARN would make it unknown at plan time). A request that
 * asks for other encryption is refused only where it asks at all: `StringNotEquals` alone also matches the absent
 * header, and would refuse service deliveries (S3 condition keys; IAM user guide, "Condition operators").
 */
export function protectionStatements(protection: Protection): PolicyStatement[] {
  const objects = `${protection.arn}/*`;
  const deny = (
    Sid: string,
    Action: readonly string[],
    Resource: string,
    Condition?: PolicyStatement["Condition"],
  ): PolicyStatement => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource,
    ...(Condition ? { Condition } : {}),
  });
  const named = { Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" } };
  const byPeople = { ...named, Bool: { "aws:PrincipalIsAWSService": "false" } };
  const statements = [
    deny("DenyNamedKey", ["s3:PutObject"], objects, protection.serviceDelivery ? byPeople : named),
    deny("DenyOtherEncryption", ["s3:PutObject"], objects, {
      StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
      Null: { "s3:x-amz-server-side-encryption": "false" },
    }),
    deny("DenyVersionDelete", ["s3:DeleteObjectVersion"], objects),
    deny("DenyBypass", ["s3:BypassGovernanceRetention"], objects),
    deny(
      "DenyWeakening",
      [
        "s3:DeleteBucket",
        "s3:DeleteBucketPolicy",
        "s3:PutBucketObjectLockConfiguration",
        "s3:PutBucketPolicy",
        "s3:PutBucketVersioning",
        "s3:PutLifecycleConfiguration",
        "s3:PutReplicationConfiguration",
      ],
      protection.arn,
      { ArnNotEquals: { "aws:PrincipalArn": protection.administratorArns } },
    ),
  ];
  if (protection.retention.mode === "NONE") return statements;
  return [
    ...statements,
    deny("DenyShortRetention", ["s3:PutObject", "s3:PutObjectRetention"], objects, {
      NumericLessThan: { "s3:object-lock-remaining-retention-days": String(protection.retention.days) },
    }),
  ];
}
