// SPDX-License-Identifier: Apache-2.0
import type { Reference } from "../../../validation/facts";
import { factsOf, factsOfFixture, planJson, planOf, providerBlock } from "./plan-fixture";

const { resources, links } = factsOfFixture("modules");
const refs = (address: string, attribute = "bucket"): readonly Reference[] => resources[address]?.refs[attribute] ?? [];
const sure = (address: string, attribute: string | null) => [{ address, attribute, ambiguous: false }];

describe("references of the configuration", () => {
  test("a constant instance key selects one instance", () => {
    expect(refs("aws_s3_bucket_versioning.second")).toEqual(sure("aws_s3_bucket.counted[1]", "id"));
  });

  test("count.index selects the instance of the same index", () => {
    expect(refs("aws_s3_bucket_versioning.by_index[1]")).toEqual(sure("aws_s3_bucket.counted[1]", null));
  });

  test("each.key selects the module instance of the same key, odd keys included", () => {
    const odd = 'x\\"].y';
    expect(refs(`aws_s3_bucket_versioning.by_key["${odd}"]`)).toEqual(
      sure(`module.store["${odd}"].aws_s3_bucket.records`, null),
    );
  });

  test("an expression over all module instances is ambiguous", () => {
    expect(refs("aws_s3_bucket_versioning.one_of_many").map(({ ambiguous }) => ambiguous)).toEqual([true, true]);
  });

  test("a module input is followed to the caller's resource through two modules", () => {
    expect(refs('module.store["raw"].module.lock.aws_s3_bucket_object_lock_configuration.lock')).toEqual(
      sure('module.store["raw"].aws_s3_bucket.records', "id"),
    );
  });

  test("a module input in a nested block is followed to the key", () => {
    const address = 'module.store["raw"].aws_s3_bucket_server_side_encryption_configuration.records';
    expect(refs(address, "rule.apply_server_side_encryption_by_default.kms_master_key_id")).toEqual(
      sure("aws_kms_key.records", "arn"),
    );
  });

  test("links name the referrers of a resource by their type", () => {
    expect(links["aws_s3_bucket.counted[1]"]).toEqual({
      aws_s3_bucket_versioning: ["aws_s3_bucket_versioning.by_index[1]", "aws_s3_bucket_versioning.second"],
    });
  });

  test("a reference to a resource without instances finds nothing", () => {
    const plan = planOf([
      {
        type: "aws_s3_bucket_versioning",
        unknown: { bucket: true },
        expressions: {
          bucket: { references: ["aws_s3_bucket.gone[0].id", "aws_s3_bucket.gone[0]", "aws_s3_bucket.gone"] },
        },
      },
    ]);
    expect(factsOf(plan).resources["aws_s3_bucket_versioning.x"]?.refs).toEqual({});
  });
});

