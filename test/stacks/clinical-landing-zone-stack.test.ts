// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App, Testing } from "cdktf";
import type { EnvironmentName } from "../../modules";
import { ClinicalLandingZoneStack } from "../../stacks/clinical-landing-zone-stack";
import { leaveOut } from "../../stacks/leave-out";
import { OqChallengeStack } from "../../stacks/oq-challenge-stack";
import { type LandingZoneSettings, readSettings } from "../../stacks/settings";
import type { Target } from "../../stacks/target";
import { codeOf, resource, type SynthDocument, statements } from "../modules/synth";

const offline: Target = { name: "offline" };

const synthesized = new Map<string, string>();

/** A document of its own each time; the same stack is synthesized once. */
function synth(environment: EnvironmentName, target: Target = offline, without: string[] = []): SynthDocument {
  const key = JSON.stringify([environment, target, without]);
  const text = synthesized.get(key) ?? textOf(environment, target, without);
  synthesized.set(key, text);
  return JSON.parse(text) as SynthDocument;
}

function textOf(environment: EnvironmentName, target: Target, without: string[]): string {
  const stack = new ClinicalLandingZoneStack(new App(), "zone", readSettings(environment), target);
  leaveOut(stack, without);
  return Testing.synth(stack);
}

test.each([
  ["production", 13],
  ["qualification", 13],
  ["development", 11],
] as const)("the example settings of %s synthesize to %i buckets", (environment, buckets) => {
  expect(Object.keys(synth(environment).resource.aws_s3_bucket!)).toHaveLength(buckets);
});

test("who reads unblinded data stands in the settings, and nobody else may take the role", () => {
  const { unblinded } = readSettings("production");
  const { assume_role_policy } = resource(synth("production"), "aws_iam_role", "Unblinded-Reader");
  expect(statements(assume_role_policy)).toMatchObject([{ Principal: { AWS: unblinded!.readersTrustedBy } }]);
});

test("every read and write of the ledger, of what is expected and of who may log in is recorded", () => {
  const { advanced_event_selector } = resource(synth("production"), "aws_cloudtrail");
  const tables = JSON.stringify(advanced_event_selector).match(/table\/[a-z-]+/g);
  expect(tables).toEqual(["table/acme-clin-ledger", "table/acme-clin-deliveries", "table/acme-clin-vendors"]);
});

test("the golden production synth is what the example settings give now", () => {
  const golden = path.join(__dirname, "..", "golden", "production", "cdk.tf.json");
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    const env = { ...process.env, CDKTF_OUTDIR: outdir };
    execFileSync(process.execPath, ["-r", "ts-node/register", "stacks/main.ts"], {
      cwd: path.join(__dirname, "../.."),
      env,
    });
    const now = path.join(outdir, "stacks", "clinical-landing-zone", "cdk.tf.json");
    expect(fs.readFileSync(now, "utf8")).toBe(fs.readFileSync(golden, "utf8"));
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
});

test("every policy reaches each in-stack principal that it names through depends_on or a reference", () => {
  const document = JSON.parse(
    Testing.synth(new OqChallengeStack(new App(), "oq", readSettings("qualification"), offline)),
  ) as SynthDocument;
  for (const each of [synth("production"), synth("qualification"), document]) {
    expect(principalsWithoutPath(each)).toEqual([]);
  }
});

test("a policy whose edge to its principal is taken away is found", () => {
  const document = JSON.parse(
    Testing.synth(new OqChallengeStack(new App(), "oq", readSettings("qualification"), offline)),
  ) as SynthDocument;
  delete resource(document, "aws_s3_bucket_policy", "Challenged").depends_on;
  expect(principalsWithoutPath(document)).toHaveLength(1);
});

test("bucket policies, trusts and topic policies are literal", () => {
  const { resource: types } = synth("production");
  const texts = [
    ...Object.values(types.aws_s3_bucket_policy!).map((r) => r.policy),
    ...Object.values(types.aws_iam_role!).map((r) => r.assume_role_policy),
    ...Object.values(types.aws_sns_topic_policy!).map((r) => r.policy),
    ...Object.values(types.aws_kms_key!).map((r) => r.policy),
  ] as string[];
  expect(texts.filter((text) => text.includes("${"))).toEqual([]);
});

