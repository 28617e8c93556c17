// SPDX-License-Identifier: Apache-2.0
import { attributesOf } from "../../../validation/facts";
import { factsOf, factsOfFixture, planOf } from "./plan-fixture";

describe("unknown values", () => {
  test("an unknown attribute that nobody configured is not set", () => {
    const plan = planOf([{ type: "aws_dynamodb_table", unknown: { point_in_time_recovery: true, arn: true } }]);
    expect(factsOf(plan).resources["aws_dynamodb_table.x"]?.unknown).toEqual([]);
  });

  test("a configured unknown attribute is unknown, with its path", () => {
    const plan = planOf([
      {
        type: "aws_s3_bucket_object_lock_configuration",
        after: { rule: [{ default_retention: [{ mode: "COMPLIANCE" }] }] },
        unknown: { rule: [{ default_retention: [{ years: true, days: true }] }] },
        expressions: {
          rule: [{ default_retention: [{ mode: { constant_value: "COMPLIANCE" }, years: { references: ["var.y"] } }] }],
        },
      },
    ]);
    expect(factsOf(plan).resources["aws_s3_bucket_object_lock_configuration.x"]?.unknown).toEqual([
      ["rule", 0, "default_retention", 0, "years"],
    ]);
  });

  test("empty objects of after_unknown are no unknown", () => {
    const plan = planOf([
      {
        type: "aws_s3_bucket_versioning",
        unknown: { versioning_configuration: [{}] },
        expressions: { versioning_configuration: [{}] },
      },
    ]);
    expect(factsOf(plan).resources["aws_s3_bucket_versioning.x"]?.unknown).toEqual([]);
  });

  test("an unknown value below a map given as one expression is unknown", () => {
    const plan = planOf([
      { type: "aws_s3_bucket", unknown: { tags: { "a.b": true } }, expressions: { tags: { references: ["var.t"] } } },
    ]);
    expect(factsOf(plan).resources["aws_s3_bucket.x"]?.unknown).toEqual([["tags", "a.b"]]);
  });

  test("an unknown value in a dynamic block, which no expression shows, is unknown", () => {
    const plan = planOf([
      {
        type: "aws_s3_bucket_lifecycle_configuration",
        after: { rule: [{ id: "a" }] },
        unknown: { rule: [{ days: true }] },
      },
    ]);
    expect(factsOf(plan).resources["aws_s3_bucket_lifecycle_configuration.x"]?.unknown).toEqual([["rule", 0, "days"]]);
  });

  test("a required block that is unknown as a whole is unknown, though no expression shows the dynamic block", () => {
    const plan = planOf([{ type: "aws_s3_bucket_server_side_encryption_configuration", unknown: { rule: true } }]);
    const facts = factsOf(plan).resources["aws_s3_bucket_server_side_encryption_configuration.x"];
    expect(facts).toMatchObject({ unknown: [["rule"]], configured: ["rule"] });
  });

  test("a required block that nobody wrote is not set", () => {
    const plan = planOf([{ type: "aws_s3_bucket_server_side_encryption_configuration", unknown: { id: true } }]);
    const facts = factsOf(plan).resources["aws_s3_bucket_server_side_encryption_configuration.x"];
    expect(facts).toMatchObject({ unknown: [], configured: [] });
  });

  test("configured paths name blocks and arguments without indexes", () => {
    const { configured } =
      factsOfFixture("modules").resources["module.copy.module.lock.aws_s3_bucket_object_lock_configuration.lock"]!;
    expect(configured).toEqual([
      "bucket",
      "rule",
      "rule.default_retention",
      "rule.default_retention.mode",
      "rule.default_retention.years",
    ]);
  });
});

describe("sensitive values", () => {
  const facts = factsOfFixture("policies");

  test("a sensitive value is left out, not seen, and named", () => {
    const { values, unknown, sensitive } = facts.resources["aws_secretsmanager_secret_version.password"]!;
    expect(values).not.toHaveProperty("secret_string");
    expect(unknown).toContainEqual(["secret_string"]);
    expect(sensitive).toEqual([["secret_string"]]);
  });

  test("no sensitive value of the plan is in the document", () => {
    expect(JSON.stringify(facts)).not.toContain("canary");
  });

  const seen = (after: object, sensitive: unknown) => {
    const { resources } = factsOf(planOf([{ type: "aws_x", after, sensitive: sensitive as object }]));
    const { values, sensitive: hidden } = resources["aws_x.x"]!;
    return { values, hidden };
  };

  test("marks that do not fit the value hide all of it", () => {
    expect(seen({ a: { b: "canary" } }, { a: [true] })).toEqual({ values: {}, hidden: [["a"]] });
  });

  test("a resource that is sensitive as a whole is hidden as a whole", () => {
    expect(seen({ a: "canary", b: null }, true)).toEqual({ values: { b: null }, hidden: [["a"]] });
  });

  test("a nested sensitive value leaves its neighbours readable", () => {
    const hidden = [["a", 0, "b"]];
    expect(seen({ a: [{ b: "canary", c: "plain" }] }, { a: [{ b: true }] })).toEqual({
      values: { a: [{ c: "plain" }] },
      hidden,
    });
  });

  test("a sensitive item keeps its place in a list", () => {
    const values = { a: [null, "plain"] };
    expect(seen({ a: ["canary", "plain"] }, { a: [true, false] })).toEqual({ values, hidden: [["a", 0]] });
  });
});

describe("projection on what controls list", () => {
  const controls = [{ attributes: [{ type: "aws_s3_bucket", path: "tags.GxP" }] }];
  const plan = planOf([
    {
      type: "aws_s3_bucket",
      after: { bucket: "b", tags: { GxP: "true" } },
      expressions: { bucket: { constant_value: "b" }, tags: { constant_value: {} } },
    },
    { type: "aws_s3_bucket_versioning", after: { bucket: "b" }, expressions: { bucket: { constant_value: "b" } } },
  ]);
  const { resources } = factsOf(plan, { attributes: attributesOf(controls) });

  test("only listed attributes are kept", () => {
    expect(resources["aws_s3_bucket.x"]?.values).toEqual({ tags: { GxP: "true" } });
  });

  test("only listed attributes are configured", () => {
    expect(resources["aws_s3_bucket.x"]?.configured).toEqual(["tags"]);
  });

  test("a type in no control keeps its references", () => {
    const { values, refs } = resources["aws_s3_bucket_versioning.x"]!;
    expect({ values, refs: Object.keys(refs) }).toEqual({ values: {}, refs: ["bucket"] });
  });
});
