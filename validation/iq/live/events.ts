// SPDX-License-Identifier: Apache-2.0
import { DescribeRuleCommand, ListTagsForResourceCommand, ListTargetsByRuleCommand } from "@aws-sdk/client-eventbridge";
import { allPages, identity, type LiveReader, type LiveResource, tagsOf, unless } from "./reader";

const NONE = "ResourceNotFoundException";

/** Bus of a rule or target; without one in state, the default bus. */
function busOf({ state }: LiveResource): string {
  return typeof state.event_bus_name === "string" && state.event_bus_name !== "" ? state.event_bus_name : "default";
}

const rule: LiveReader = {
  calls: ["events:DescribeRule", "events:ListTagsForResource"],
  reads: [
    "name",
    "description",
    "event_bus_name",
    "event_pattern",
    "is_enabled",
    "role_arn",
    "schedule_expression",
    "state",
    "tags",
    "tags_all",
  ],
  async read(resource, { events }) {
    const command = new DescribeRuleCommand({ Name: identity(resource, "name"), EventBusName: busOf(resource) });
    const found = await unless(events.send(command), NONE);
    if (!found?.Arn) return undefined;
    const { Tags } = await events.send(new ListTagsForResourceCommand({ ResourceARN: found.Arn }));
    return {
      name: found.Name,
      description: found.Description,
      event_bus_name: found.EventBusName,
      event_pattern: found.EventPattern,
      is_enabled: found.State !== "DISABLED",
      role_arn: found.RoleArn,
      schedule_expression: found.ScheduleExpression,
      state: found.State,
      ...tagsOf(Tags),
    };
  },
};

const target: LiveReader = {
  calls: ["events:ListTargetsByRule"],
  reads: [
    "rule",
    "event_bus_name",
    "target_id",
    "arn",
    "role_arn",
    "input",
    "input_path",
    "dead_letter_config.arn",
    "retry_policy.maximum_event_age_in_seconds",
    "retry_policy.maximum_retry_attempts",
  ],
  async read(resource, { events }) {
    const [Rule, EventBusName, targetId] = [
      identity(resource, "rule"),
      busOf(resource),
      identity(resource, "target_id"),
    ];
    const answer = allPages(async (NextToken) => {
      const page = await events.send(new ListTargetsByRuleCommand({ Rule, EventBusName, NextToken }));
      return { items: page.Targets ?? [], next: page.NextToken };
    });
    const found = (await unless(answer, NONE))?.find(({ Id }) => Id === targetId);
    if (!found) return undefined;
    return {
      rule: Rule,
      event_bus_name: EventBusName,
      target_id: found.Id,
      arn: found.Arn,
      role_arn: found.RoleArn,
      input: found.Input,
      input_path: found.InputPath,
      dead_letter_config: { arn: found.DeadLetterConfig?.Arn },
      retry_policy: {
        maximum_event_age_in_seconds: found.RetryPolicy?.MaximumEventAgeInSeconds,
        maximum_retry_attempts: found.RetryPolicy?.MaximumRetryAttempts,
      },
    };
  },
};

export const EVENTS_READERS = { aws_cloudwatch_event_rule: rule, aws_cloudwatch_event_target: target } as const;
