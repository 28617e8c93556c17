// SPDX-License-Identifier: Apache-2.0
import { ListSubscriptionsByTopicCommand, type ListSubscriptionsByTopicCommandOutput } from "@aws-sdk/client-sns";
import type { ServiceClients } from "../../../iq";
import { expectAnswer } from "../../../oq/challenge";
import { list } from "../../../oq/stack-state";
import { CALLER, type Observation } from "../observation";

/** An alarm may set off other things: the task for large files is scaled by alarms of its own. */
const TOPIC = /^arn:[^:]+:sns:/;

/** Somebody is told when an alarm rings. */
export const subscribersConfirmed: Observation = {
  step: {
    id: "OQ-read-subscribers-confirmed",
    title: "Every topic of an alarm has subscribers, all of them confirmed",
    controls: ["P11-300d-03"],
    requirements: ["URS-021", "URS-023"],
    clauses: ["11.300(d)"],
    kind: "positive",
    principal: CALLER,
    action: "ListSubscriptionsByTopic of every topic that an alarm of the stack notifies",
    expected: "each topic has at least one subscription, and none waits for its confirmation",
    acceptance: "as expected; that a notification arrives is not seen by this step",
  },
  async run({ arn, clients, zone }) {
    return expectAnswer({ arn }, subscribersConfirmed.step.title, async () => {
      const alarms = zone.ofType("aws_cloudwatch_metric_alarm");
      const actions = alarms.flatMap(({ values }) => list(values.alarm_actions as string[]));
      const topics = [...new Set(actions.filter((action) => TOPIC.test(action)))].sort();
      const looks = await Promise.all(
        topics.map(async (topic) => ({ topic, arns: await subscriptions(clients(regionOf(topic)), topic) })),
      );
      const seen = looks.map(({ topic, arns }) => {
        const waiting = arns.filter((one) => !one.startsWith("arn:")).length;
        return {
          ok: arns.length > 0 && waiting === 0,
          text: `${topic}: ${arns.length} subscriptions, ${waiting} of them not confirmed`,
        };
      });
      return {
        ok: seen.length > 0 && seen.every(({ ok }) => ok),
        seen: seen.map(({ text }) => text).join("; ") || "no alarm notifies a topic",
      };
    });
  },
};

/** What stands where the ARN of a subscription stands once it is confirmed: `PendingConfirmation`, `Deleted`. */
async function subscriptions({ sns }: ServiceClients, TopicArn: string): Promise<string[]> {
  const arns: string[] = [];
  for (let NextToken: string | undefined, more = true; more; ) {
    const page: ListSubscriptionsByTopicCommandOutput = await sns.send(
      new ListSubscriptionsByTopicCommand({ TopicArn, NextToken }),
    );
    arns.push(...(page.Subscriptions ?? []).map(({ SubscriptionArn }) => String(SubscriptionArn)));
    NextToken = page.NextToken;
    more = NextToken !== undefined;
  }
  return arns;
}

function regionOf(topic: string): string {
  return topic.split(":")[3]!;
}
