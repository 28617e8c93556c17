// SPDX-License-Identifier: Apache-2.0
import { TransferServer } from "@cdktf/provider-aws/lib/transfer-server";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { TerraformStack } from "cdktf";
import {
  ClinicalLandingZone,
  type ClinicalLandingZoneProps,
  type ExpectedDelivery,
  inboundPrefix,
  Retention,
} from "../../modules";
import {
  codeOf,
  deployer,
  env,
  identity,
  resource,
  type SynthDocument,
  statement,
  statements,
  synthesize,
  testStack,
} from "./synth";

const endpoint = { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.logs" };

function build(overrides: Partial<ClinicalLandingZoneProps> = {}) {
  const { stack, replica } = testStack();
  const landingZone = new ClinicalLandingZone(stack, "Zone", {
    env,
    replicaRegion: "eu-west-1",
    replicaProvider: replica,
    namePrefix: "acme",
    identity: identity(),
    retention: Retention.compliance({ years: 7 }),
    administratorArns: [deployer],
    writers: [{ name: "lab", vendor: "lab", trustedBy: ["arn:aws:iam::111122223333:role/app"] }],
    inspectorTrustedBy: ["arn:aws:iam::111122223333:role/qa"],
    custodianTrustedBy: ["arn:aws:iam::111122223333:role/records"],
    highSubscribers: [{ protocol: "email", endpoint: "on-call@example.org" }],
    lowSubscribers: [{ protocol: "email", endpoint: "office@example.org" }],
    receiving: { codeBucketName: "acme-code-111122223333", deliveries: [] },
    ...overrides,
  });
  return { stack, landingZone };
}

/** The zone as built without overrides, synthesized once; every caller gets a document of its own. */
let plain: string | undefined;

function zone(overrides: Partial<ClinicalLandingZoneProps> = {}): SynthDocument {
  if (Object.keys(overrides).length > 0) return synthesize(build(overrides).stack);
  plain ??= JSON.stringify(synthesize(build().stack));
  return JSON.parse(plain);
}

const READER = "arn:aws:iam::111122223333:role/statistics";

const LIST: ExpectedDelivery = {
  ...{ vendor: "rand", study: "st-101", name: "list", files: "RAND_*.csv", sizeBytes: { min: 1, max: 1000 } },
  ...{ manifest: "none", sha256File: "none", finishedBy: "object", windowMinutes: 60, blinding: "unblinded" },
};

/** The zone with a randomisation list, which its statisticians read. */
function withUnblinded(overrides: Partial<ClinicalLandingZoneProps> = {}): SynthDocument {
  const receiving = { codeBucketName: "acme-code-111122223333", deliveries: [LIST] };
  if (Object.keys(overrides).length > 0)
    return zone({ unblinded: { readersTrustedBy: [READER] }, receiving, ...overrides });
  unblinded ??= JSON.stringify(zone({ unblinded: { readersTrustedBy: [READER] }, receiving }));
  return JSON.parse(unblinded);
}
let unblinded: string | undefined;

const all = (document: SynthDocument, type: string) => Object.values(document.resource[type]!);

test("every bucket says its role", () => {
  const roles = all(zone(), "aws_s3_bucket").map((bucket) => (bucket.tags as Record<string, string>).BucketRole);
  expect(roles.sort()).toEqual([
    "access-log",
    "access-log",
    "audit",
    "inbox",
    "other",
    "record",
    "record",
    "replica",
    "replica",
    "replica",
    "results",
  ]);
});

test("roles of machines that deliver are told from roles of people", () => {
  const tagged = all(zone(), "aws_iam_role").filter((role) => "Part11Role" in (role.tags as object));
  expect(tagged.map(({ name, tags }) => [name, (tags as Record<string, string>).Part11Role])).toEqual([
    ["acme-ingest", "ingest"],
    ["acme-writer-lab", "sender"],
  ]);
});

test("every locked bucket but the inbox keeps its versions for seven years", () => {
  const periods = all(zone(), "aws_s3_bucket_object_lock_configuration").map(
    (lock) => (lock.rule as { default_retention: object }).default_retention,
  );
  const years = { mode: "COMPLIANCE", years: 7 };
  expect(periods).toEqual(expect.arrayContaining([{ mode: "COMPLIANCE", days: 7 }, years]));
  expect(periods.filter((period) => JSON.stringify(period) === JSON.stringify(years))).toHaveLength(6);
});

test.each([
  ["production", Retention.compliance({ years: 7 }), { mode: "COMPLIANCE", days: 7 }],
  ["qualification", Retention.compliance({ days: 1 }), { mode: "COMPLIANCE", days: 1 }],
  ["development", Retention.none(), { mode: "GOVERNANCE", days: 1 }],
] as const)("the inbox of %s is locked by default", (environment, retention, expected) => {
  const lock = resource(
    zone({ identity: identity(environment), retention }),
    "aws_s3_bucket_object_lock_configuration",
    "Zone_Inbox",
  );
  expect(lock.rule).toEqual({ default_retention: expected });
});

test("the inbox takes the lock that is given", () => {
  const given = zone({ inboxRetention: Retention.compliance({ days: 30 }) });
  expect(resource(given, "aws_s3_bucket_object_lock_configuration", "Zone_Inbox").rule).toEqual({
    default_retention: { mode: "COMPLIANCE", days: 30 },
  });
});

test("no runtime role can bypass a lock, delete anything but a message it took or a row it restored, or administer anything", () => {
  const granted = all(zone(), "aws_iam_role_policy")
    .flatMap(({ policy }) => statements(policy))
    .filter(({ Resource }) => Resource !== "arn:aws:dynamodb:eu-central-1:111122223333:table/acme-restored-*")
    .flatMap(({ Action }) => Action);
  const grave = granted.filter((action) => /Delete|Bypass|PutBucket|Lifecycle|iam:|cloudtrail:|\*$/.test(action));
  expect(grave).toEqual(["sqs:DeleteMessage"]);
});

test("the permissions boundary ends at the zone's own names and at the account's keys", () => {
  const allowed = statements(resource(zone(), "aws_iam_policy").policy).map(({ Resource }) => Resource);
  expect(allowed).toEqual([
    ["arn:aws:s3:::acme-*-111122223333", "arn:aws:s3:::acme-*-111122223333/*"],
    "arn:aws:dynamodb:eu-central-1:111122223333:table/acme-*",
    "arn:aws:dynamodb:eu-central-1:111122223333:table/acme-*",
    "arn:aws:dynamodb:eu-central-1:111122223333:table/acme-restored-*",
    [
      "arn:aws:backup:eu-central-1:111122223333:backup-vault:acme-*",
      "arn:aws:backup:eu-central-1:111122223333:recovery-point:*",
    ],
    "arn:aws:sqs:eu-central-1:111122223333:acme-*",
    "arn:aws:sns:eu-central-1:111122223333:acme-*",
    "arn:aws:secretsmanager:eu-central-1:111122223333:secret:acme/*",
    "arn:aws:kms:*:111122223333:key/*",
    "arn:aws:logs:eu-central-1:111122223333:log-group:/part11/acme/*",
    "arn:aws:logs:eu-central-1:111122223333:log-group:*",
  ]);
});

test("every bucket of the zone lies within the permissions boundary", () => {
  const names = all(zone(), "aws_s3_bucket").map(({ bucket }) => bucket);
  expect(names).toEqual(names.map(() => expect.stringMatching(/^acme-.+-111122223333$/)));
});

test("every runtime role has the permissions boundary", () => {
  expect(all(zone(), "aws_iam_role").map((role) => role.permissions_boundary)).toEqual(
    all(zone(), "aws_iam_role").map(() => "arn:aws:iam::111122223333:policy/acme-boundary"),
  );
});

test("the services that are trusted are backup, CloudTrail, tasks, functions and S3", () => {
  const trusts = all(zone(), "aws_iam_role").flatMap((role) => statements(role.assume_role_policy));
  const services = trusts.flatMap((s) => (s.Principal as { Service?: string }).Service ?? []);
  expect(services.sort()).toEqual([
    "backup.amazonaws.com",
    "backup.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    ...Array(3).fill("lambda.amazonaws.com"),
    ...Array(3).fill("s3.amazonaws.com"),
  ]);
});

/** Names of the roles that a statement of a bucket's policy does not refuse. */
function spared(document: SynthDocument, id: string, sid: string): string[] {
  const deny = statement(resource(document, "aws_s3_bucket_policy", id).policy, sid);
  expect(deny).toMatchObject({ Effect: "Deny", Principal: "*", Action: ["s3:GetObject", "s3:GetObjectVersion"] });
  const names = deny.Condition!.ArnNotEquals!["aws:PrincipalArn"] as string[];
  return names.map((arn) => arn.replace("arn:aws:iam::111122223333:role/acme-", ""));
}

test.each([
  ["Zone_Inbox", ["ingest", "inspector"]],
  ["Zone_Raw_Bucket", ["ingest", "inspector", "replicate-raw", "step"]],
  ["Zone_Curated_Bucket", ["ingest", "inspector", "replicate-curated"]],
])("what %s holds is read by the roles alone whose work that is", (id, roles) => {
  expect(spared(zone(), id, "DenyReadingByOthers")).toEqual(roles);
});

test("nothing that was received or kept expires, promoted or not", () => {
  const rules = Object.entries(withUnblinded().resource.aws_s3_bucket_lifecycle_configuration!)
    .filter(([id]) => /Zone_(Inbox|Raw|Curated|Unblinded|Audit_)/.test(id))
    .map(([, { rule }]) => JSON.stringify(rule));
  expect(rules).toHaveLength(8);
  expect(rules.filter((rule) => rule.includes("expiration"))).toEqual([]);
});

describe("unblinded data", () => {
  const BUCKETS = ["Zone_Unblinded_Bucket", "Zone_UnblindedReplication_Replica_Bucket"];

  test("is read, in bucket and copy, by its reader and by who writes them", () => {
    expect(BUCKETS.map((id) => spared(withUnblinded(), id, "DenyReadingByOthers"))).toEqual([
      ["ingest", "replicate-unblinded", "unblinded-reader"],
      ["replicate-unblinded", "unblinded-reader"],
    ]);
  });

  test("is read in production by nobody who may take the inspector's role", () => {
    expect(() => withUnblinded({ inspectorTrustedBy: [READER] })).toThrow(
      "one principal reads blinded and unblinded data",
    );
  });

  test("is read by nobody who reads other records, and its reader reads no others", () => {
    const { aws_iam_role_policy: policies } = withUnblinded().resource;
    const reading = Object.entries(policies!).flatMap(([id, { policy }]) =>
      statements(policy)
        .filter(({ Action }) => [Action].flat().includes("s3:GetObject"))
        .flatMap(({ Resource }) =>
          [Resource]
            .flat()
            .filter((arn) => !arn.includes(":acme-audit-"))
            .map((arn) => ({ id, unblinded: arn.includes("acme-unblinded-") })),
        ),
    );
    const roles = (unblinded: boolean) => new Set(reading.filter((r) => r.unblinded === unblinded).map(({ id }) => id));
    const both = [...roles(true)].filter((id) => roles(false).has(id));
    expect([both, [...roles(true)].filter((id) => !both.includes(id))]).toEqual([
      [expect.stringMatching(/Ingest_Handler_Role_hash-versions/)],
      [expect.stringMatching(/Unblinded-Reader_inspect_/)],
    ]);
  });

  test("is proved by its reader, who reads ledger, its copies and the trail, and writes none of them", () => {
    const { aws_iam_role_policy: policies } = withUnblinded().resource;
    const own = Object.entries(policies!).filter(([id]) => id.includes("Unblinded-Reader"));
    const granted = own.flatMap(([, { policy }]) => statements(policy));
    const objects = granted.find(({ Action }) => [Action].flat().includes("s3:GetObjectVersion"))!;
    expect(objects.Resource).toContain("arn:aws:s3:::acme-audit-111122223333/*");
    expect(granted.find(({ Sid }) => Sid === "Read")?.Resource).toMatch(/table\/acme-ledger$/);
    const actions = granted.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/:(Get|List|Query|Decrypt|FilterLogEvents)/.test(action))).toEqual([]);
  });

  test("is decrypted by its own key, which no reader of other records may use", () => {
    const document = withUnblinded();
    const { rule } = resource(document, "aws_s3_bucket_server_side_encryption_configuration", "Zone_Unblinded_");
    expect(JSON.stringify(rule)).toMatch(/aws_kms_key.Zone_Unblinded_Key_\w+.arn/);
    const users = Object.entries(document.resource.aws_iam_role_policy!).filter(([, { policy }]) =>
      /aws_kms_key.Zone_Unblinded_Key/.test(String(policy)),
    );
    expect(users.map(([id]) => id.replace(/_[0-9A-F]{8}$/, "")).sort()).toEqual([
      "Zone_Receiving_Ingest_Handler_Role_hash-versions-keys",
      "Zone_Receiving_Ingest_Handler_Role_write-Zone-Unblinded-key",
      "Zone_Unblinded-Reader_inspect-keys",
      "Zone_UnblindedReplication_Role_replicate-keys",
    ]);
  });

  test("of which a copy names another key is refused, so that nothing is promoted with raw's", () => {
    const { policy } = resource(withUnblinded(), "aws_s3_bucket_policy", "Zone_Unblinded_Bucket");
    expect(statement(policy, "DenyNamedKey")).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Condition: { Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" } },
    });
  });

  test("is read in the inbox by promotion alone, trials of its vendor included", () => {
    const document = withUnblinded();
    expect(spared(document, "Zone_Inbox", "DenyReadingUnblinded")).toEqual(["ingest"]);
    const { policy } = resource(document, "aws_s3_bucket_policy", "Zone_Inbox");
    expect(statement(policy, "DenyReadingUnblinded").Resource).toEqual([
      "arn:aws:s3:::acme-inbox-111122223333/clinical/inbound/raw/rand/st-101/*",
      "arn:aws:s3:::acme-inbox-111122223333/clinical/inbound/test/rand/*",
    ]);
  });

  test("is locked, recorded, watched, held and reconciled as other records are", () => {
    const document = withUnblinded();
    expect(resource(document, "aws_s3_bucket_object_lock_configuration", "Zone_Unblinded_").rule).toEqual({
      default_retention: { mode: "COMPLIANCE", years: 7 },
    });
    const named = (type: string, part: string) => JSON.stringify(resource(document, type, part));
    for (const [type, part] of [
      ["aws_cloudtrail", ""],
      ["aws_cloudwatch_dashboard", ""],
      ["aws_cloudwatch_metric_alarm", "volume-Zone-Unblinded"],
      ["aws_s3_bucket_inventory", "Zone_Unblinded_"],
      ["aws_iam_role_policy", "Custodian_legal-hold-Zone-Unblinded"],
      ["aws_lambda_function", "Reconciliation"],
      ["aws_lambda_function", "DeliveryCheck"],
    ] as const) {
      expect([type, named(type, part)]).toEqual([type, expect.stringContaining("acme-unblinded-111122223333")]);
    }
  });

  test("is read by nobody where the settings name no reader", () => {
    const document = withUnblinded({ unblinded: {} });
    expect(Object.keys(document.resource.aws_iam_role!).filter((id) => id.includes("Reader"))).toEqual([]);
    expect(spared(document, "Zone_Unblinded_Bucket", "DenyReadingByOthers")).toEqual(["ingest", "replicate-unblinded"]);
  });

  test("has no bucket where the settings do not speak of it, and a delivery of it is refused there", () => {
    expect(JSON.stringify(zone())).not.toContain("acme-unblinded");
    expect(codeOf(() => withUnblinded({ unblinded: undefined }))).toBe("SETTINGS_INVALID");
  });

  test.each([undefined, "st-101"])("is refused from a writer to raw, study %s", (study) => {
    const writers = [{ name: "rand", vendor: "rand", study, bucket: "raw" as const, trustedBy: [READER] }];
    expect(codeOf(() => withUnblinded({ writers }))).toBe("SETTINGS_INVALID");
  });
});

