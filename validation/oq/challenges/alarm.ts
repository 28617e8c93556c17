// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CreateLogStreamCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { type Challenge, observe } from "../challenge";
import type { Principal } from "../principal";
import { CHALLENGED_METRIC, type Range } from "../range";
import { receive, subscribeQueue } from "../subscriber";

/** Begins the names of the log streams that this step makes. */
export const STREAM_PREFIX = "oq-";
const POLL_MS = 250;
/** "Within minutes": the chain must have told somebody after five. */
const PATIENCE_MS = 5 * 60_000;
/** How long silence is listened to after an event that must not alarm. AWS evaluates once a period of 60 s: two of them. */
export const SILENCE_MS = { emulator: 3000, aws: 120_000 } as const;

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
        "PutLogEvents of a hand-made, complete CloudTrail record of a ListBuckets by root into the trail's log group: root itself is not used, and delivery by CloudTrail is not exercised here. The receiver is a queue that the test subscribes to the topic and removes again; delivery by e-mail is not exercised",
      expected:
        "filter, alarm, topic: the alarm is in state ALARM and the queue receives its notification within five minutes",
      acceptance:
        "notification of this alarm received; the twin's event makes none (other alarms of the topic may ring for other steps). Silence is listened to for 3 seconds on the embedded AWS, which evaluates an alarm as soon as a datapoint comes, and for two periods of 60 seconds on AWS",
      twin: "the same record with a role as its principal: the alarm stays quiet and the queue without a notification of it",
    },
    async run(range) {
      const administrator = await range.administrator();
      const queue = await subscribeQueue(range, administrator, range.alarmTopic, "alarms");
      try {
        const alarm = range.zone.alarmOn(CHALLENGED_METRIC);
        const twin = await observe(`${title}: twin`, async () => {
          await logEvent(range, administrator, "AssumedRole");
          await sleep(SILENCE_MS[range.target.kind]);
          const notified = await isNotified(administrator, queue.url, alarm);
          const state = await stateOf(administrator, alarm);
          const seconds = SILENCE_MS[range.target.kind] / 1000;
          return {
            ok: !notified && state !== undefined && state !== "ALARM",
            seen: `after ${seconds} seconds alarm ${state}, ${notified ? "notified" : "no notification of it"}`,
          };
        });
        const seen = await observe(title, async () => {
          await logEvent(range, administrator, "Root");
          const notified = await untilNotified(administrator, queue.url, alarm);
          const state = await stateOf(administrator, alarm);
          return {
            ok: notified && state === "ALARM",
            seen: `alarm ${state}, ${notified ? `notification of ${alarm}` : "no notification of it"}`,
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
  const logStreamName = `${STREAM_PREFIX}${Date.now()}-${type}`;
  const message = JSON.stringify(trailRecord(range, type));
  const logs = administrator.logs();
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const logEvents = [{ timestamp: Date.now(), message }];
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
}

/** A call as CloudTrail records it (CloudTrail user guide, "CloudTrail record contents", version 1.11). */
function trailRecord({ target, run }: Range, type: "Root" | "AssumedRole") {
  const { accountId, region } = target;
  const root = { type, principalId: accountId, arn: `arn:aws:iam::${accountId}:root`, accountId };
  const role = {
    type,
    principalId: `AROAEXAMPLE:oq-${run}`,
    arn: `arn:aws:sts::${accountId}:assumed-role/oq-example/oq-${run}`,
    accountId,
  };
  return {
    eventVersion: "1.11",
    userIdentity: type === "Root" ? root : role,
    eventTime: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    eventSource: "s3.amazonaws.com",
    eventName: "ListBuckets",
    awsRegion: region,
    sourceIPAddress: "192.0.2.10",
    userAgent: `oq-${run}`,
    requestParameters: { Host: `s3.${region}.amazonaws.com` },
    responseElements: null,
    requestID: randomUUID(),
    eventID: randomUUID(),
    readOnly: true,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: "Management",
  };
}

/** Whether a notification of the alarm is among the news of the queue. */
export async function isNotified(administrator: Principal, queue: string, alarm: string): Promise<boolean> {
  return (await receive(administrator, queue)).some(({ text }) => alarmOf(text) === alarm);
}

/** The alarm that a notification speaks of (CloudWatch user guide, "Notify users"). */
function alarmOf(text: string): unknown {
  return (JSON.parse(text) as { AlarmName?: unknown }).AlarmName;
}

export async function untilNotified(administrator: Principal, url: string, alarm: string): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    if (await isNotified(administrator, url, alarm)) return true;
    await sleep(POLL_MS);
  }
  return false;
}

export async function stateOf(administrator: Principal, alarm: string): Promise<string | undefined> {
  const { MetricAlarms = [] } = await administrator
    .cloudWatch()
    .send(new DescribeAlarmsCommand({ AlarmNames: [alarm] }));
  return MetricAlarms[0]?.StateValue;
}
