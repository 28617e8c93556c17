// SPDX-License-Identifier: Apache-2.0

const PIPELINE = "installed by the pipeline constructs, which this release does not have";
const LARGE_FILES =
  "installed only where the settings name an image for large files, which no example of this project does";
const SIGNATURES = "installed by the signature constructs, which this release does not have";
const FORBIDDEN = "its presence is itself a finding of the gate: no stack that passes installs one";
const NO_TARGET = "no target of this release can make one, so that a reader could not be tried";
const FOREIGN = "judged where a user's stack holds it; no construct of this project makes one";

/**
 * Controlled resource types that IQ cannot read back, and why. A stack that holds one is not qualified: its step is
 * BLOCKED.
 */
export const TYPES_WITHOUT_READER: Readonly<Record<string, string>> = {
  aws_batch_job_definition: PIPELINE,
  aws_cognito_managed_user_pool_client: SIGNATURES,
  aws_cognito_risk_configuration: SIGNATURES,
  aws_cognito_user_pool: SIGNATURES,
  aws_cognito_user_pool_client: SIGNATURES,
  aws_datasync_location_s3: NO_TARGET,
  aws_datasync_task: NO_TARGET,
  aws_default_subnet: FOREIGN,
  aws_dynamodb_resource_policy: FOREIGN,
  aws_ec2_managed_prefix_list: FOREIGN,
  aws_ec2_managed_prefix_list_entry: FOREIGN,
  aws_ecr_repository: PIPELINE,
  aws_ecs_service: LARGE_FILES,
  aws_ecs_task_definition: LARGE_FILES,
  aws_iam_access_key: FORBIDDEN,
  aws_iam_group_policy: FOREIGN,
  aws_iam_group_policy_attachment: FOREIGN,
  aws_iam_openid_connect_provider: FOREIGN,
  aws_iam_policy_attachment: FOREIGN,
  aws_iam_user: FORBIDDEN,
  aws_iam_user_login_profile: FORBIDDEN,
  aws_iam_user_policy: FORBIDDEN,
  aws_iam_user_policy_attachment: FORBIDDEN,
  aws_kms_external_key: FOREIGN,
  aws_kms_grant: FOREIGN,
  aws_kms_replica_key: FOREIGN,
  aws_lambda_function_url: FOREIGN,
  aws_lambda_layer_version: PIPELINE,
  aws_main_route_table_association: FOREIGN,
  aws_mwaa_environment: PIPELINE,
  aws_s3_bucket_acl: FORBIDDEN,
  aws_s3_bucket_object: FOREIGN,
  aws_s3_object: FOREIGN,
  aws_s3_object_copy: FOREIGN,
  aws_secretsmanager_secret_version: FOREIGN,
  aws_security_group_rule: FOREIGN,
  aws_sfn_state_machine: PIPELINE,
  aws_transfer_access: FOREIGN,
  aws_transfer_connector: FOREIGN,
  aws_transfer_ssh_key: FOREIGN,
  aws_transfer_user: FOREIGN,
};
