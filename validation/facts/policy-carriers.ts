// SPDX-License-Identifier: Apache-2.0
import type { PolicyUse } from "./facts";

/** An attribute that holds the text of a policy. */
export interface Carrier {
  /** Dotted, without indexes. */
  readonly attribute: string;
  readonly use: PolicyUse;
  /** Argument that names what is governed or who is meant; null = the carrier itself. */
  readonly subject: string | null;
}

const own = (attribute: string, use: PolicyUse = "resource"): Carrier => ({ attribute, use, subject: null });
const on = (subject: string, attribute = "policy", use: PolicyUse = "resource"): Carrier => ({
  attribute,
  use,
  subject,
});

/** Every policy-bearing attribute of hashicorp/aws that the facts know, by type. Source: provider docs 5.100. */
export const CARRIERS: ReadonlyMap<string, readonly Carrier[]> = new Map([
  ["aws_s3_bucket", [own("policy")]],
  ["aws_s3_bucket_policy", [on("bucket")]],
  ["aws_s3_access_point", [own("policy")]],
  ["aws_s3control_access_point_policy", [on("access_point_arn")]],
  ["aws_s3control_bucket_policy", [on("bucket")]],
  ["aws_s3control_multi_region_access_point_policy", [own("details.policy")]],
  ["aws_s3control_object_lambda_access_point_policy", [on("name")]],
  ["aws_kms_key", [own("policy")]],
  ["aws_kms_external_key", [own("policy")]],
  ["aws_kms_replica_key", [own("policy")]],
  ["aws_kms_key_policy", [on("key_id")]],
  ["aws_sns_topic", [own("policy")]],
  ["aws_sns_topic_policy", [on("arn")]],
  ["aws_sqs_queue", [own("policy")]],
  ["aws_sqs_queue_policy", [on("queue_url")]],
  ["aws_iam_role", [own("assume_role_policy", "trust"), own("inline_policy.policy", "identity")]],
  ["aws_iam_role_policy", [on("role", "policy", "identity")]],
  ["aws_iam_user_policy", [on("user", "policy", "identity")]],
  ["aws_iam_group_policy", [on("group", "policy", "identity")]],
  ["aws_transfer_user", [own("policy", "session")]],
  ["aws_transfer_access", [own("policy", "session")]],
  ["aws_vpc_endpoint", [own("policy", "endpoint")]],
  ["aws_vpc_endpoint_policy", [on("vpc_endpoint_id", "policy", "endpoint")]],
  ["aws_secretsmanager_secret", [own("policy")]],
  ["aws_secretsmanager_secret_policy", [on("secret_arn")]],
  ["aws_ecr_repository_policy", [on("repository")]],
  ["aws_ecr_registry_policy", [own("policy")]],
  ["aws_dynamodb_resource_policy", [on("resource_arn")]],
  ["aws_kinesis_resource_policy", [on("resource_arn")]],
  ["aws_glue_resource_policy", [own("policy")]],
  ["aws_cloudwatch_log_resource_policy", [own("policy_document")]],
  ["aws_cloudwatch_log_destination_policy", [on("destination_name", "access_policy")]],
  ["aws_cloudwatch_event_bus_policy", [on("event_bus_name")]],
  ["aws_backup_vault_policy", [on("backup_vault_name")]],
  ["aws_efs_file_system_policy", [on("file_system_id")]],
  ["aws_opensearch_domain", [own("access_policies")]],
  ["aws_opensearch_domain_policy", [on("domain_name", "access_policies")]],
  ["aws_api_gateway_rest_api", [own("policy")]],
  ["aws_api_gateway_rest_api_policy", [on("rest_api_id")]],
]);

/** Argument that hands a managed policy (by ARN) to roles, users or groups. */
export interface Attachment {
  readonly policy: string;
  readonly use: "identity" | "boundary";
  /** Arguments that name who gets it; empty = the resource itself. */
  readonly subjects: readonly string[];
}

const attach = (subjects: readonly string[], policy = "policy_arn"): Attachment => ({
  policy,
  use: "identity",
  subjects,
});
const boundary: Attachment = { policy: "permissions_boundary", use: "boundary", subjects: [] };

export const ATTACHMENTS: ReadonlyMap<string, readonly Attachment[]> = new Map([
  ["aws_iam_role", [attach([], "managed_policy_arns"), boundary]],
  ["aws_iam_user", [boundary]],
  ["aws_iam_role_policy_attachment", [attach(["role"])]],
  ["aws_iam_user_policy_attachment", [attach(["user"])]],
  ["aws_iam_group_policy_attachment", [attach(["group"])]],
  ["aws_iam_policy_attachment", [attach(["roles", "users", "groups"])]],
  ["aws_iam_role_policy_attachments_exclusive", [attach(["role_name"], "policy_arns")]],
  ["aws_iam_user_policy_attachments_exclusive", [attach(["user_name"], "policy_arns")]],
  ["aws_iam_group_policy_attachments_exclusive", [attach(["group_name"], "policy_arns")]],
]);
