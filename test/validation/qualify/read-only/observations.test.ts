// SPDX-License-Identifier: Apache-2.0
import type { ServiceClients } from "../../../../validation/iq";
import { StackState, type StateResource } from "../../../../validation/oq";
import type { Observation, Reader } from "../../../../validation/qualify/read-only/observation";
import { OBSERVATIONS } from "../../../../validation/qualify/read-only/observations";
import { subscribersConfirmed } from "../../../../validation/qualify/read-only/observations/subscribers-confirmed";
import { trailDelivers } from "../../../../validation/qualify/read-only/observations/trail-delivers";
import { versionsLocked } from "../../../../validation/qualify/read-only/observations/versions-locked";

const NOW = new Date("2026-11-22T12:00:00Z");
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const TOPIC = "arn:aws:sns:eu-central-1:111122223333:acme-high";

const resource = (type: string, values: Record<string, unknown>): StateResource => ({
  address: `${type}.x`,
  type,
  values,
});
const BUCKET = { bucket: "acme-raw", region: "eu-central-1", tags: { BucketRole: "record" } };
const ZONE = [
  resource("aws_cloudtrail", { name: "acme-trail" }),
  resource("aws_s3_bucket", BUCKET),
  resource("aws_s3_bucket", { ...BUCKET, bucket: "acme-logs", tags: { BucketRole: "access-log" } }),
  resource("aws_cloudwatch_metric_alarm", { alarm_actions: [TOPIC] }),
];

type Input = { readonly Bucket?: string; readonly MaxKeys?: number; readonly TopicArn?: string };
type Answers = Readonly<Record<string, object | ((input: Input) => object)>>;

/** AWS that answers each operation as it is told. */
function readerOf(answers: Answers, zone = ZONE): Reader {
  const send = async (command: { readonly input: Input }) => {
    const answer = answers[command.constructor.name.replace(/Command$/, "")];
    if (answer === undefined)
      throw Object.assign(new Error("no"), { name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
    return typeof answer === "function" ? answer(command.input) : answer;
  };
  const clients = () => new Proxy({}, { get: () => ({ send }) }) as ServiceClients;
  const arn = "arn:aws:sts::111122223333:assumed-role/reader/anna";
  return { arn, clients, region: "eu-central-1", zone: new StackState(zone, "zone"), now: () => NOW };
}

const resultOf = async (observation: Observation, answers: Answers, zone = ZONE) => {
  const { result, actual } = await observation.run(readerOf(answers, zone));
  return [result, actual];
};

test("every step names its caller, and none a layer that refuses: nothing is tried", () => {
  expect(OBSERVATIONS.filter(({ step }) => step.principal === undefined || step.layer !== undefined)).toEqual([]);
});

test.each(OBSERVATIONS.map((one) => [one.step.id, one] as const))(
  "%s does not pass where AWS refuses to tell",
  async (_, one) => {
    expect((await resultOf(one, {}))[0]).toBe("FAIL");
  },
);

describe("the trail", () => {
  const status = {
    IsLogging: true,
    LatestDeliveryTime: hoursAgo(1),
    LatestDigestDeliveryTime: hoursAgo(1),
    LatestCloudWatchLogsDeliveryTime: hoursAgo(1),
  };

  test("that delivered everything within a day is at work", async () => {
    expect((await resultOf(trailDelivers, { GetTrailStatus: status }))[0]).toBe("PASS");
  });

  test.each([
    ["is not logging", { IsLogging: false }, "not logging"],
    ["delivered no log file for 25 hours", { LatestDeliveryTime: hoursAgo(25) }, "no LatestDeliveryTime"],
    ["never delivered a digest", { LatestDigestDeliveryTime: undefined }, "no LatestDigestDeliveryTime"],
    ["sends nothing to CloudWatch Logs", { LatestCloudWatchLogsDeliveryTime: undefined }, "no LatestCloudWatch"],
    ["reports an error", { LatestDeliveryError: "AccessDenied" }, "LatestDeliveryError AccessDenied"],
  ])("that %s is not", async (_, more, said) => {
    const seen = await resultOf(trailDelivers, { GetTrailStatus: { ...status, ...more } });
    expect(seen).toEqual(["FAIL", expect.stringContaining(said)]);
  });
});

describe("versions in locked buckets", () => {
  const LastModified = hoursAgo(2);
  const until = (days: number) => new Date(LastModified.getTime() + days * 86_400_000);
  const answers = (retention: object, versions: readonly object[] = [{ Key: "a", VersionId: "1", LastModified }]) => ({
    GetObjectLockConfiguration: {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days: 30 } } },
    },
    ListObjectVersions: ({ MaxKeys }: Input) => ({ Versions: versions.slice(0, MaxKeys) }),
    GetObjectRetention: { Retention: retention },
  });
  const locked = { Mode: "COMPLIANCE", RetainUntilDate: until(30) };

  test("that are locked as their bucket says pass, and buckets without a lock are not asked", async () => {
    const said = "acme-raw: 1 versions judged, 0 past their day and not judged";
    expect(await resultOf(versionsLocked, answers(locked))).toEqual(["PASS", said]);
  });

  test.each([
    ["under GOVERNANCE", { ...locked, Mode: "GOVERNANCE" }],
    ["for a day less than the default", { ...locked, RetainUntilDate: until(29) }],
    ["not at all", {}],
  ])("that are locked %s fail", async (_, retention) => {
    const seen = await resultOf(versionsLocked, answers(retention));
    expect(seen).toEqual(["FAIL", expect.stringContaining("version 1 of acme-raw is ")]);
  });

  const past = { Key: "a", VersionId: "0", LastModified: hoursAgo(24 * 31) };
  const held = { Key: "b", VersionId: "1", LastModified };

  test("whose day is over may be without a lock, and are told apart", async () => {
    const seen = await resultOf(versionsLocked, answers(locked, [past, held]));
    expect(seen).toEqual(["PASS", "acme-raw: 1 versions judged, 1 past their day and not judged"]);
  });

  test("whose day is over do not stand in for those that must be locked", async () => {
    const many = Array.from({ length: 20 }, () => past);
    const seen = await resultOf(versionsLocked, answers({}, [...many, held]));
    expect(seen).toEqual(["FAIL", expect.stringContaining("version 1 of acme-raw is not locked")]);
  });

  test.each([
    ["are nowhere", []],
    ["are all past their day", [past]],
  ])("that %s show nothing", async (_, versions) => {
    const seen = await resultOf(versionsLocked, answers(locked, versions));
    expect(seen).toEqual(["FAIL", expect.stringContaining("no version whose lock can be judged")]);
  });

  test("of a bucket that tells no default are not taken for locked", async () => {
    const open = { ...answers(locked), GetObjectLockConfiguration: {} };
    expect((await resultOf(versionsLocked, open))[0]).toBe("FAIL");
  });

  test("are judged in every bucket: one that holds what it must does not excuse another", async () => {
    const audit = resource("aws_s3_bucket", { ...BUCKET, bucket: "acme-audit", tags: { BucketRole: "audit" } });
    const retentionOf = ({ Bucket }: Input) => ({ Retention: Bucket === "acme-audit" ? {} : locked });
    const seen = await resultOf(versionsLocked, { ...answers(locked), GetObjectRetention: retentionOf }, [
      ...ZONE,
      audit,
    ]);
    expect(seen).toEqual(["FAIL", expect.stringContaining("version 1 of acme-audit is not locked")]);
  });

  test("are looked for in vain where no bucket must hold any", async () => {
    const seen = await resultOf(versionsLocked, answers(locked), []);
    expect(seen).toEqual(["FAIL", "no version whose lock can be judged"]);
  });
});

