// SPDX-License-Identifier: Apache-2.0
import { DescribeAlarmsCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateTopicCommand, SetTopicAttributesCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  ListDeadLetterSourceQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { message, type Queue, queue } from "./queue";
import { compare, type Scenario, until } from "./scenario";
import { policyDocument, type Stage } from "./stage";

/** Sends the messages that were received once, and not deleted, to `dead`. */
async function redrive(stage: Stage, source: Queue, dead: Queue): Promise<void> {
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
  await stage.sqs.send(new SetQueueAttributesCommand({ QueueUrl: source.url, Attributes: { RedrivePolicy } }));
}

const sources: Scenario = {
  name: "a dead-letter queue names the queues whose dead letters it keeps",
  controls: ["P11-10a-10"],
  async run(stage) {
    const [source, dead] = [await queue(stage, undefined), await queue(stage, undefined)];
    const named = async ({ url }: Queue) => {
      const { queueUrls } = await stage.sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url }));
      return queueUrls?.join(", ") || "none";
    };
    const before = await named(dead);
    await redrive(stage, source, dead);
    return [
      compare("mutant: before a redrive policy names it", "none", before),
      compare("the queue whose redrive policy names it", source.url, await named(dead)),
      compare("twin: of that queue itself", "none", await named(source)),
    ];
  },
};

/** An alarm on a queue's messages that wait, and a queue that hears it. */
async function depthAlarm(stage: Stage, watched: Queue) {
  const AlarmName = stage.name("depth");
  const { TopicArn } = await stage.sns.send(new CreateTopicCommand({ Name: stage.name("topic") }));
  const Principal = { Service: "cloudwatch.amazonaws.com" };
  const AttributeValue = policyDocument({ Effect: "Allow", Principal, Action: "sns:Publish", Resource: TopicArn });
  await stage.sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));
  const heard = await queue(stage, "sns.amazonaws.com");
  await stage.sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: heard.arn }));
  await stage.cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName,
      AlarmActions: [TopicArn!],
      ComparisonOperator: "GreaterThanThreshold",
      Dimensions: [{ Name: "QueueName", Value: watched.arn.split(":").pop()! }],
      EvaluationPeriods: 1,
      MetricName: "ApproximateNumberOfMessagesVisible",
      Namespace: "AWS/SQS",
      Period: 300,
      Statistic: "Maximum",
      Threshold: 0,
      TreatMissingData: "notBreaching",
    }),
  );
  const state = async () => {
    const { MetricAlarms } = await stage.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }));
    return MetricAlarms?.[0]?.StateValue;
  };
  return { AlarmName, heard, state };
}

const depth: Scenario = {
  name: "a dead letter raises the alarm on its queue, and none on the queue that it came from",
  controls: ["P11-300d-03", "P11-10a-10"],
  async run(stage) {
    const [source, dead] = [await queue(stage, undefined), await queue(stage, undefined)];
    await redrive(stage, source, dead);
    const alarm = await depthAlarm(stage, dead);
    const quiet = await depthAlarm(stage, await queue(stage, undefined));
    const before = await alarm.state();
    await stage.sqs.send(new SendMessageCommand({ QueueUrl: source.url, MessageBody: "poison" }));
    const take = new ReceiveMessageCommand({ QueueUrl: source.url, VisibilityTimeout: 0 });
    // The first look takes it, the one after finds that it was taken once too often.
    const gone = async () => ((await stage.sqs.send(take)).Messages?.length ? undefined : true);
    await until(gone, stage.patienceSeconds);
    const told = await message(stage, alarm.heard);
    return [
      compare("twin: state before", "OK", before),
      compare("message names the alarm", true, told?.includes(alarm.AlarmName)),
      compare("state with a dead letter", "ALARM", await alarm.state()),
      compare("mutant: alarm on a queue that is empty", "OK", await quiet.state()),
    ];
  },
};

export const deadLetterScenarios: readonly Scenario[] = [sources, depth];
