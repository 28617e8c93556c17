// SPDX-License-Identifier: Apache-2.0
import { isObject, type JsonObject } from "../facts/json-object";
import { canonicalJson, parseStrict } from "../json";

/** Attributes whose text is JSON (an IAM policy, or JSON of another meaning), or a function by its name or ARN. */
const TEXTS: Readonly<Record<string, Readonly<Record<string, "policy" | "json" | "function">>>> = {
  aws_cloudwatch_event_rule: { event_pattern: "json" },
  aws_cloudwatch_event_target: { input: "json" },
  aws_cloudwatch_dashboard: { dashboard_body: "json" },
  aws_dynamodb_table_item: { item: "json" },
  aws_cloudwatch_log_resource_policy: { policy_document: "policy" },
  aws_iam_policy: { policy: "policy" },
  aws_iam_role: { assume_role_policy: "policy", "inline_policy.policy": "policy" },
  aws_iam_role_policy: { policy: "policy" },
  aws_kms_key: { policy: "policy" },
  aws_kms_key_policy: { policy: "policy" },
  aws_lambda_event_source_mapping: { function_name: "function", "filter_criteria.filter.pattern": "json" },
  aws_s3_bucket: { policy: "policy" },
  aws_s3_bucket_policy: { policy: "policy" },
  aws_secretsmanager_secret_policy: { policy: "policy" },
  aws_sns_topic: { policy: "policy", delivery_policy: "json" },
  aws_sns_topic_policy: { policy: "policy" },
  aws_sns_topic_subscription: { filter_policy: "json", redrive_policy: "json" },
  aws_sqs_queue: { policy: "policy", redrive_policy: "json", redrive_allow_policy: "json" },
  aws_sqs_queue_policy: { policy: "policy" },
  aws_sqs_queue_redrive_policy: { redrive_policy: "json" },
  aws_vpc_endpoint: { policy: "policy" },
  aws_vpc_endpoint_policy: { policy: "policy" },
};

/** Value of a text attribute as it is compared; text that is not the JSON it should be stays text and equals nothing else. */
export function textForm(type: string, path: string, text: string): unknown {
  const form = TEXTS[type]?.[path];
  if (!form) return text;
  if (form === "function") return functionName(text);
  let value: unknown;
  try {
    value = parseStrict(Buffer.from(text), `${type}.${path}`);
  } catch {
    return text;
  }
  return form === "policy" ? policyForm(value) : value;
}

/** Name of a function, with its qualifier: a mapping's is of the mapping's own account and region (Lambda API, CreateEventSourceMapping). */
function functionName(text: string): string {
  return text.replace(/^(?:arn:[\w-]+:lambda:[\w-]+:)?\d{12}:function:/, "");
}

/**
 * IAM policy in one form for all that mean the same: statements, actions, resources, principals and condition values
 * are sets, a single value is a set of one, actions and condition keys do not heed case, an account and its root
 * ARN are one principal (IAM user guide, "Grammar of the IAM JSON policy language", "IAM JSON policy elements: Principal").
 */
export function policyForm(policy: unknown): unknown {
  if (!isObject(policy)) return policy;
  const statements = list(policy.Statement).map(statementForm);
  return { ...policy, Statement: sorted(statements) };
}

function statementForm(statement: unknown): unknown {
  if (!isObject(statement)) return statement;
  const form: Record<string, unknown> = {};
  for (const [element, value] of Object.entries(statement)) {
    if (element === "Action" || element === "NotAction") form[element] = sorted(list(value).map(lower));
    else if (element === "Resource" || element === "NotResource") form[element] = sorted(list(value));
    else if (element === "Principal" || element === "NotPrincipal") form[element] = principalForm(value);
    else if (element === "Condition") form[element] = conditionForm(value);
    else form[element] = value;
  }
  return form;
}

function principalForm(principal: unknown): unknown {
  if (!isObject(principal)) return principal === "*" ? { AWS: ["*"] } : principal;
  const entries = Object.entries(principal).map(([kind, values]) => [
    kind,
    sorted(list(values).map((value) => (kind === "AWS" ? accountNumber(value) : value))),
  ]);
  return Object.fromEntries(entries);
}

/** An account named by its root ARN, of whatever partition, as its number. */
function accountNumber(value: unknown): unknown {
  const root = typeof value === "string" ? /^arn:[\w-]+:iam::(\d{12}):root$/.exec(value) : null;
  return root ? root[1] : value;
}

function conditionForm(condition: unknown): unknown {
  if (!isObject(condition)) return condition;
  return mapValues(condition, (keys) => {
    if (!isObject(keys)) return keys;
    const entries = Object.entries(keys).map(([key, values]) => [key.toLowerCase(), sorted(list(values).map(String))]);
    return Object.fromEntries(entries);
  });
}

function mapValues(object: JsonObject, form: (value: unknown) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, form(value)]));
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function lower(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}

/** A set in canonical order, each member once. */
function sorted(values: readonly unknown[]): unknown[] {
  const byText = new Map(values.map((value) => [canonicalJson(value), value]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value);
}