test("an offline plan has skips and no endpoints, an aws plan neither", () => {
  const providers = (target: Target) =>
    (synth("production", target) as unknown as { provider: { aws: object[] } }).provider.aws;
  for (const provider of providers(offline)) {
    expect(provider).toMatchObject({ skip_credentials_validation: true });
    expect(provider).not.toHaveProperty("endpoints");
  }
  for (const provider of providers({ name: "aws" })) {
    expect(Object.keys(provider).filter((key) => /skip|endpoint|access|secret/.test(key))).toEqual([]);
    expect(provider).toMatchObject({ allowed_account_ids: ["111122223333"] });
  }
});

test.each([undefined, "http://127.0.0.1:1", "https://example.org:443"])(
  "the emulator target refuses the endpoint %s",
  (endpoint) => {
    expect(codeOf(() => synth("qualification", { name: "emulator", endpoint }))).toBe("SETTINGS_INVALID");
  },
);

test("a left-out type is gone together with dependencies on it", () => {
  const document = synth("qualification", offline, ["aws_kms_alias", "aws_cloudwatch_log_metric_filter"]);
  expect(document.resource.aws_kms_alias).toBeUndefined();
  const alarms = Object.values(document.resource.aws_cloudwatch_metric_alarm!).flatMap(
    (alarm) => alarm.depends_on as string[],
  );
  expect(alarms.filter((dependency) => dependency.startsWith("aws_cloudwatch_log_metric_filter."))).toEqual([]);
});

test("the account-wide public access block is managed unless another stack does", () => {
  const settings: LandingZoneSettings = { ...readSettings("production"), manageAccountPublicAccessBlock: false };
  const stack = new ClinicalLandingZoneStack(new App(), "zone", settings, offline);
  expect(Testing.synth(stack)).not.toContain("aws_s3_account_public_access_block");
  expect(resource(synth("production"), "aws_s3_account_public_access_block")).toMatchObject({
    restrict_public_buckets: true,
  });
});

