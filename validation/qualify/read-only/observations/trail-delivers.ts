// SPDX-License-Identifier: Apache-2.0
import { GetTrailStatusCommand, type GetTrailStatusCommandOutput } from "@aws-sdk/client-cloudtrail";
import { expectAnswer } from "../../../oq/challenge";
import { CALLER, type Observation } from "../observation";

/** Log files come within minutes, digests every hour (CloudTrail user guide); a day without one is no delay. */
const LATEST_MS = 24 * 3_600_000;
const TIMES = ["LatestDeliveryTime", "LatestDigestDeliveryTime", "LatestCloudWatchLogsDeliveryTime"] as const;
const ERRORS = ["LatestDeliveryError", "LatestDigestDeliveryError", "LatestCloudWatchLogsDeliveryError"] as const;

/** The audit trail is at work, as AWS tells it. */
export const trailDelivers: Observation = {
  step: {
    id: "OQ-read-trail-delivers",
    title: "The audit trail delivers log files, digests and events",
    controls: ["P11-10e-01", "P11-10e-02"],
    requirements: ["URS-016"],
    clauses: ["11.10(e)"],
    kind: "positive",
    principal: CALLER,
    action: "GetTrailStatus of the landing zone's trail",
    expected:
      "logging; log file, digest and delivery to CloudWatch Logs each within the last 24 hours; no error of any of them",
    acceptance: "as expected",
  },
  async run({ arn, clients, region, zone, now }) {
    const Name = zone.trailName();
    return expectAnswer({ arn }, trailDelivers.step.title, async () => {
      const status = await clients(region).cloudtrail.send(new GetTrailStatusCommand({ Name }));
      const wrong = whatIsWrong(status, now());
      const times = TIMES.map((name) => `${name} ${status[name]?.toISOString() ?? "none"}`).join(", ");
      const seen = `trail ${Name}, logging ${status.IsLogging}, ${times}`;
      return { ok: wrong.length === 0, seen: wrong.length === 0 ? seen : `${seen}; ${wrong.join("; ")}` };
    });
  },
};

function whatIsWrong(status: GetTrailStatusCommandOutput, now: Date): readonly string[] {
  return [
    ...(status.IsLogging === true ? [] : ["not logging"]),
    ...TIMES.filter((name) => {
      const time = status[name]?.getTime();
      return time === undefined || now.getTime() - time > LATEST_MS;
    }).map((name) => `no ${name} of the last 24 hours`),
    ...ERRORS.flatMap((name) => (status[name] ? [`${name} ${status[name]}`] : [])),
  ];
}
