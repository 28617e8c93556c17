// SPDX-License-Identifier: Apache-2.0
import { throughEach } from "../../../validation/facts/repetition";

const VALUE = [{ path: "bucket", references: ["each.value.id", "each.value"] }];

describe("each.value", () => {
  test("is the instance of the same key where a resource is repeated over", () => {
    expect(throughEach(VALUE, ["aws_s3_bucket.b"])).toEqual([
      { path: "bucket", references: ["each.key", "aws_s3_bucket.b"] },
    ]);
  });

  test.each([
    ["a variable", ["var.buckets"]],
    ["an attribute", ["aws_s3_bucket.b.tags", "aws_s3_bucket.b"]],
    ["one instance", ['aws_s3_bucket.b["x"]', "aws_s3_bucket.b"]],
    ["two resources", ["aws_s3_bucket.b", "aws_s3_bucket.c"]],
    ["nothing", []],
  ])("names nothing where %s is repeated over", (_, repeated) => {
    expect(throughEach(VALUE, repeated)).toEqual(VALUE);
  });

  test("leaves other references alone", () => {
    const other = [{ path: "role", references: ["aws_iam_role.r.arn", "aws_iam_role.r"] }];
    expect(throughEach(other, ["aws_s3_bucket.b"])).toEqual(other);
  });
});
