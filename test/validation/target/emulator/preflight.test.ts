// SPDX-License-Identifier: Apache-2.0
import {
  createAdministrator,
  type Emulator,
  type PreflightOptions,
  type PreflightReport,
  preflight,
  startEmulator,
} from "../../../../validation/target/emulator";
import { emulatorOptions } from "./running";

let options: Awaited<ReturnType<typeof emulatorOptions>>;

beforeAll(async () => {
  options = await emulatorOptions();
}, 120_000);

afterAll(() => options.remove());

async function run(without: readonly string[], preflightOptions?: PreflightOptions): Promise<PreflightReport> {
  const emulator: Emulator = await startEmulator({ ...options, without });
  try {
    return await preflight(emulator, await createAdministrator(emulator), preflightOptions);
  } finally {
    await emulator.stop();
  }
}

const failing = (report: PreflightReport) => report.checks.filter((check) => !check.behaves);

describe("with every patch", () => {
  let report: PreflightReport;

  beforeAll(async () => {
    report = await run([]);
  }, 180_000);

  test("every check behaves as on AWS", () => {
    expect(failing(report)).toEqual([]);
    expect(report.checks.length).toBeGreaterThan(20);
  });

  test("what must be seen and what was seen are told in words", () => {
    const told = report.checks.map(({ expected, observed }) => `${expected} | ${observed}`);
    expect(told.filter((text) => /\bundefined\b|\bnull\b|GMT/.test(text))).toEqual([]);
    expect(report.checks.filter(({ expected }) => expected === "")).toEqual([]);
  });

  test("a control that no check covers does not behave", () => {
    expect(report.behaves("P11-10c-02")).toBe(true);
    expect(report.behaves("P11-200-01")).toBe(false);
  });
});

/** Patch -> the check that sees what the patch is for. */
const SEEN_BY: readonly (readonly [string, string])[] = [
  ["root_key", "an unsigned request is refused"],
  ["role_principal_arn", "a deny that exempts a role knows the role behind a session"],
  ["s3_object_arn", "a role with rights on one prefix reaches no other"],
  ["s3_condition_keys", "a retention shorter than the policy's minimum is refused"],
  ["s3_write_rights", "legal hold holds, and only who may set it can lift it"],
  ["s3_versioning_state", "versioning of a locked bucket cannot be suspended"],
  ["s3_lock_on_write", "every write takes the bucket's default retention"],
  ["s3_conditional_copy", "a copy on a condition is refused when the destination is otherwise"],
  ["s3_kms_rights", "a writer or reader without rights on the key is refused"],
  ["s3_replica", "a replica is locked like its source, under its own key"],
  ["s3_replication_rights", "replication fails when its role loses its rights"],
  ["s3_event_version", "an arriving object is an event with its version, only on the bucket that sends events"],
  ["s3_account_public_access_block", "block public access refuses a public policy"],
  ["cloudwatch_alarm_evaluation", "an alarm looks only at its own metric and takes silence as it is told"],
  ["service_delivery_rights", "an alarm's message needs a topic and a key that admit CloudWatch"],
  ["logs_json_patterns", "a matching log line raises the alarm and reaches the subscriber, another line does not"],
  ["logs_metric_filters", "a matching log line raises the alarm and reaches the subscriber, another line does not"],
  ["cloudtrail_bucket_policy", "a trail needs a bucket whose policy lets CloudTrail write"],
  ["cloudtrail_recording", "a trail delivers refused calls with error and role, and the history shows no data events"],
  ["cloudtrail_to_eventbridge", "only who may stop a trail can stop it, and stopping it is an event"],
  ["cloudtrail_lookup", "a trail delivers refused calls with error and role, and the history shows no data events"],
  [
    "lambda_queue_rights",
    "a function reads a queue only with its role's rights, and within the queue's visibility timeout",
  ],
  [
    "lambda_batch_failures",
    "a message that a function fails on comes again and ends in the dead-letter queue, and holds no other up",
  ],
  ["sqs_dead_letter_sources", "a dead-letter queue names the queues whose dead letters it keeps"],
  ["sqs_queue_metrics", "a dead letter raises the alarm on its queue, and none on the queue that it came from"],
  ["dynamodb_kms_rights", "items of a table under a customer's key need kms:Decrypt"],
  ["transfer_sftp", "an SFTP session does what its role and session policy allow, through S3"],
  ["cloudtrail_delivery", "a trail delivers refused calls with error and role, and the history shows no data events"],
];

describe("with one patch left out", () => {
  const reports = new Map<string, PreflightReport>();

  // four at a time: most of them wait for a message that must not come
  beforeAll(async () => {
    const queue = [...SEEN_BY];
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift())
        reports.set(next[0], await run([next[0]], { only: [next[1]], patienceSeconds: 3 }));
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
  }, 180_000);

  test.each(SEEN_BY)("without %s, the preflight says so", (patch, check) => {
    const seen = reports.get(patch)?.checks.map(({ name, behaves }) => ({ name, behaves }));
    expect(seen).toEqual([{ name: check, behaves: false }]);
  });
});
