// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../../error";
import { plannedChanges, type SaidTarget } from "./confirm";
import { locksOf } from "./disposable";

/** What AWS bills while it is there, used or not; how much, the pricing pages of the region say. */
const BY_TIME: Readonly<Record<string, string>> = {
  aws_transfer_server: "by the hour, for each protocol",
  aws_vpc_endpoint: "by the hour, for each zone of an interface endpoint",
  aws_eip: "by the hour",
  aws_kms_key: "by the month; deletion waits 7 days at least",
  aws_guardduty_detector: "by what it reads",
  aws_securityhub_account: "by checks",
  aws_config_configuration_recorder: "by configuration item",
  aws_cloudwatch_metric_alarm: "by the month",
  aws_secretsmanager_secret: "by the month",
};

const SHOWN = 20;

/** What a run that writes makes, what of it stays, and what costs by time: told before anything is made. */
export function costNote(plan: unknown, { accountId, region }: SaidTarget): readonly string[] {
  const made = plannedChanges(plan).filter(({ mode }) => mode === "managed");
  const counted = Object.entries(BY_TIME).flatMap(([type, how]) => {
    const count = made.filter((one) => one.type === type).length;
    return count === 0 ? [] : [`  ${count} x ${type}: ${how}`];
  });
  const locked = locksOf(plan).filter(({ mode }) => mode === "COMPLIANCE");
  const names = locked.map(
    ({ name, days }) => `  ${name}: ${days === 1 ? "1 day" : `${days ?? "an unknown number of"} days`}`,
  );
  return [
    `This run makes ${made.length} resources in account ${accountId}, region ${region}, and its challenges write objects, messages, tables and roles.`,
    "Objects under COMPLIANCE cannot be deleted before their day by anybody, root and AWS support included. Their buckets stay, and cost, until then:",
    ...names.slice(0, SHOWN),
    ...(names.length > SHOWN ? [`  and ${names.length - SHOWN} more`] : []),
    "One challenge of the lock makes it two days for one object; docs/teardown.md says what stays and how it goes.",
    "A backup vault lock becomes final after its grace time; what is in the vault then stays as long as it says.",
    "Paid by time, used or not, until you take the stacks down (docs/teardown.md):",
    ...counted,
    "Besides: storage, requests, logs, trail events. Look up the prices of your region; this program knows none.",
  ];
}

/** @throws COST_NOT_ACCEPTED unless somebody said so in so many words */
export function assertCostAccepted(accepted: boolean): void {
  if (accepted) return;
  throw new Part11Error({
    code: "COST_NOT_ACCEPTED",
    what: "nothing made on AWS",
    where: "cost note above",
    expected: "--accept-cost, by somebody who read it",
    got: "none",
    todo: "read it, and give --accept-cost; in a pipeline too, for nobody is asked there",
  });
}