describe("a system that pushes", () => {
  const machine = "arn:aws:iam::111122223333:role/mes";
  const mes = { name: "mes", vendor: "mes", study: "st-101" };
  const sender = { kind: "application", trust: { roleArns: [machine] } } as const;
  const grants = (overrides: object = {}) =>
    Object.entries(zone({ push: [{ ...mes, sender, ...overrides }] }).resource.aws_iam_role_policy!)
      .filter(([id]) => id.includes("Push-mes"))
      .flatMap(([, { policy }]) => statements(policy));

  test("writes below its own prefix of the inbox, with signed SHA-256, within the boundary", () => {
    const said = grants();
    expect(said.find(({ Sid }) => Sid === "Write")?.Resource).toBe(
      "arn:aws:s3:::acme-inbox-111122223333/clinical/inbound/raw/mes/st-101/*",
    );
    expect(said.map(({ Sid }) => Sid)).toContain("DenyUnsignedBytes");
    const role = resource(zone({ push: [{ ...mes, sender }] }), "aws_iam_role", "Push-mes");
    expect(role).toMatchObject({ permissions_boundary: "arn:aws:iam::111122223333:policy/acme-boundary" });
  });

  test("lands in raw where that is asked for", () => {
    expect(grants({ landing: "raw" }).find(({ Sid }) => Sid === "Write")?.Resource).toMatch(/:::acme-raw-/);
  });

  test("is refused in raw where its vendor's study is unblinded", () => {
    const push = [{ ...mes, vendor: "rand", landing: "raw" as const, sender }];
    expect(codeOf(() => withUnblinded({ push }))).toBe("SETTINGS_INVALID");
  });
});

