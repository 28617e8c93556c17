// SPDX-License-Identifier: Apache-2.0
import { DescribeSecretCommand, GetResourcePolicyCommand } from "@aws-sdk/client-secrets-manager";
import type { ServiceClients } from "./clients";
import { identity, type LiveReader, type LiveResource, tagsOf, unless } from "./reader";

const NONE = "ResourceNotFoundException";

/** A secret that is not deleted. No reader of this file asks for its value. */
async function secretOf(resource: LiveResource, attribute: string, { secrets }: ServiceClients) {
  const command = new DescribeSecretCommand({ SecretId: identity(resource, attribute) });
  const found = await unless(secrets.send(command), NONE);
  return found?.DeletedDate ? undefined : found;
}

const secret: LiveReader = {
  calls: ["secretsmanager:DescribeSecret"],
  reads: ["name", "description", "kms_key_id", "replica.region", "replica.kms_key_id", "tags", "tags_all"],
  async read(resource, clients) {
    const found = await secretOf(resource, "id", clients);
    if (!found) return undefined;
    return {
      name: found.Name,
      description: found.Description,
      kms_key_id: found.KmsKeyId,
      replica: found.ReplicationStatus?.map(({ Region, KmsKeyId }) => ({ region: Region, kms_key_id: KmsKeyId })),
      ...tagsOf(found.Tags),
    };
  },
};

const secretPolicy: LiveReader = {
  calls: ["secretsmanager:GetResourcePolicy"],
  reads: ["secret_arn", "policy"],
  async read(resource, { secrets }) {
    const command = new GetResourcePolicyCommand({ SecretId: identity(resource, "secret_arn") });
    const found = await unless(secrets.send(command), NONE);
    return found?.ResourcePolicy ? { secret_arn: found.ARN, policy: found.ResourcePolicy } : undefined;
  },
};

const rotation: LiveReader = {
  calls: ["secretsmanager:DescribeSecret"],
  reads: [
    "secret_id",
    "rotation_lambda_arn",
    "rotation_rules.automatically_after_days",
    "rotation_rules.duration",
    "rotation_rules.schedule_expression",
  ],
  async read(resource, clients) {
    const found = await secretOf(resource, "secret_id", clients);
    if (!found?.RotationEnabled) return undefined;
    const { AutomaticallyAfterDays, Duration, ScheduleExpression } = found.RotationRules ?? {};
    return {
      secret_id: found.ARN,
      rotation_lambda_arn: found.RotationLambdaARN,
      rotation_rules: {
        // with a schedule AWS works the days out by itself
        automatically_after_days: ScheduleExpression === undefined ? AutomaticallyAfterDays : undefined,
        duration: Duration,
        schedule_expression: ScheduleExpression,
      },
    };
  },
};

export const SECRET_READERS = {
  aws_secretsmanager_secret: secret,
  aws_secretsmanager_secret_policy: secretPolicy,
  aws_secretsmanager_secret_rotation: rotation,
} as const;
