// SPDX-License-Identifier: Apache-2.0
import type { AwsEnvironment } from "../aws-environment";
import type { PolicyStatement } from "../policy-document";

/**
 * Lets CloudWatch Logs use a key for the log groups of an ARN, which may hold wildcards, and for no others.
 * @see CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS KMS", step 2
 */
export function logsEncrypt({ region }: AwsEnvironment, logGroupArn: string): PolicyStatement {
  return {
    Sid: "LogsEncrypt",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": logGroupArn } },
  };
}
