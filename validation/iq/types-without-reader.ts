// SPDX-License-Identifier: Apache-2.0

const PIPELINE = "installed by the pipeline and transfer constructs, which this release does not have";
const FORBIDDEN = "its presence is itself a finding of the gate: no stack that passes installs one";
const FOREIGN = "judged where a user's stack holds it; no construct of this project makes one";

/**
 * Controlled resource types that IQ cannot read back, and why no stack of this project needs it. A stack that holds
 * one is not qualified: its step is BLOCKED.
 */
export const TYPES_WITHOUT_READER: Readonly<Record<string, string>> = {
  aws_backup_vault: PIPELINE,
  aws_default_route_table: PIPELINE,
  aws_default_security_group: PIPELINE,
  aws_default_subnet: PIPELINE,
  aws_dynamodb_table: PIPELINE,
  aws_ec2_managed_prefix_list: PIPELINE,
  aws_ec2_managed_prefix_list_entry: PIPELINE,
  aws_flow_log: PIPELINE,
  aws_iam_access_key: FORBIDDEN,
  aws_iam_group_policy: FOREIGN,
  aws_iam_group_policy_attachment: FOREIGN,
  aws_iam_openid_connect_provider: FOREIGN,
  aws_iam_policy_attachment: FOREIGN,
  aws_iam_user: FORBIDDEN,
  aws_iam_user_login_profile: FORBIDDEN,
  aws_iam_user_policy: FORBIDDEN,
  aws_iam_user_policy_attachment: FORBIDDEN,
  aws_kms_replica_key: FOREIGN,
  aws_lambda_function: PIPELINE,
  aws_lambda_function_url: PIPELINE,
  aws_lambda_permission: PIPELINE,
  aws_main_route_table_association: PIPELINE,
  aws_mwaa_environment: PIPELINE,
  aws_route: PIPELINE,
  aws_route_table: PIPELINE,
  aws_route_table_association: PIPELINE,
  aws_s3_bucket_acl: FORBIDDEN,
  aws_secretsmanager_secret: FOREIGN,
  aws_secretsmanager_secret_policy: FOREIGN,
  aws_secretsmanager_secret_rotation: FOREIGN,
  aws_secretsmanager_secret_version: FOREIGN,
  aws_security_group: PIPELINE,
  aws_security_group_rule: PIPELINE,
  aws_subnet: PIPELINE,
  aws_transfer_access: PIPELINE,
  aws_transfer_connector: PIPELINE,
  aws_transfer_server: PIPELINE,
  aws_transfer_ssh_key: PIPELINE,
  aws_transfer_user: PIPELINE,
  aws_vpc: PIPELINE,
  aws_vpc_endpoint: PIPELINE,
  aws_vpc_endpoint_policy: PIPELINE,
  aws_vpc_security_group_egress_rule: PIPELINE,
  aws_vpc_security_group_ingress_rule: PIPELINE,
};