test.each([
  ["production", { mode: "COMPLIANCE", days: 7 }],
  ["qualification", { mode: "COMPLIANCE", days: 1 }],
  ["development", { mode: "GOVERNANCE", days: 1 }],
] as const)("settings of %s may leave the lock of the inbox out", (environment, expected) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    const examples = path.join(__dirname, "../../stacks/settings");
    const example = fs.readFileSync(path.join(examples, `${environment}.yaml`), "utf8");
    for (const name of ["vendors.yaml", "vendors-qualification.yaml"])
      fs.copyFileSync(path.join(examples, name), path.join(folder, name));
    const file = path.join(folder, "settings.yaml");
    fs.writeFileSync(file, example.replace(/^inboxRetention:.*\n/m, ""));
    const settings = readSettings(environment, file);
    expect(settings).not.toHaveProperty("inboxRetention");
    const stack = new ClinicalLandingZoneStack(new App(), "zone", settings, offline);
    const document = JSON.parse(Testing.synth(stack)) as SynthDocument;
    expect(resource(document, "aws_s3_bucket_object_lock_configuration", "Zone_Inbox").rule).toEqual({
      default_retention: expected,
    });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test("fails when development asks for years of COMPLIANCE", () => {
  const settings: LandingZoneSettings = {
    ...readSettings("development"),
    retention: { mode: "COMPLIANCE", period: { years: 7 } },
  };
  const build = () => new ClinicalLandingZoneStack(new App(), "zone", settings, offline);
  expect(codeOf(build)).toBe("RETENTION_TOO_LONG_OUTSIDE_PRODUCTION");
});

test("fails when a vendor is to send records of a class that the settings do not lock for", () => {
  const settings = readSettings("production");
  const other: LandingZoneSettings = { ...settings, system: { ...settings.system, recordClass: "tmf" } };
  expect(codeOf(() => new ClinicalLandingZoneStack(new App(), "zone", other, offline))).toBe("SETTINGS_INVALID");
});

test("the settings may name further audited regions", () => {
  const settings: LandingZoneSettings = { ...readSettings("production"), auditedRegions: ["us-west-2"] };
  const stack = new ClinicalLandingZoneStack(new App(), "zone", settings, offline);
  const { parameters } = resource(JSON.parse(Testing.synth(stack)) as SynthDocument, "aws_glue_catalog_table");
  expect(parameters).toMatchObject({ "projection.region.values": "eu-central-1,eu-west-1,us-east-1,us-west-2" });
});

describe("teardown", () => {
  const challenge = () =>
    JSON.parse(
      Testing.synth(new OqChallengeStack(new App(), "oq", readSettings("qualification"), offline)),
    ) as SynthDocument;
  const emptied = (document: SynthDocument) =>
    ["aws_s3_bucket", "aws_athena_workgroup"].flatMap((type) =>
      Object.values(document.resource[type] ?? {}).map((body) => body.force_destroy),
    );
  const kept = (document: SynthDocument) =>
    Object.values(document.resource).flatMap((byName) =>
      Object.entries(byName)
        .filter(([, { lifecycle, skip_destroy }]) => skip_destroy || JSON.stringify(lifecycle ?? {}).includes("true"))
        .map(([name]) => name),
    );

  test.each(["production", "development"] as const)("Terraform may empty nothing in %s", (environment) => {
    expect(new Set(emptied(synth(environment)))).toEqual(new Set([false]));
  });

  test("Terraform may empty and destroy everything in qualification", () => {
    for (const document of [synth("qualification"), challenge()]) {
      expect(new Set(emptied(document))).toEqual(new Set([true]));
      expect(kept(document)).toEqual([]);
    }
    expect(kept(synth("production"))).not.toEqual([]);
  });

  test("each bucket's policy refers to its bucket, so that destroy takes the refusals away before it empties", () => {
    const { aws_s3_bucket: buckets, aws_s3_bucket_policy: policies } = synth("qualification").resource;
    const named = Object.values(policies!).map(({ bucket }) => bucket);
    expect(named.sort()).toEqual(
      Object.keys(buckets!)
        .map((name) => `\${aws_s3_bucket.${name}.bucket}`)
        .sort(),
    );
  });
});

test("the summary names TB-years of every locked bucket", () => {
  const lines = synth("production").output!.part11_plan_summary!.value as string[];
  expect(lines.filter((line) => line.includes("7.00 TB-years"))).toHaveLength(8);
});

test("the challenge stack's bucket refuses nothing by policy and keeps its lock", () => {
  const stack = new OqChallengeStack(new App(), "oq", readSettings("qualification"), offline);
  const document = JSON.parse(Testing.synth(stack)) as SynthDocument;
  const { policy } = resource(document, "aws_s3_bucket_policy", "Challenged");
  expect(statements(policy).map((s) => s.Effect)).toEqual(["Allow"]);
  expect(resource(document, "aws_s3_bucket_object_lock_configuration").rule).toEqual({
    default_retention: { mode: "COMPLIANCE", days: 1 },
  });
});

test("the challenger is allowed every call on the system's buckets and on keys, and none elsewhere", () => {
  const stack = new OqChallengeStack(new App(), "oq", readSettings("qualification"), offline);
  const document = JSON.parse(Testing.synth(stack)) as SynthDocument;
  expect(statements(resource(document, "aws_iam_role_policy").policy)).toMatchObject([
    {
      Effect: "Allow",
      Action: ["s3:*", "kms:*"],
      Resource: ["arn:aws:s3:::acme-qual-*", "arn:aws:kms:*:111122223333:key/*"],
    },
  ]);
});

/** `policy address -> principal ARN` for every in-stack role that a policy names without a path in the graph. */
function principalsWithoutPath(document: SynthDocument): string[] {
  const all = Object.entries(document.resource).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, body]) => ({ address: `${type}.${name}`, body })),
  );
  const edges = new Map(
    all.map(({ address, body }) => [
      address,
      all.map((r) => r.address).filter((other) => other !== address && mentions(body, other)),
    ]),
  );
  const roles = all.filter(({ address }) => address.startsWith("aws_iam_role."));
  return all.flatMap(({ address, body }) =>
    ["policy", "assume_role_policy"].flatMap((attribute) => {
      const text = body[attribute];
      if (typeof text !== "string") return [];
      return roles
        .filter((role) => role.address !== address)
        .filter((role) => JSON.stringify(statements(text).map((s) => s.Principal)).includes(`:role/${role.body.name}"`))
        .filter((role) => !reaches(edges, address, role.address))
        .map((role) => `${address} -> ${role.body.name}`);
    }),
  );
}

function mentions(body: Record<string, unknown>, address: string): boolean {
  const text = JSON.stringify(body);
  return text.includes(`"${address}"`) || text.includes(`\${${address}.`);
}

function reaches(edges: Map<string, string[]>, from: string, to: string, seen = new Set<string>()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return (edges.get(from) ?? []).some((next) => reaches(edges, next, to, seen));
}