describe("literal names and ARNs", () => {
  const bucket = { type: "aws_s3_bucket", name: "raw", after: { bucket: "acme-raw" } };
  const named = (type: string, after: Record<string, unknown>) =>
    factsOf(planOf([bucket, { type, after }])).resources[`${type}.x`]?.refs;

  test.each([
    ["aws_s3_bucket_versioning", { bucket: "acme-raw" }, "bucket", "bucket"],
    ["aws_cloudtrail", { s3_bucket_name: "acme-raw" }, "s3_bucket_name", "bucket"],
    ["aws_s3_bucket_logging", { target_bucket: "acme-raw" }, "target_bucket", "bucket"],
    [
      "aws_s3_bucket_replication_configuration",
      { rule: [{ destination: [{ bucket: "arn:aws:s3:::acme-raw" }] }] },
      "rule.destination.bucket",
      "arn",
    ],
    [
      "aws_cloudtrail",
      { advanced_event_selector: [{ field_selector: [{ starts_with: ["arn:aws:s3:::acme-raw/"] }] }] },
      "advanced_event_selector.field_selector.starts_with",
      "arn",
    ],
    [
      "aws_athena_workgroup",
      { configuration: [{ result_configuration: [{ output_location: "s3://acme-raw/out/" }] }] },
      "configuration.result_configuration.output_location",
      "bucket",
    ],
  ])("%s %j refers to the bucket of that name", (type, after, path, attribute) => {
    expect(named(type, after)).toEqual({ [path]: sure("aws_s3_bucket.raw", attribute) });
  });

  test.each([
    ["aws_iam_role", { name: "writer", path: "/app/" }, "arn:aws:iam::111122223333:role/app/writer"],
    ["aws_iam_policy", { name: "read" }, "arn:aws:iam::111122223333:policy/read"],
    ["aws_sns_topic", { name: "high" }, "arn:aws:sns:eu-west-1:111122223333:high"],
    ["aws_sqs_queue", { name: "q" }, "arn:aws:sqs:eu-west-1:111122223333:q"],
    ["aws_dynamodb_table", { name: "t" }, "arn:aws:dynamodb:eu-west-1:111122223333:table/t/index/i"],
    ["aws_cloudtrail", { name: "trail" }, "arn:aws:cloudtrail:eu-west-1:111122223333:trail/trail"],
    ["aws_cloudwatch_log_group", { name: "/a/b" }, "arn:aws:logs:eu-west-1:111122223333:log-group:/a/b:*"],
    ["aws_cloudwatch_event_rule", { name: "r" }, "arn:aws:events:eu-west-1:111122223333:rule/r"],
    ["aws_kms_alias", { name: "alias/k" }, "arn:aws:kms:eu-west-1:111122223333:alias/k"],
    ["aws_lambda_function", { function_name: "f" }, "arn:aws:lambda:eu-west-1:111122223333:function:f:live"],
  ])("an ARN names the %s of the plan", (type, after, arn) => {
    const plan = planOf([
      { type, name: "target", after },
      { type: "aws_anything", after: { some_arn: arn } },
    ]);
    expect(factsOf(plan).resources["aws_anything.x"]?.refs).toEqual({ some_arn: sure(`${type}.target`, "arn") });
  });

  test("an ARN of another region names nothing", () => {
    const plan = planOf(
      [
        { type: "aws_sns_topic", name: "high", after: { name: "high" } },
        { type: "aws_anything", after: { a: "arn:aws:sns:us-east-1:111122223333:high" } },
      ],
      { aws: providerBlock({ region: "eu-west-1" }) },
    );
    expect(factsOf(plan).resources["aws_anything.x"]?.refs).toEqual({});
  });

  test("an ARN of another account names nothing where the provider allows one account only", () => {
    const plan = planOf(
      [
        { type: "aws_iam_role", name: "writer", after: { name: "writer" } },
        { type: "aws_anything", after: { a: "arn:aws:iam::444455556666:role/writer" } },
      ],
      { aws: providerBlock({ allowed_account_ids: ["111122223333"] }) },
    );
    expect(factsOf(plan).resources["aws_anything.x"]?.refs).toEqual({});
  });

  test("an alias of another region names nothing", () => {
    const encryption = "module.copy.aws_s3_bucket_server_side_encryption_configuration.records";
    expect(Object.keys(resources[encryption]?.refs ?? {})).toEqual(["bucket"]);
  });

  test("an alias means its key too", () => {
    const plan = planOf([
      { type: "aws_kms_key", name: "k" },
      {
        type: "aws_kms_alias",
        name: "k",
        after: { name: "alias/k" },
        unknown: { target_key_id: true },
        expressions: { target_key_id: { references: ["aws_kms_key.k.key_id", "aws_kms_key.k"] } },
      },
      { type: "aws_sns_topic", after: { kms_master_key_id: "alias/k" } },
    ]);
    const found = factsOf(plan).resources["aws_sns_topic.x"]?.refs.kms_master_key_id ?? [];
    expect(found.map(({ address }) => address)).toEqual(["aws_kms_alias.k", "aws_kms_key.k"]);
  });

  test("a known key id names the key of an update plan", () => {
    const { refs: found } =
      factsOfFixture("changes").resources["aws_s3_bucket_server_side_encryption_configuration.by_id"]!;
    expect(found).toEqual({
      "rule.apply_server_side_encryption_by_default.kms_master_key_id": sure("aws_kms_key.records", "key_id"),
    });
  });

  test("a known name outweighs the instance that an expression seems to mean", () => {
    const plan = planJson("modules");
    const entry = plan.resource_changes.find(
      (change: { address: string }) => change.address === "aws_s3_bucket_versioning.by_index[0]",
    );
    entry.change.after.bucket = "acme-counted-1";
    delete entry.change.after_unknown.bucket;
    const found = factsOf(plan).resources["aws_s3_bucket_versioning.by_index[0]"]?.refs.bucket ?? [];
    expect(found.map(({ address }) => address)).toEqual(["aws_s3_bucket.counted[1]"]);
  });

  test.each([
    ["another name", "acme-raw-decoy", []],
    ["the name of another bucket", "acme-decoy", ["aws_s3_bucket.decoy"]],
    ["its own name", "acme-raw", ["aws_s3_bucket.raw"]],
    [
      "an ARN, which may be an access point's",
      "arn:aws:s3:eu-west-1:111122223333:accesspoint/a",
      ["aws_s3_bucket.raw"],
    ],
  ])("an expression that begins with a bucket and makes %s of it means what its value names", (_, value, addresses) => {
    const references = { references: ["aws_s3_bucket.raw.bucket", "aws_s3_bucket.raw"] };
    const plan = planOf([
      bucket,
      { type: "aws_s3_bucket", name: "decoy", after: { bucket: "acme-decoy" } },
      { type: "aws_s3_bucket_policy", after: { bucket: value }, expressions: { bucket: references } },
    ]);
    const found = factsOf(plan).resources["aws_s3_bucket_policy.x"]?.refs.bucket ?? [];
    expect(found.map(({ address }) => address)).toEqual(addresses);
  });

  test("tags and sensitive values are never taken for references", () => {
    const after = { tags: { a: "arn:aws:s3:::acme-raw" }, secret: "arn:aws:s3:::acme-raw" };
    const plan = planOf([bucket, { type: "aws_anything", after, sensitive: { secret: true } }]);
    expect(factsOf(plan).resources["aws_anything.x"]?.refs).toEqual({});
  });
});