describe("subscribers of alarms", () => {
  const answers = (...arns: string[]) => ({
    ListSubscriptionsByTopic: { Subscriptions: arns.map((SubscriptionArn) => ({ SubscriptionArn })) },
  });
  const confirmed = `${TOPIC}:0a1b2c3d`;

  test("that are all confirmed pass", async () => {
    expect((await resultOf(subscribersConfirmed, answers(confirmed)))[0]).toBe("PASS");
  });

  test.each([
    ["where one waits for its confirmation", answers(confirmed, "PendingConfirmation")],
    ["where there are none", answers()],
  ])("fail %s", async (_, given) => {
    expect((await resultOf(subscribersConfirmed, given))[0]).toBe("FAIL");
  });

  const SCALING = "arn:aws:autoscaling:eu-central-1:111122223333:scalingPolicy:x:policyName/one";
  const alarm = (...actions: string[]) => resource("aws_cloudwatch_metric_alarm", { alarm_actions: actions });

  test("are asked for of topics alone, whatever else an alarm sets off", async () => {
    const asked: unknown[] = [];
    const answer = (input: Input) => {
      asked.push(input.TopicArn);
      return answers(confirmed).ListSubscriptionsByTopic;
    };
    const zone = [...ZONE, alarm(SCALING)];
    const [result] = await resultOf(subscribersConfirmed, { ListSubscriptionsByTopic: answer }, zone);
    expect([result, asked]).toEqual(["PASS", [TOPIC]]);
  });

  test.each([
    ["no alarm does anything", alarm()],
    ["no alarm notifies a topic", alarm(SCALING)],
  ])("fail where %s", async (_, silent) => {
    const seen = await resultOf(subscribersConfirmed, answers(confirmed), [silent]);
    expect(seen).toEqual(["FAIL", "no alarm notifies a topic"]);
  });
});