describe("a scan", () => {
  const scan = {
    functionArn: "arn:aws:lambda:eu-central-1:111122223333:function:house-scan:live",
    roleArn: "arn:aws:iam::111122223333:role/house-scan",
  };
  const receiving = (of: object) => ({
    codeBucketName: "acme-code-111122223333",
    deliveries: [LIST],
    scan: { ...scan, ...of },
  });
  const scanned = () => withUnblinded({ receiving: receiving({}) });
  const asking = (policy: unknown) => statements(policy).filter(({ Sid }) => Sid === "AskScan");

  test("is asked by promotion alone, which may call that function and no other", () => {
    const document = scanned();
    const asked = Object.entries(document.resource.aws_iam_role_policy!).flatMap(([id, { policy }]) =>
      asking(policy).map(({ Action, Resource }) => [id.replace(/_[0-9A-F]{8}$/, ""), Action, Resource]),
    );
    expect(asked).toEqual([["Zone_Receiving_Ingest_Handler_Role_ask-scan", "lambda:InvokeFunction", scan.functionArn]]);
    expect(asking(resource(document, "aws_iam_policy").policy)).toMatchObject([{ Resource: scan.functionArn }]);
    const { environment } = resource(document, "aws_lambda_function", "Ingest") as { environment: object };
    expect(environment).toMatchObject({ variables: { SCAN_FUNCTION: scan.functionArn } });
  });

  test("reads the inbox, unblinded folders included, and no records", () => {
    const document = scanned();
    expect(spared(document, "Zone_Inbox", "DenyReadingByOthers")).toContain(scan.roleArn);
    expect(spared(document, "Zone_Inbox", "DenyReadingUnblinded")).toEqual(["ingest", scan.roleArn]);
    expect(spared(document, "Zone_Raw_Bucket", "DenyReadingByOthers")).not.toContain(scan.roleArn);
    expect(spared(document, "Zone_Unblinded_Bucket", "DenyReadingByOthers")).not.toContain(scan.roleArn);
  });

  test("is none where the settings name none: nobody may call a function", () => {
    expect(JSON.stringify(withUnblinded())).not.toContain("lambda:InvokeFunction\\");
  });

  test.each([
    { functionArn: "arn:aws:lambda:eu-central-1:111122223333:function:*" },
    { functionArn: "house-scan" },
    { roleArn: "arn:aws:iam::111122223333:root" },
    { roleArn: "*" },
  ])("fails for %j, which is not one function or one role", (of) => {
    expect(codeOf(() => withUnblinded({ receiving: receiving(of) }))).toBe("SETTINGS_INVALID");
  });
});

