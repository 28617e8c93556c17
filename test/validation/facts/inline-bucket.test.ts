// SPDX-License-Identifier: Apache-2.0
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform writes its references like this
import * as fs from "node:fs";
import * as path from "node:path";
import { packageRoot } from "../../../validation/package-root";
import { codeOf, factsOf, type LoosePlan, planOf } from "./plan-fixture";

const FOLDER = path.join(packageRoot(), "test", "corpus", "stacks", "legacy-inline-bucket");
const legacy = factsOf(JSON.parse(fs.readFileSync(path.join(FOLDER, "plan.json"), "utf8")));
const part = (block: string) => legacy.resources[`aws_s3_bucket.raw (inline ${block})`]!;

describe("a block within aws_s3_bucket is the split resource that says the same", () => {
  test("versioning, with its words", () => {
    expect(part("versioning")).toMatchObject({
      type: "aws_s3_bucket_versioning",
      values: { bucket: "acme-raw", versioning_configuration: [{ status: "Enabled", mfa_delete: "Disabled" }] },
      refs: { bucket: [{ address: "aws_s3_bucket.raw", ambiguous: false }] },
    });
  });

  test("the lock, which also switches the bucket's own argument on", () => {
    expect(part("object_lock_configuration").values.rule).toMatchObject([
      { default_retention: [{ mode: "GOVERNANCE", days: 1 }] },
    ]);
    expect(legacy.resources["aws_s3_bucket.raw"]?.values.object_lock_enabled).toBe(true);
  });

  test("encryption, with its reference to the key", () => {
    expect(part("server_side_encryption_configuration").refs).toMatchObject({
      "rule.apply_server_side_encryption_by_default.kms_master_key_id": [{ address: "aws_kms_key.raw" }],
    });
  });

  test("lifecycle rules, with the days of old versions under their new name", () => {
    expect(part("lifecycle_rule").values.rule).toMatchObject([
      { status: "Enabled", expiration: [{ days: 30 }], noncurrent_version_expiration: [{ noncurrent_days: 10 }] },
    ]);
  });

  test("logging and replication, with what they refer to", () => {
    expect(part("logging").refs.target_bucket).toMatchObject([{ address: "aws_s3_bucket.logs" }]);
    expect(part("replication_configuration").refs).toMatchObject({
      role: [{ address: "aws_iam_role.replication" }],
      "rule.destination.bucket": [{ address: "aws_s3_bucket.replica" }],
    });
  });

  test("and it is listed by its type, as any other", () => {
    expect(legacy.byType.aws_s3_bucket_versioning).toEqual([
      "aws_s3_bucket.raw (inline versioning)",
      "aws_s3_bucket.replica (inline versioning)",
    ]);
  });
});

describe("a block that nobody wrote", () => {
  const bucket = (resource: LoosePlan) =>
    Object.keys(factsOf(planOf([{ type: "aws_s3_bucket", ...resource }])).resources);

  test("is none, though the plan computes it", () => {
    expect(bucket({ unknown: { versioning: true } })).toEqual(["aws_s3_bucket.x"]);
  });

  test("but a dynamic one, of which the plan shows elements only, is", () => {
    expect(bucket({ after: { versioning: [{ enabled: true }] } })).toContain("aws_s3_bucket.x (inline versioning)");
  });
});

test("a block that is not known as a whole leaves the split resource unknown", () => {
  const plan = planOf([
    {
      type: "aws_s3_bucket",
      unknown: { versioning: true },
      expressions: { versioning: { references: ["var.versioning"] } },
    },
  ]);
  const { values, unknown } = factsOf(plan).resources["aws_s3_bucket.x (inline versioning)"]!;
  expect({ values, unknown }).toEqual({ values: {}, unknown: [["versioning_configuration"]] });
});

test.each([
  ["an object", { versioning: [{ for_each: [1], content: {} }] }],
  ["a list", [{ versioning: [{ for_each: [1], content: {} }] }]],
])("a dynamic block that the synth writes as %s is judged on an update too", (_, dynamic) => {
  const plan = planOf([{ type: "aws_s3_bucket", after: { versioning: [{ enabled: false }] } }]);
  plan.resource_changes[0].change.actions = ["update"];
  const synth = { terraform: {}, resource: { aws_s3_bucket: { x: { dynamic } } } };
  expect(factsOf(plan, { synth }).resources["aws_s3_bucket.x (inline versioning)"]?.values).toMatchObject({
    versioning_configuration: [{ status: "Suspended" }],
  });
});

test("a synth that says something else of the block is refused", () => {
  const plan = planOf([
    {
      type: "aws_s3_bucket",
      after: { versioning: [{ enabled: false }] },
      expressions: { versioning: [{ enabled: { constant_value: false } }] },
    },
  ]);
  const synth = { terraform: {}, resource: { aws_s3_bucket: { x: { versioning: { enabled: true } } } } };
  expect(codeOf(() => factsOf(plan, { synth }))).toBe("SYNTH_MISMATCH");
});
