// SPDX-License-Identifier: Apache-2.0
import {
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  DescribeResourcePoliciesCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { allPages, identity, type LiveReader, tagsOf, unless } from "./reader";

const logGroup: LiveReader = {
  calls: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
  reads: ["name", "retention_in_days", "kms_key_id", "log_group_class", "tags", "tags_all"],
  async read(resource, { logs }) {
    const name = identity(resource, "name");
    const groups = await allPages(async (nextToken) => {
      const page = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, nextToken }));
      return { items: page.logGroups ?? [], next: page.nextToken };
    });
    const found = groups.find(({ logGroupName }) => logGroupName === name);
    if (!found?.arn) return undefined;
    const resourceArn = found.arn.replace(/:\*$/, "");
    const { tags } = await logs.send(new ListTagsForResourceCommand({ resourceArn }));
    return {
      name: found.logGroupName,
      // no retention in the answer: never expires, which the provider writes as 0
      retention_in_days: found.retentionInDays ?? 0,
      kms_key_id: found.kmsKeyId,
      log_group_class: found.logGroupClass,
      ...tagsOf(Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }))),
    };
  },
};

const metricFilter: LiveReader = {
  calls: ["logs:DescribeMetricFilters"],
  reads: [
    "name",
    "log_group_name",
    "pattern",
    "metric_transformation.name",
    "metric_transformation.namespace",
    "metric_transformation.value",
    "metric_transformation.default_value",
    "metric_transformation.dimensions",
    "metric_transformation.unit",
  ],
  async read(resource, { logs }) {
    const name = identity(resource, "name");
    const logGroupName = identity(resource, "log_group_name");
    const answer = allPages(async (nextToken) => {
      const page = await logs.send(
        new DescribeMetricFiltersCommand({ logGroupName, filterNamePrefix: name, nextToken }),
      );
      return { items: page.metricFilters ?? [], next: page.nextToken };
    });
    const found = (await unless(answer, "ResourceNotFoundException"))?.find(({ filterName }) => filterName === name);
    if (!found) return undefined;
    return {
      name: found.filterName,
      log_group_name: logGroupName,
      pattern: found.filterPattern,
      metric_transformation: found.metricTransformations?.map((metric) => ({
        name: metric.metricName,
        namespace: metric.metricNamespace,
        value: metric.metricValue,
        default_value: metric.defaultValue === undefined ? undefined : String(metric.defaultValue),
        dimensions: metric.dimensions,
        unit: metric.unit,
      })),
    };
  },
};

/** Whom an account's CloudWatch Logs lets write; such a policy belongs to the account and to no group. */
const resourcePolicy: LiveReader = {
  calls: ["logs:DescribeResourcePolicies"],
  reads: ["policy_name", "policy_document"],
  async read(resource, { logs }) {
    const name = identity(resource, "policy_name");
    const policies = await allPages(async (nextToken) => {
      const page = await logs.send(new DescribeResourcePoliciesCommand({ nextToken }));
      return { items: page.resourcePolicies ?? [], next: page.nextToken };
    });
    const found = policies.find(({ policyName }) => policyName === name);
    return found && { policy_name: found.policyName, policy_document: found.policyDocument };
  },
};

export const LOGS_READERS = {
  aws_cloudwatch_log_group: logGroup,
  aws_cloudwatch_log_metric_filter: metricFilter,
  aws_cloudwatch_log_resource_policy: resourcePolicy,
} as const;