test("only the custodian may set a legal hold", () => {
  const holders = Object.entries(zone().resource.aws_iam_role_policy!).filter(([, inline]) =>
    String(inline.policy).includes("PutObjectLegalHold"),
  );
  expect(holders.map(([id]) => id.includes("Custodian"))).toEqual([true, true]);
});

test("each alarm acts on a topic, states missing data, and each topic of alarms has a subscriber", () => {
  const document = zone();
  for (const alarm of all(document, "aws_cloudwatch_metric_alarm")) {
    expect(alarm).toMatchObject({
      actions_enabled: true,
      // A check that does not run sends no data: that is what its alarm on silence is for.
      treat_missing_data: alarm.comparison_operator === "LessThanThreshold" ? "breaching" : "notBreaching",
    });
    expect(alarm.alarm_actions).toEqual([expect.stringMatching(/^arn:aws:sns:.*acme-alerts-(high|low)$/)]);
  }
  const subscribed = all(document, "aws_sns_topic_subscription").map(({ topic_arn }) => topic_arn);
  const alarmed = Object.keys(document.resource.aws_sns_topic!).filter((id) => /Monitoring|Notices/.test(id));
  const topics = alarmed.map((id) => `\${aws_sns_topic.${id}.arn}`);
  expect(subscribed.sort()).toEqual(topics.sort());
});

