// SPDX-License-Identifier: Apache-2.0
import {
  GetEventSourceMappingCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
} from "@aws-sdk/client-lambda";
import { isObject, type JsonObject } from "../../facts/json-object";
import { parseStrict } from "../../json";
import { lambdaTags, NO_FUNCTION, unread } from "./lambda-function";
import { identity, type LiveReader, type LiveResource, unless } from "./reader";

/** States of a mapping that is on, or off; every other one is on its way to either (Lambda API, GetEventSourceMapping). */
const ON: Readonly<Record<string, boolean>> = { Enabled: true, Enabling: true, Disabled: false, Disabling: false };

const mapping: LiveReader = {
  calls: ["lambda:GetEventSourceMapping", "lambda:ListTags"],
  reads: [
    "event_source_arn",
    "function_name",
    "enabled",
    "batch_size",
    "maximum_batching_window_in_seconds",
    "function_response_types",
    "filter_criteria.filter.pattern",
    "destination_config.on_failure.destination_arn",
    "kms_key_arn",
    "scaling_config.maximum_concurrency",
    "starting_position",
    "bisect_batch_on_function_error",
    "maximum_record_age_in_seconds",
    "maximum_retry_attempts",
    "parallelization_factor",
    "tumbling_window_in_seconds",
    "tags",
    "tags_all",
  ],
  async read(resource, { lambda }) {
    const UUID = identity(resource, "uuid");
    const found = await unless(lambda.send(new GetEventSourceMappingCommand({ UUID })), NO_FUNCTION);
    if (!found) return undefined;
    if (found.FilterCriteriaError) throw unread(resource, found.FilterCriteriaError);
    return {
      event_source_arn: found.EventSourceArn,
      function_name: found.FunctionArn,
      enabled: ON[found.State ?? ""],
      batch_size: found.BatchSize,
      maximum_batching_window_in_seconds: found.MaximumBatchingWindowInSeconds,
      function_response_types: found.FunctionResponseTypes,
      filter_criteria: { filter: found.FilterCriteria?.Filters?.map(({ Pattern }) => ({ pattern: Pattern })) },
      destination_config: { on_failure: { destination_arn: found.DestinationConfig?.OnFailure?.Destination } },
      kms_key_arn: found.KMSKeyArn,
      scaling_config: { maximum_concurrency: found.ScalingConfig?.MaximumConcurrency },
      starting_position: found.StartingPosition,
      bisect_batch_on_function_error: found.BisectBatchOnFunctionError,
      maximum_record_age_in_seconds: found.MaximumRecordAgeInSeconds,
      maximum_retry_attempts: found.MaximumRetryAttempts,
      parallelization_factor: found.ParallelizationFactor,
      tumbling_window_in_seconds: found.TumblingWindowInSeconds,
      ...(await lambdaTags(lambda, found.EventSourceMappingArn)),
    };
  },
};

const permission: LiveReader = {
  calls: ["lambda:GetPolicy"],
  reads: [
    "function_name",
    "qualifier",
    "statement_id",
    "action",
    "principal",
    "principal_org_id",
    "source_account",
    "source_arn",
    "event_source_token",
    "function_url_auth_type",
  ],
  async read(resource, { lambda }) {
    const [FunctionName, sid] = [identity(resource, "function_name"), identity(resource, "statement_id")];
    const Qualifier = qualifierOf(resource);
    const found = await unless(lambda.send(new GetPolicyCommand({ FunctionName, Qualifier })), NO_FUNCTION);
    const statement = statementsOf(found?.Policy).find(({ Sid }) => Sid === sid);
    if (!statement) return undefined;
    const equals = conditionOf(statement, "StringEquals");
    const arn = String(statement.Resource);
    return {
      // A permission names its function as it was configured: by ARN or by name.
      function_name: FunctionName.startsWith("arn:") ? unqualified(arn) : unqualified(arn).split(":").at(-1),
      qualifier: arn.split(":")[7],
      statement_id: statement.Sid,
      action: statement.Effect === "Allow" ? statement.Action : undefined,
      principal: principalOf(statement.Principal),
      principal_org_id: equals["aws:principalorgid"],
      source_account: equals["aws:sourceaccount"],
      source_arn: conditionOf(statement, "ArnLike")["aws:sourcearn"],
      event_source_token: equals["lambda:eventsourcetoken"],
      function_url_auth_type: equals["lambda:functionurlauthtype"],
    };
  },
};

function statementsOf(policy: string | undefined): readonly JsonObject[] {
  if (policy === undefined) return [];
  const document = parseStrict(Buffer.from(policy), "policy of a function");
  const statements = isObject(document) ? document.Statement : undefined;
  return (Array.isArray(statements) ? statements : [statements]).filter(isObject);
}

/** Keys of one operator of a statement's condition, in lower case: IAM does not heed their case. */
function conditionOf({ Condition }: JsonObject, operator: string): JsonObject {
  const keys = isObject(Condition) ? Condition[operator] : undefined;
  return Object.fromEntries(Object.entries(isObject(keys) ? keys : {}).map(([key, v]) => [key.toLowerCase(), v]));
}

function principalOf(principal: unknown): unknown {
  return isObject(principal) ? (principal.AWS ?? principal.Service) : principal;
}

function unqualified(functionArn: string): string {
  return functionArn.split(":").slice(0, 7).join(":");
}

function qualifierOf({ state }: LiveResource): string | undefined {
  return typeof state.qualifier === "string" && state.qualifier !== "" ? state.qualifier : undefined;
}

const invokeConfig: LiveReader = {
  calls: ["lambda:GetFunctionEventInvokeConfig"],
  reads: [
    "function_name",
    "maximum_event_age_in_seconds",
    "maximum_retry_attempts",
    "destination_config.on_failure.destination",
    "destination_config.on_success.destination",
  ],
  async read(resource, { lambda }) {
    const FunctionName = identity(resource, "function_name");
    const command = new GetFunctionEventInvokeConfigCommand({ FunctionName, Qualifier: qualifierOf(resource) });
    const found = await unless(lambda.send(command), NO_FUNCTION);
    if (!found) return undefined;
    const arn = unqualified(found.FunctionArn ?? "");
    return {
      function_name: FunctionName.startsWith("arn:") ? arn : arn.split(":").at(-1),
      maximum_event_age_in_seconds: found.MaximumEventAgeInSeconds,
      maximum_retry_attempts: found.MaximumRetryAttempts,
      destination_config: {
        on_failure: { destination: found.DestinationConfig?.OnFailure?.Destination },
        on_success: { destination: found.DestinationConfig?.OnSuccess?.Destination },
      },
    };
  },
};

export const LAMBDA_INVOCATION_READERS = {
  aws_lambda_event_source_mapping: mapping,
  aws_lambda_permission: permission,
  aws_lambda_function_event_invoke_config: invokeConfig,
} as const;
