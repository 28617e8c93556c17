// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Decisions } from "../../validation/gate";
import { configurationDigest } from "./attest";
import { CORPUS } from "./folders";
import { judgedFolder } from "./judged";

const ZONE = path.join(CORPUS, "stacks", "foreign-zone-passes");

type Values = Record<string, unknown>;
interface Lock extends Values {
  readonly rule: readonly [{ readonly default_retention: readonly [Values] }];
}
interface Change {
  readonly address: string;
  readonly type: string;
  readonly change: { after: Values };
}

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-foreign-"));
  for (const name of [".terraform.lock.hcl", "example.json", "part11.yaml", "plan.json", "waivers.yaml"]) {
    fs.copyFileSync(path.join(ZONE, name), path.join(folder, name));
  }
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe("a zone of a team with modules of its own", () => {
  it("passes in production", () => {
    const decisions = judgedFolder(folder);
    expect({ verdict: decisions.verdict, environment: decisions.environment }).toEqual({
      verdict: "pass",
      environment: "production",
    });
  });

  it("passes although it is no stack of CDKTF and uses no module of ours", () => {
    expect(fs.existsSync(path.join(ZONE, "cdk.tf.json"))).toBe(false);
    expect(fs.readdirSync(path.join(ZONE, "modules")).sort()).toEqual(["bucket", "copying", "key", "role"]);
  });

  it("attests what the configuration beside it says, and nothing but prevent_destroy", () => {
    const attested = judgedFolder(folder).controls.flatMap(({ id, findings }) =>
      findings.flatMap(({ attribute, waiver }) => (waiver ? [{ id, attribute, digest: waiver.evidence?.digest }] : [])),
    );
    expect([...new Set(attested.map((one) => JSON.stringify(one)))].map((text) => JSON.parse(text))).toEqual([
      { id: "META-04", attribute: "lifecycle.prevent_destroy", digest: configurationDigest(ZONE) },
    ]);
  });

  it.each<[string, string, (changes: Change[]) => void]>([
    ["its records are locked in GOVERNANCE", "P11-10c-02", (all) => retention(all, "records", { mode: "GOVERNANCE" })],
    ["its records are locked a year too short", "P11-10c-03", (all) => retention(all, "records", { years: 6 })],
    [
      "the copy of its records is locked for a day",
      "P11-10c-08",
      (all) => retention(all, "copy", { days: 1, years: null }),
    ],
    [
      "its records are not copied",
      "P11-10c-07",
      (all) => drop(all, 'module.copying["records"].aws_s3_bucket_replication'),
    ],
    [
      "its audit bucket is not copied",
      "P11-10e-12",
      (all) => drop(all, 'module.copying["audit"].aws_s3_bucket_replication'),
    ],
    [
      "its records keep one version",
      "P11-10c-04",
      (all) => drop(all, 'module.bucket["records"].aws_s3_bucket_versioning'),
    ],
    [
      "its reports may become public",
      "P11-10d-01",
      (all) => drop(all, "module.reports.aws_s3_bucket_public_access_block"),
    ],
    [
      "its account may become public",
      "P11-10d-02",
      (all) => Object.assign(one(all, "aws_s3_account_public_access_block"), { block_public_policy: false }),
    ],
    [
      "its trail is switched off",
      "P11-10e-01",
      (all) => Object.assign(one(all, "aws_cloudtrail"), { enable_logging: false }),
    ],
    [
      "its trail cannot be validated",
      "P11-10e-02",
      (all) => Object.assign(one(all, "aws_cloudtrail"), { enable_log_file_validation: false }),
    ],
    [
      "the key of its records does not rotate",
      "P11-30-03",
      (all) => Object.assign(one(all, 'module.key["records"].aws_kms_key'), { enable_key_rotation: false }),
    ],
    ["nobody hears its alarms", "P11-300d-03", (all) => drop(all, "aws_sns_topic_subscription")],
    ["nothing records its account", "P11-10a-08", (all) => drop(all, "aws_config_configuration_recorder_status")],
    ["nobody may inspect it", "P11-10b-01", (all) => drop(all, "module.inspector.aws_iam_role_policy")],
  ])("does not pass when %s", (_, control, weaken) => {
    edit(weaken);
    const decisions = judgedFolder(folder);
    expect(decisions.verdict).toBe("fail");
    expect(failing(decisions)).toContain(control);
  });

  it("does not pass without its lock file", () => {
    fs.rmSync(path.join(folder, ".terraform.lock.hcl"));
    expect(judgedFolder(folder).verdict).toBe("fail");
  });

  it("does not pass while nobody attests that it refuses to be destroyed", () => {
    fs.rmSync(path.join(folder, "waivers.yaml"));
    const decisions = judgedFolder(folder);
    expect(decisions.verdict).toBe("fail");
    expect(decisions.controls.find(({ id }) => id === "META-04")?.status).toBe("unknown");
  });

  it("does not pass when an attestation has run out", () => {
    fs.writeFileSync(path.join(folder, "example.json"), '{ "asOf": "2027-02-01" }');
    expect(failing(judgedFolder(folder))).toContain("META-07");
  });
});

function edit(weaken: (changes: Change[]) => void): void {
  const file = path.join(folder, "plan.json");
  const plan = JSON.parse(fs.readFileSync(file, "utf8"));
  weaken(plan.resource_changes);
  fs.writeFileSync(file, JSON.stringify(plan));
}

function retention(changes: readonly Change[], bucket: string, change: Values): void {
  const module = bucket === "copy" ? 'module.copy["records"]' : `module.bucket["${bucket}"]`;
  const lock = one(changes, `${module}.aws_s3_bucket_object_lock_configuration`) as Lock;
  Object.assign(lock.rule[0].default_retention[0], change);
}

function one(changes: readonly Change[], start: string): Values {
  const found = changes.filter(({ address }) => address.startsWith(`${start}.`));
  expect(found).toHaveLength(1);
  return found[0]!.change.after;
}

function drop(changes: Change[], start: string): void {
  const left = changes.filter(({ address }) => !address.startsWith(start));
  expect(left.length).toBeLessThan(changes.length);
  changes.splice(0, changes.length, ...left);
}

function failing({ controls }: Decisions): readonly string[] {
  return controls.filter(({ status }) => status === "fail").map(({ id }) => id);
}
