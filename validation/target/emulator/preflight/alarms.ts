// SPDX-License-Identifier: Apache-2.0
import { DescribeAlarmsCommand, PutMetricAlarmCommand, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateTopicCommand, SetTopicAttributesCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { message, queue } from "./queue";
import { compare, type Scenario } from "./scenario";
import { policyDocument, type Stage, type Statement } from "./stage";

const NO_MESSAGE = "no message";

interface ChainOptions {
  /** Whether the subscribed queue admits SNS. @default true */
  readonly queueAdmits?: boolean;
  /** Service that the topic's policy admits. @default cloudwatch.amazonaws.com */
  readonly publisher?: string;
  /** KMS key of the topic. @default none */
  readonly topicKey?: string;
}

/** A log group whose matching events raise an alarm on a topic with one queue. */
async function alarmChain(stage: Stage, pattern: string, options: ChainOptions = {}) {
  const [logGroupName, alarm] = [`/${stage.name("log")}`, stage.name("alarm")];
  await stage.logs.send(new CreateLogGroupCommand({ logGroupName }));
  await stage.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "s" }));
  const metric = { metricName: alarm, metricNamespace: "Part11", metricValue: "1", defaultValue: 0 };
  await stage.logs.send(
    new PutMetricFilterCommand({
      logGroupName,
      filterName: "f",
      filterPattern: pattern,
      metricTransformations: [metric],
    }),
  );
  const key = options.topicKey === undefined ? undefined : { KmsMasterKeyId: options.topicKey };
  const { TopicArn } = await stage.sns.send(new CreateTopicCommand({ Name: stage.name("topic"), Attributes: key }));
  const publish: Statement = {
    Effect: "Allow",
    Principal: { Service: options.publisher ?? "cloudwatch.amazonaws.com" },
    Action: "sns:Publish",
    Resource: TopicArn,
  };
  const attribute = { TopicArn, AttributeName: "Policy", AttributeValue: policyDocument(publish) };
  await stage.sns.send(new SetTopicAttributesCommand(attribute));
  const subscriber = await queue(stage, options.queueAdmits === false ? undefined : "sns.amazonaws.com");
  await stage.sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: subscriber.arn }));
  await putAlarm(stage, alarm, [TopicArn!]);
  const log = (content: object) => {
    const logEvents = [{ timestamp: Date.now(), message: JSON.stringify(content) }];
    return stage.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: "s", logEvents }));
  };
  return { alarm, log, logGroupName, state: () => stateOf(stage, alarm), subscriber };
}

async function putAlarm(stage: Stage, name: string, actions: string[]): Promise<void> {
  await stage.cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: name,
      AlarmActions: actions,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      EvaluationPeriods: 1,
      MetricName: name,
      Namespace: "Part11",
      Period: 60,
      Statistic: "Sum",
      Threshold: 1,
      TreatMissingData: "notBreaching",
    }),
  );
}

async function stateOf(stage: Stage, name: string): Promise<string | undefined> {
  const { MetricAlarms } = await stage.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  return MetricAlarms?.[0]?.StateValue;
}

const alarm: Scenario = {
  name: "a matching log line raises the alarm and reaches the subscriber, another line does not",
  controls: ["P11-300d-02", "P11-300d-03", "P11-10c-10", "P11-10e-17"],
  async run(stage) {
    const failure = { "activity-type": "AUTH_FAILURE", user: "vendor" };
    const success = { "activity-type": "CONNECTED", user: "vendor" };
    const pattern = '{ $.activity-type = "AUTH_FAILURE" }';
    const chain = await alarmChain(stage, pattern);
    await chain.log(success);
    const quiet = [
      compare("twin: state after another line", "OK", await chain.state()),
      compare("twin: queue", NO_MESSAGE, (await message(stage, chain.subscriber, 0.5)) ?? NO_MESSAGE),
    ];
    await chain.log(failure);
    const found = await stage.logs.send(
      new FilterLogEventsCommand({ logGroupName: chain.logGroupName, filterPattern: pattern }),
    );
    const body = await message(stage, chain.subscriber);
    const deaf = await alarmChain(stage, '{ $.activity-type = "AUTH_FAILED" }');
    await deaf.log(failure);
    const cut = await alarmChain(stage, pattern, { queueAdmits: false });
    await cut.log(failure);
    return [
      ...quiet,
      compare("state after the line", "ALARM", await chain.state()),
      compare("message names the alarm", true, body?.includes(chain.alarm)),
      compare("FilterLogEvents finds one of two lines", 1, found.events?.length),
      compare("mutant: pattern with a typo", "OK", await deaf.state()),
      compare("mutant: queue that admits no topic, state", "ALARM", await cut.state()),
      compare(
        "mutant: queue that admits no topic",
        NO_MESSAGE,
        (await message(stage, cut.subscriber, 0.5)) ?? NO_MESSAGE,
      ),
    ];
  },
};

const admission: Scenario = {
  name: "an alarm's message needs a topic and a key that admit CloudWatch",
  controls: ["P11-300d-02", "P11-300d-03", "P11-30-06"],
  async run(stage) {
    const region = stage.emulator.region;
    const use = { Effect: "Allow", Action: ["kms:GenerateDataKey*", "kms:Decrypt"], Resource: "*" };
    const admitting = await stage.key(region, { ...use, Principal: { Service: "cloudwatch.amazonaws.com" } });
    const heard = async (options: ChainOptions, seconds?: number) => {
      const chain = await alarmChain(stage, '{ $.failed = "yes" }', options);
      await chain.log({ failed: "yes" });
      const body = await message(stage, chain.subscriber, seconds);
      return `${await chain.state()} ${body === undefined ? "silent" : "heard"}`;
    };
    return [
      compare("mutant: topic for another service", "ALARM silent", await heard({ publisher: "s3.amazonaws.com" }, 0.5)),
      compare("mutant: key without grant", "ALARM silent", await heard({ topicKey: await stage.key() }, 0.5)),
      compare("twin: topic and key with grant", "ALARM heard", await heard({ topicKey: admitting })),
    ];
  },
};

const dimensions: Scenario = {
  name: "an alarm looks only at its own metric and takes silence as it is told",
  controls: ["P11-300d-02", "P11-300d-03"],
  async run(stage) {
    const name = stage.name("alarm");
    const put = (Dimensions?: { Name: string; Value: string }[]) =>
      stage.cloudwatch.send(
        new PutMetricDataCommand({ Namespace: "Part11", MetricData: [{ MetricName: name, Value: 5, Dimensions }] }),
      );
    await putAlarm(stage, name, []);
    const silence = await stateOf(stage, name);
    await put([{ Name: "Server", Value: "other" }]);
    const other = await stateOf(stage, name);
    await put();
    return [
      compare("no datapoint, treated as not breaching", "OK", silence),
      compare("mutant: datapoint of another dimension", "OK", other),
      compare("twin: datapoint of its own metric", "ALARM", await stateOf(stage, name)),
    ];
  },
};

export const alarmScenarios: readonly Scenario[] = [alarm, admission, dimensions];
