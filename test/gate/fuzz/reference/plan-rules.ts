// SPDX-License-Identifier: Apache-2.0
import { actionsOf, at, changes, known, type Planned, planned } from "./planned";
import type { Rules } from "./rules";

const IRREPLACEABLE = new Set([
  "aws_cloudtrail",
  "aws_dynamodb_table",
  "aws_kms_key",
  "aws_s3_bucket",
  "aws_s3_bucket_object_lock_configuration",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_versioning",
]);
/** Type of a policy for IAM identities -> attribute that holds its text. */
const IDENTITY_POLICIES = ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_group_policy", "aws_iam_user_policy"];

export const PLAN_RULES: Rules = {
  "META-01": (plan) => {
    const version = at(plan, ["format_version"]);
    const isWhole = at(plan, ["complete"]) === true && at(plan, ["errored"]) === false;
    return isWhole && typeof version === "string" && version.startsWith("1.") ? [] : ["plan"];
  },
  "META-03": (plan) =>
    changes(plan)
      .filter((entry) => entry.mode === "managed" && IRREPLACEABLE.has(String(entry.type)))
      .filter((entry) => actionsOf(entry).some((action) => action === "delete" || action === "forget"))
      .map((entry) => String(entry.address)),
  "META-10": (plan) => {
    const resources = at(plan, ["configuration", "root_module", "resources"]);
    return (Array.isArray(resources) ? resources : [])
      .filter((resource) => at(resource, ["provisioners", 0, "type"]) !== undefined)
      .map((resource) => String(at(resource, ["address"])));
  },
  "P11-10d-04": (plan) =>
    planned(plan, "aws_s3_bucket_policy")
      .filter((policy) => allows(policy).some((allow) => isEverybody(at(allow, ["Principal"])) && isPlain(allow)))
      .map(({ address }) => address),
  "P11-10d-15": (plan) =>
    IDENTITY_POLICIES.flatMap((type) => planned(plan, type))
      .filter((policy) => allows(policy).some((allow) => listOf(at(allow, ["Action"])).includes("*") && isPlain(allow)))
      .map(({ address }) => address),
  "P11-10d-16": (plan) =>
    ["aws_iam_user", "aws_iam_access_key", "aws_iam_user_login_profile"]
      .flatMap((type) => planned(plan, type))
      .map(({ address }) => address),
};

/** Allow statements of a policy that can be read. */
function allows(policy: Planned): readonly unknown[] {
  const text = known(policy, "policy");
  if (typeof text !== "string") return [];
  try {
    return listOf(at(JSON.parse(text), ["Statement"])).filter((statement) => at(statement, ["Effect"]) === "Allow");
  } catch {
    return [];
  }
}

function isEverybody(principal: unknown): boolean {
  return principal === "*" || listOf(at(principal, ["AWS"])).includes("*");
}

/** True when nothing restricts the statement. */
function isPlain(allow: unknown): boolean {
  return at(allow, ["Condition"]) === undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
