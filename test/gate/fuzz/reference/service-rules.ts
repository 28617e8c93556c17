// SPDX-License-Identifier: Apache-2.0
import { at, isBlank, known, type Planned, planned } from "./planned";
import type { Rules } from "./rules";

const CLIENTS = ["aws_cognito_user_pool_client", "aws_cognito_managed_user_pool_client"];
const FLOWS: readonly unknown[] = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
const KEY_METHODS: readonly unknown[] = ["PUBLIC_KEY", "PUBLIC_KEY_AND_PASSWORD"];
const IDENTITY_PROVIDERS: readonly unknown[] = ["SERVICE_MANAGED", "AWS_LAMBDA", "API_GATEWAY"];
/** Security policies of Transfer that know SHA-1 or CBC. Source: Transfer Family user guide, Security policies. */
const OLD_CRYPTOGRAPHY: readonly unknown[] = [
  "TransferSecurityPolicy-2018-11",
  "TransferSecurityPolicy-2020-06",
  "TransferSecurityPolicy-2022-03",
  "TransferSecurityPolicy-FIPS-2020-06",
];

export const SERVICE_RULES: Rules = {
  "P11-10e-01": (plan) =>
    planned(plan, "aws_cloudtrail").some((trail) =>
      ["is_multi_region_trail", "enable_logging", "include_global_service_events"].every(
        (flag) => known(trail, flag) === true,
      ),
    )
      ? []
      : ["plan"],
  "P11-10e-02": (plan) => {
    const trails = planned(plan, "aws_cloudtrail");
    return trails.length === 0 ? ["plan"] : unequal(trails, "enable_log_file_validation", true);
  },
  "P11-30-03": (plan) => unequal(planned(plan, "aws_kms_key").filter(isSymmetric), "enable_key_rotation", true),
  "P11-30-05": (plan) =>
    planned(plan, "aws_transfer_server")
      .filter((server) => {
        const name = known(server, "security_policy_name");
        return (
          typeof name !== "string" || !name.startsWith("TransferSecurityPolicy-") || OLD_CRYPTOGRAPHY.includes(name)
        );
      })
      .map(({ address }) => address),
  "P11-10d-05": (plan) => unequal(planned(plan, "aws_transfer_server"), "endpoint_type", "VPC"),
  "P11-10d-07": (plan) =>
    planned(plan, "aws_transfer_server")
      .filter((server) => {
        const protocols = known(server, "protocols");
        return !Array.isArray(protocols) || protocols.length !== 1 || protocols[0] !== "SFTP";
      })
      .map(({ address }) => address),
  "P11-10d-08": (plan) =>
    planned(plan, "aws_transfer_server")
      .filter((server) => {
        const provider = known(server, "identity_provider_type");
        if (!IDENTITY_PROVIDERS.includes(provider)) return true;
        return provider !== "SERVICE_MANAGED" && !KEY_METHODS.includes(known(server, "sftp_authentication_methods"));
      })
      .map(({ address }) => address),
  "P11-200-01": (plan) => unequal(planned(plan, "aws_cognito_user_pool"), "mfa_configuration", "ON"),
  "P11-200-03": (plan) =>
    CLIENTS.flatMap((type) => planned(plan, type))
      .filter((client) => {
        const flows = known(client, "explicit_auth_flows");
        return !Array.isArray(flows) || flows.length === 0 || !flows.every((flow) => FLOWS.includes(flow));
      })
      .map(({ address }) => address),
  "P11-300-07": (plan) =>
    CLIENTS.flatMap((type) => unequal(planned(plan, type), "prevent_user_existence_errors", "ENABLED")),
  "P11-10a-05": (plan) => unequal(planned(plan, "aws_ecr_repository"), "image_tag_mutability", "IMMUTABLE"),
  "P11-10d-20": (plan) => unequal(planned(plan, "aws_mwaa_environment"), "webserver_access_mode", "PRIVATE_ONLY"),
  "P11-10c-15": (plan) =>
    ledgers(plan)
      .filter((table) => {
        const days = known(table, "point_in_time_recovery", 0, "recovery_period_in_days");
        return known(table, "point_in_time_recovery", 0, "enabled") !== true || typeof days !== "number" || days < 35;
      })
      .map(({ address }) => address),
  "P11-10c-16": (plan) =>
    ledgers(plan)
      .filter(
        (table) =>
          known(table, "deletion_protection_enabled") !== true || at(table.after, ["ttl", 0, "enabled"]) === true,
      )
      .map(({ address }) => address),
};

function ledgers(plan: unknown): readonly Planned[] {
  return planned(plan, "aws_dynamodb_table").filter((table) => known(table, "tags", "Part11Role") === "ledger");
}

/** Asymmetric keys cannot rotate. */
function isSymmetric(key: Planned): boolean {
  const written = (name: string) => at(key.after, [name]);
  return (
    (isBlank(written("customer_master_key_spec")) || written("customer_master_key_spec") === "SYMMETRIC_DEFAULT") &&
    (isBlank(written("key_usage")) || written("key_usage") === "ENCRYPT_DECRYPT")
  );
}

function unequal(resources: readonly Planned[], attribute: string, value: unknown): readonly string[] {
  return resources.filter((resource) => known(resource, attribute) !== value).map(({ address }) => address);
}