test("no filter pattern is longer than CloudWatch Logs takes", () => {
  const lengths = all(zone(), "aws_cloudwatch_log_metric_filter").map(({ pattern }) => String(pattern).length);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(1024);
});

test("each finding on the trail is counted, alarmed and shown under one name", () => {
  const document = zone();
  const filters = Object.entries(document.resource.aws_cloudwatch_log_metric_filter!).filter(([id]) =>
    id.includes("Monitoring"),
  );
  const counted = filters.map(([, { metric_transformation }]) => {
    const { namespace, name } = metric_transformation as Record<string, string>;
    return `${namespace} ${name}`;
  });
  const alarmed = all(document, "aws_cloudwatch_metric_alarm").map(
    (alarm) => `${alarm.namespace} ${alarm.metric_name}`,
  );
  const { dashboard_body } = resource(document, "aws_cloudwatch_dashboard");
  const { widgets } = JSON.parse(String(dashboard_body)) as { widgets: { properties: { metrics: string[][] } }[] };
  const shown = widgets.flatMap(({ properties }) =>
    properties.metrics.map(([namespace, name]) => `${namespace} ${name}`),
  );
  expect(counted).toHaveLength(6);
  expect(alarmed).toEqual(expect.arrayContaining(counted));
  expect(shown).toEqual(expect.arrayContaining(counted));
});

