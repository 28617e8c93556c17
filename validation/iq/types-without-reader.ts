// SPDX-License-Identifier: Apache-2.0

const PIPELINE = "installed by the pipeline and transfer constructs, which this release does not have";
const ACCOUNT = "switched on once for an account and a region; no construct of this release makes one";
const SIGNATURES = "installed by the signature constructs, which this release does not have";
const FORBIDDEN = "its presence is itself a finding of the gate: no stack that passes installs one";
const FOREIGN = "judged where a user's stack holds it; no construct of this project makes one";

/**
 * Controlled resource types that IQ cannot read back, and why no stack of this project needs it. A stack that holds
 * one is not qualified: its step is BLOCKED.
 */
export const TYPES_WITHOUT_READER: Readonly<Record<string, string>> = {
  aws_backup_plan: FOREIGN,
  aws_backup_selection: FOREIGN,
  aws_backup_vault: PIPELINE,
  aws_backup_vault_lock_configuration: FOREIGN,
  aws_batch_job_definition: PIPELINE,
  aws_cognito_managed_user_pool_client: SIGNATURES,
  aws_cognito_risk_configuration: SIGNATURES,
  aws_cognito_user_pool: SIGNATURES,
  aws_cognito_user_pool_client: SIGNATURES,
  aws_config_configuration_recorder: PIPELINE,
  aws_config_configuration_recorder_status: PIPELINE,
  aws_dynamodb_resource_policy: FOREIGN,
  aws_dynamodb_table: PIPELINE,
  aws_ecr_repository: PIPELINE,
  aws_ecs_task_definition: PIPELINE,
  aws_guardduty_detector: ACCOUNT,
  aws_guardduty_detector_feature: ACCOUNT,
  aws_iam_access_key: FORBIDDEN,
  aws_iam_group_policy: FOREIGN,
  aws_iam_group_policy_attachment: FOREIGN,
  aws_iam_policy_attachment: FOREIGN,
  aws_iam_user: FORBIDDEN,
  aws_iam_user_login_profile: FORBIDDEN,
  aws_iam_user_policy: FORBIDDEN,
  aws_iam_user_policy_attachment: FORBIDDEN,
  aws_kms_grant: FOREIGN,
  aws_kms_replica_key: FOREIGN,
  aws_lambda_code_signing_config: PIPELINE,
  aws_lambda_event_source_mapping: PIPELINE,
  aws_lambda_function: PIPELINE,
  aws_lambda_function_event_invoke_config: PIPELINE,
  aws_lambda_function_url: FOREIGN,
  aws_lambda_permission: PIPELINE,
  aws_mwaa_environment: PIPELINE,
  aws_s3_bucket_acl: FORBIDDEN,
  aws_secretsmanager_secret: FOREIGN,
  aws_secretsmanager_secret_policy: FOREIGN,
  aws_secretsmanager_secret_version: FOREIGN,
  aws_securityhub_account: ACCOUNT,
  aws_sfn_state_machine: PIPELINE,
  aws_transfer_server: PIPELINE,
  aws_transfer_user: PIPELINE,
};
