// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CreateLogStreamCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import { type Challenge, observe } from "../challenge";
import type { Principal } from "../principal";
import type { Range } from "../range";

const POLL_MS = 250;
/** "Within minutes": the chain must have told somebody after five. */
const PATIENCE_MS = 5 * 60_000;
/** How long silence is listened to after an event that must not alarm. */
const SILENCE_MS = 3000;

/** Metric of the alarm that is tried: nothing else in this run raises it. */
const METRIC = "root-use";

/** Alarms reach people. */
export const alarmChallenges: readonly Challenge[] = [rootUse()];

function rootUse(): Challenge {
  const title = "A use of root in the trail's log reaches a subscriber";
  return {
    step: {
      id: "OQ-alarm-root-use",
      title,
      controls: ["P11-300d-03"],
      requirements: ["URS-021", "URS-023"],
      clauses: ["11.300(d)", "11.10(e)"],
      kind: "positive",
      principal: "deploy role, as the log service",
      action:
        "PutLogEvents of a CloudTrail record of a call by root into the trail's log group; a queue is subscribed to the topic",
      expected:
        "filter, alarm, topic: the alarm is in state ALARM and the queue receives its notification within five minutes",
      acceptance: "notification received, names the alarm; the twin's event makes none",
      twin: "the record of the same call by a role: the alarm stays quiet and the queue empty",
    },
    async run(range) {
      const administrator = await range.administrator();
      const queue = await subscribeQueue(range, administrator);
      try {
        const alarm = range.zone.alarmOn(METRIC);
        const twin = await observe(`${title}: twin`, async () => {
          await logEvent(range, administrator, "AssumedRole");
          await sleep(SILENCE_MS);
          return (
            (await receive(administrator, queue.url)) === undefined && (await stateOf(administrator, alarm)) !== "ALARM"
          );
        });
        const seen = await observe(title, async () => {
          await logEvent(range, administrator, "Root");
          const message = await untilReceived(administrator, queue.url);
          const [state, named] = [await stateOf(administrator, alarm), message?.includes(alarm) === true];
          return {
            ok: named && state === "ALARM",
            seen: `alarm ${state}, notification that names ${named ? alarm : "no such alarm"}`,
          };
        });
        const passed = seen.result === "PASS" && twin.result === "PASS";
        return {
          result: passed ? "PASS" : "FAIL",
          actual: seen.actual,
          principal: administrator.arn,
          twin,
          ...(passed ? {} : { reason: "not as the protocol expects" }),
        };
      } finally {
        await queue.remove();
      }
    },
  };
}

async function logEvent(range: Range, administrator: Principal, type: "Root" | "AssumedRole"): Promise<void> {
  const logGroupName = range.zone.trailLogGroup();
  const logStreamName = `oq-${Date.now()}-${type}`;
  const message = JSON.stringify({ eventType: "AwsApiCall", eventName: "ListBuckets", userIdentity: { type } });
  const logs = administrator.logs();
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const logEvents = [{ timestamp: Date.now(), message }];
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
}

/** A queue of this run as one more subscriber: a measuring instrument, gone afterwards. */
async function subscribeQueue(range: Range, administrator: Principal) {
  const topic = range.zone.topicOf(METRIC);
  const sqs = administrator.sqs();
  const QueueName = `${range.unlocked}-alarms`;
  const resource = `arn:aws:sqs:${range.target.region}:${range.target.accountId}:${QueueName}`;
  const fromTopic = { ArnEquals: { "aws:SourceArn": topic } };
  const statement = {
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: resource,
    Condition: fromTopic,
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const { QueueUrl: url } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn"] }));
  const subscribe = { TopicArn: topic, Protocol: "sqs", Endpoint: Attributes!.QueueArn, ReturnSubscriptionArn: true };
  const { SubscriptionArn } = await administrator.sns().send(new SubscribeCommand(subscribe));
  const remove = async () => {
    await administrator.sns().send(new UnsubscribeCommand({ SubscriptionArn }));
    await administrator.sqs().send(new DeleteQueueCommand({ QueueUrl: url }));
  };
  return { url: url!, remove };
}

async function receive(administrator: Principal, QueueUrl: string): Promise<string | undefined> {
  const { Messages = [] } = await administrator.sqs().send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 0 }));
  return Messages[0]?.Body;
}

async function untilReceived(administrator: Principal, url: string): Promise<string | undefined> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const message = await receive(administrator, url);
    if (message !== undefined) return message;
    await sleep(POLL_MS);
  }
  return undefined;
}

async function stateOf(administrator: Principal, alarm: string): Promise<string | undefined> {
  const { MetricAlarms = [] } = await administrator
    .cloudWatch()
    .send(new DescribeAlarmsCommand({ AlarmNames: [alarm] }));
  return MetricAlarms[0]?.StateValue;
}