test("the alarm key lets CloudWatch and EventBridge encrypt, else alarms are lost in silence", () => {
  const services = statements(resource(zone(), "aws_kms_key", "Monitoring_Key").policy).map((s) => s.Principal);
  expect(services).toEqual(
    expect.arrayContaining([{ Service: "cloudwatch.amazonaws.com" }, { Service: "events.amazonaws.com" }]),
  );
});

test("access logs go to buckets that are neither locked nor encrypted with KMS", () => {
  const document = zone();
  for (const part of ["Zone_AccessLogs_", "ReplicaAccessLogs"]) {
    expect(resource(document, "aws_s3_bucket", part).object_lock_enabled).toBe(false);
    const { rule } = resource(document, "aws_s3_bucket_server_side_encryption_configuration", part);
    expect(JSON.stringify(rule)).toContain("AES256");
  }
});

test("the audit search's template keeps Athena's own placeholders", () => {
  const { parameters } = resource(zone(), "aws_glue_catalog_table");
  expect((parameters as Record<string, string>)["storage.location.template"]).toBe(
    "s3://acme-audit-111122223333/AWSLogs/111122223333/CloudTrail/$${region}/$${day}",
  );
});

test.each([
  ["us-east-1 for global services", {}, "eu-central-1,eu-west-1,us-east-1"],
  [
    "no third region outside partition aws",
    { env: { ...env, partition: "aws-us-gov", region: "us-gov-west-1" }, replicaRegion: "us-gov-east-1" },
    "us-gov-west-1,us-gov-east-1",
  ],
  ["the regions given", { auditedRegions: ["us-west-2", "eu-west-1"] }, "eu-central-1,eu-west-1,us-east-1,us-west-2"],
] as const)("the audit search covers its own two regions and %s", (_, overrides, regions) => {
  const { parameters } = resource(zone(overrides), "aws_glue_catalog_table");
  expect((parameters as Record<string, string>)["projection.region.values"]).toBe(regions);
});

