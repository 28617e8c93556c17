// SPDX-License-Identifier: Apache-2.0
import {
  DescribeAlarmsCommand,
  type Dimension,
  GetDashboardCommand,
  ListTagsForResourceCommand,
  type MetricDataQuery,
} from "@aws-sdk/client-cloudwatch";
import { identity, type LiveReader, tagsOf, unless } from "./reader";

const alarm: LiveReader = {
  calls: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
  reads: [
    "alarm_name",
    "alarm_description",
    "actions_enabled",
    "alarm_actions",
    "ok_actions",
    "insufficient_data_actions",
    "comparison_operator",
    "evaluation_periods",
    "datapoints_to_alarm",
    "threshold",
    "threshold_metric_id",
    "treat_missing_data",
    "namespace",
    "metric_name",
    "dimensions",
    "period",
    "statistic",
    "extended_statistic",
    "unit",
    "metric_query",
    "metric_query.id",
    "metric_query.account_id",
    "metric_query.expression",
    "metric_query.label",
    "metric_query.period",
    "metric_query.return_data",
    "metric_query.metric.dimensions",
    "metric_query.metric.metric_name",
    "metric_query.metric.namespace",
    "metric_query.metric.period",
    "metric_query.metric.stat",
    "metric_query.metric.unit",
    "tags",
    "tags_all",
  ],
  async read(resource, { cloudwatch }) {
    const name = identity(resource, "alarm_name");
    const answer = await cloudwatch.send(
      new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ["MetricAlarm"] }),
    );
    const found = answer.MetricAlarms?.find(({ AlarmName }) => AlarmName === name);
    if (!found) return undefined;
    const { Tags } = await cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN: found.AlarmArn }));
    return {
      alarm_name: found.AlarmName,
      alarm_description: found.AlarmDescription,
      actions_enabled: found.ActionsEnabled,
      alarm_actions: found.AlarmActions,
      ok_actions: found.OKActions,
      insufficient_data_actions: found.InsufficientDataActions,
      comparison_operator: found.ComparisonOperator,
      evaluation_periods: found.EvaluationPeriods,
      datapoints_to_alarm: found.DatapointsToAlarm,
      threshold: found.Threshold,
      threshold_metric_id: found.ThresholdMetricId,
      treat_missing_data: found.TreatMissingData,
      namespace: found.Namespace,
      metric_name: found.MetricName,
      dimensions: dimensionsOf(found.Dimensions),
      period: found.Period,
      statistic: found.Statistic,
      extended_statistic: found.ExtendedStatistic,
      unit: found.Unit,
      metric_query: found.Metrics?.map(queryOf),
      ...tagsOf(Tags),
    };
  },
};

function dimensionsOf(dimensions: readonly Dimension[] | undefined): Record<string, string | undefined> {
  return Object.fromEntries((dimensions ?? []).map(({ Name = "", Value }) => [Name, Value]));
}

function queryOf(query: MetricDataQuery): Record<string, unknown> {
  const { MetricStat: stat } = query;
  return {
    id: query.Id,
    account_id: query.AccountId,
    expression: query.Expression,
    label: query.Label,
    period: query.Period,
    return_data: query.ReturnData ?? false,
    metric: stat && {
      dimensions: dimensionsOf(stat.Metric?.Dimensions),
      metric_name: stat.Metric?.MetricName,
      namespace: stat.Metric?.Namespace,
      period: stat.Period,
      stat: stat.Stat,
      unit: stat.Unit,
    },
  };
}

const dashboard: LiveReader = {
  calls: ["cloudwatch:GetDashboard"],
  reads: ["dashboard_name", "dashboard_body"],
  async read(resource, { cloudwatch }) {
    const command = new GetDashboardCommand({ DashboardName: identity(resource, "dashboard_name") });
    const found = await unless(cloudwatch.send(command), "DashboardNotFoundError", "ResourceNotFound");
    return found && { dashboard_name: found.DashboardName, dashboard_body: found.DashboardBody };
  },
};

export const CLOUDWATCH_READERS = {
  aws_cloudwatch_metric_alarm: alarm,
  aws_cloudwatch_dashboard: dashboard,
} as const;
