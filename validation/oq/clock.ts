// SPDX-License-Identifier: Apache-2.0
import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  PutRuleCommand,
} from "@aws-sdk/client-eventbridge";
import type { Range } from "./range";
import type { Setting } from "./restore";

/** The shortest rate that EventBridge has (EventBridge user guide, "Rate expressions"): no step can wait for an hour. */
const SOON = "rate(1 minute)";

/** What PutRule overwrites of a rule, also where it is left out (EventBridge API, PutRule). */
const WRITTEN = ["Description", "EventPattern", "RoleArn", "ScheduleExpression", "State"] as const;

/** The installed rule whose name ends so, as a setting whose schedule a challenge shortens to a minute. */
export async function scheduleOf(range: Range, ruleEnding: string): Promise<Setting> {
  const events = (await range.administrator()).eventBridge();
  const Name = range.zone.ruleNamed(ruleEnding);
  const read = async () => {
    const rule = await events.send(new DescribeRuleCommand({ Name }));
    return JSON.stringify(Object.fromEntries(WRITTEN.map((name) => [name, rule[name]])));
  };
  const put = (rule: object) => events.send(new PutRuleCommand({ ...rule, Name }));
  return {
    name: `the schedule of ${Name}`,
    read,
    change: async () => put({ ...JSON.parse(await read()), ScheduleExpression: SOON, State: "ENABLED" }),
    restore: (before) => put(JSON.parse(before)),
  };
}

/** Whether the installed rule on objects of a bucket is on, as a setting that a challenge switches off. */
export async function objectRule(range: Range, bucket: string): Promise<Setting> {
  const events = (await range.administrator()).eventBridge();
  const Name = range.zone.ruleOnObjects(bucket);
  return {
    name: `the state of ${Name}`,
    read: async () => String((await events.send(new DescribeRuleCommand({ Name }))).State),
    change: () => events.send(new DisableRuleCommand({ Name })),
    restore: (before) =>
      events.send(before === "ENABLED" ? new EnableRuleCommand({ Name }) : new DisableRuleCommand({ Name })),
  };
}
