// SPDX-License-Identifier: Apache-2.0
import { markedAt } from "./attribute-path";
import type { Draft } from "./draft";
import { isObject } from "./json-object";
import type { Change } from "./plan-document";
import { principal, type RawStatement } from "./policy-document";

/** Argument -> the condition that Lambda writes for it. Source: AWS Lambda API reference, AddPermission. */
const CONDITIONS = [
  ["source_arn", "ArnLike", "aws:sourcearn"],
  ["source_account", "StringEquals", "aws:sourceaccount"],
  ["principal_org_id", "StringEquals", "aws:principalorgid"],
  ["event_source_token", "StringEquals", "lambda:eventsourcetoken"],
  ["function_url_auth_type", "StringEquals", "lambda:functionurlauthtype"],
] as const;

/** The statement that an `aws_lambda_permission` adds to the policy of its function. */
export function lambdaPermission(draft: Draft, change: Change): RawStatement {
  const values = isObject(change.after) ? change.after : {};
  const unknown = (argument: string) => markedAt(change.after_unknown, [argument]);
  const secret = (argument: string) => markedAt(change.after_sensitive, [argument]);
  const read = (argument: string): string | null => {
    const value = values[argument];
    return typeof value === "string" && value !== "" && !secret(argument) ? value : null;
  };
  const written = draft.expressions ?? {};
  const conditions = CONDITIONS.flatMap(([argument, operator, key]) => {
    const value = read(argument);
    const pending = value === null && Object.hasOwn(written, argument) && (unknown(argument) || secret(argument));
    return value !== null || pending ? [{ operator, key, values: value === null ? [] : [value] }] : [];
  });
  const who = read("principal");
  const action = read("action");
  return {
    sid: read("statement_id"),
    effect: "Allow",
    principals: who === null ? [] : [principal(principalType(who), who)],
    notPrincipals: [],
    actions: action === null ? [] : [action.toLowerCase()],
    notActions: [],
    resources: [],
    notResources: [],
    conditions,
    partial: who === null || action === null || conditions.some((condition) => condition.values.length === 0),
  };
}

function principalType(value: string): string {
  return value.endsWith(".amazonaws.com") || value.endsWith(".amazonaws.com.cn") ? "Service" : "AWS";
}