test.each([
  ["none", () => undefined],
  ["1 aws_transfer_server", (stack) => new TransferServer(stack, "Sftp", {})],
  ["1 aws_vpc_endpoint", (stack) => new VpcEndpoint(stack, "Logs", { ...endpoint, vpcEndpointType: "Interface" })],
  ["none", (stack) => new VpcEndpoint(stack, "S3", endpoint)],
] as [string, (stack: TerraformStack) => unknown][])("the summary's hourly endpoints are %s", (expected, add) => {
  const { stack, landingZone } = build();
  add(stack);
  expect(landingZone.summary.at(-1)).toBe(`hourly endpoints: ${expected}`);
});

test("a writer's prefix is purpose, stage, vendor, study and UTC date", () => {
  const received = new Date("2026-11-20T23:30:00-02:00");
  expect(inboundPrefix({ vendor: "acme", study: "st-101", received })).toBe(
    "clinical/inbound/raw/acme/st-101/2026-11-21/",
  );
});

test.each(["a", "Acme", "acme/", "..", "ac me", "x".repeat(33)])("fails on the vendor id %j", (vendor) => {
  expect(codeOf(() => inboundPrefix({ vendor }))).toBe("PREFIX_INVALID");
});

test.each([
  ["SUBSCRIBER_MISSING", { highSubscribers: [] }],
  ["RETENTION_TOO_SHORT", { inboxRetention: Retention.compliance({ days: 6 }) }],
  ["RETENTION_TOO_SHORT", { inboxRetention: Retention.compliance({ years: 8 }) }],
  ["REGION_INVALID", { auditedRegions: ["us-east-1,us-west-2"] }],
  ["TAG_INVALID", { identity: { ...identity(), owner: "who?" } }],
] as const)("fails with %s", (code, overrides) => {
  expect(codeOf(() => zone(overrides))).toBe(code);
});

test("no policy has the same statement id twice, which AWS refuses", () => {
  const document = zone();
  const texts = Object.values(document.resource).flatMap((byName) => Object.values(byName).map(({ policy }) => policy));
  for (const text of texts.filter((policy) => typeof policy === "string")) {
    const sids = statements(text).map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
  }
});

test("addresses do not depend on account or name prefix, so that environments can be compared", () => {
  const addresses = ({ resource: types }: SynthDocument) =>
    Object.entries(types).flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`));
  const elsewhere = zone({ namePrefix: "other", env: { ...env, accountId: "444455556666" } });
  expect(addresses(elsewhere)).toEqual(addresses(zone()));
});
