// SPDX-License-Identifier: Apache-2.0
import { resource, statements } from "../synth";
import { all, zone } from "./synthesized";

test("each alarm acts on a topic, states missing data, and each topic of alarms has a subscriber", () => {
  const document = zone();
  for (const alarm of all(document, "aws_cloudwatch_metric_alarm")) {
    expect(alarm).toMatchObject({
      actions_enabled: true,
      // A check that does not run sends no data: that is what its alarm on silence is for.
      treat_missing_data: alarm.comparison_operator === "LessThanThreshold" ? "breaching" : "notBreaching",
    });
    expect(alarm.alarm_actions).toEqual([expect.stringMatching(/^arn:aws:sns:.*acme-alerts-(high|low)$/)]);
  }
  const subscribed = all(document, "aws_sns_topic_subscription").map(({ topic_arn }) => topic_arn);
  const alarmed = Object.keys(document.resource.aws_sns_topic!).filter((id) => /Monitoring|Notices/.test(id));
  const topics = alarmed.map((id) => `\${aws_sns_topic.${id}.arn}`);
  expect(subscribed.sort()).toEqual(topics.sort());
});

test("no filter pattern is longer than CloudWatch Logs takes", () => {
  const lengths = all(zone(), "aws_cloudwatch_log_metric_filter").map(({ pattern }) => String(pattern).length);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(1024);
});

test("each finding on the trail is counted, alarmed and shown under one name", () => {
  const document = zone();
  const filters = Object.entries(document.resource.aws_cloudwatch_log_metric_filter!).filter(([id]) =>
    id.includes("Monitoring"),
  );
  const counted = filters.map(([, { metric_transformation }]) => {
    const { namespace, name } = metric_transformation as Record<string, string>;
    return `${namespace} ${name}`;
  });
  const alarmed = all(document, "aws_cloudwatch_metric_alarm").map(
    (alarm) => `${alarm.namespace} ${alarm.metric_name}`,
  );
  const { dashboard_body } = resource(document, "aws_cloudwatch_dashboard");
  const { widgets } = JSON.parse(String(dashboard_body)) as { widgets: { properties: { metrics: string[][] } }[] };
  const shown = widgets.flatMap(({ properties }) =>
    properties.metrics.map(([namespace, name]) => `${namespace} ${name}`),
  );
  expect(counted).toHaveLength(6);
  expect(alarmed).toEqual(expect.arrayContaining(counted));
  expect(shown).toEqual(expect.arrayContaining(counted));
});

test("the alarm key lets CloudWatch and EventBridge encrypt, else alarms are lost in silence", () => {
  const services = statements(resource(zone(), "aws_kms_key", "Monitoring_Key").policy).map((s) => s.Principal);
  expect(services).toEqual(
    expect.arrayContaining([{ Service: "cloudwatch.amazonaws.com" }, { Service: "events.amazonaws.com" }]),
  );
});
