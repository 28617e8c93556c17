// SPDX-License-Identifier: Apache-2.0
import { holdsUnresolved, maskedAt, shape, UNRESOLVED, valueAt, withoutUnset } from "../../../validation/iq/shape";

const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";
const at = (type: string, values: unknown, path: string) => valueAt(shape(type, values), path.split("."));

describe("shape", () => {
  it("takes a list of one block for the block", () => {
    const block = { rule: { default_retention: { mode: "COMPLIANCE" } } };
    const lists = { rule: [{ default_retention: [{ mode: "COMPLIANCE", days: null, years: null }] }] };
    expect(shape("aws_s3_bucket_object_lock_configuration", lists)).toEqual(
      shape("aws_s3_bucket_object_lock_configuration", block),
    );
  });

  it("takes lists for sets", () => {
    const fields = (optional_fields: string[]) => shape("aws_s3_bucket_inventory", { optional_fields });
    expect(fields(["Size", "ETag"])).toEqual(fields(["ETag", "Size"]));
  });

  it("keeps the order of table columns, which is part of their meaning", () => {
    const columns = (...names: string[]) =>
      shape("aws_glue_catalog_table", { storage_descriptor: [{ columns: names.map((name) => ({ name })) }] });
    expect(columns("a", "b")).not.toEqual(columns("b", "a"));
  });

  it("takes null, empty text, empty list and empty block for not set", () => {
    expect(shape("aws_s3_bucket", { a: null, b: "", c: [], d: {}, e: [{ f: null }] })).toBeUndefined();
  });

  const rule = (rest: object) => ({ protocol: "tcp", from_port: 22, to_port: 22, description: "acme", ...rest });
  const ingress = (...rules: object[]) => shape("aws_security_group", { ingress: rules });

  it("takes rules of a security group one by one, however they are grouped", () => {
    const [one, other] = ["192.0.2.0/24", "198.51.100.0/24"];
    const together = ingress(rule({ cidr_blocks: [one, other], ipv6_cidr_blocks: [], self: false }));
    expect(together).toEqual(ingress(rule({ cidr_blocks: [other] }), rule({ cidr_blocks: [one] })));
    expect(together).not.toEqual(ingress(rule({ cidr_blocks: [one] })));
    expect(together).not.toEqual(ingress(rule({ cidr_blocks: [one, other], self: true })));
  });

  it("heeds no ports of a rule that is for all protocols, and those of every other", () => {
    const all = { cidr_blocks: ["0.0.0.0/0"], protocol: "-1", from_port: 0, to_port: 0 };
    expect(ingress(rule(all))).toEqual(ingress(rule({ ...all, from_port: undefined, to_port: undefined })));
    expect(ingress(rule({ self: true }))).not.toEqual(ingress(rule({ self: true, to_port: 23 })));
  });

  it("leaves a rule as it is whose sources cannot be told", () => {
    expect(holdsUnresolved(ingress(rule({ cidr_blocks: UNRESOLVED })))).toBe(true);
  });
});

describe("valueAt", () => {
  const rules = [
    { id: "archive", status: "Enabled", transition: [{ days: 90, storage_class: "GLACIER_IR" }] },
    { id: "expire", status: "Disabled", expiration: [{ days: 400 }] },
  ];

  it("names the block that a value stands in when there are several", () => {
    expect(at(LIFECYCLE, { rule: rules }, "rule.status")).toEqual({ archive: "Enabled", expire: "Disabled" });
  });

  it("sees two blocks that swap a value", () => {
    const swapped = [
      { ...rules[0], status: "Disabled" },
      { ...rules[1], status: "Enabled" },
    ];
    expect(at(LIFECYCLE, { rule: swapped }, "rule.status")).not.toEqual(at(LIFECYCLE, { rule: rules }, "rule.status"));
  });

  it("leaves out blocks without the attribute", () => {
    expect(at(LIFECYCLE, { rule: rules }, "rule.transition.days")).toEqual({ archive: 90 });
  });

  it("sees a second block beside the first", () => {
    expect(at(LIFECYCLE, { rule: rules }, "rule.status")).not.toEqual(
      at(LIFECYCLE, { rule: [rules[0]] }, "rule.status"),
    );
  });

  it("is undefined where no block has the attribute", () => {
    expect(at(LIFECYCLE, { rule: rules }, "rule.noncurrent_version_expiration.noncurrent_days")).toBeUndefined();
  });
});

describe("withoutUnset", () => {
  it("keeps what is empty within a JSON text", () => {
    const input = shape("aws_cloudwatch_event_target", { input: '{"detail":{},"source":"part11"}' });
    expect(withoutUnset("aws_cloudwatch_event_target", input, input)).toEqual(input);
  });

  const cases: [string, string, unknown, unknown, unknown][] = [
    [
      "drops false that nobody configured",
      "aws_s3_bucket_public_access_block",
      { block_public_acls: false },
      {},
      undefined,
    ],
    [
      "keeps false that is configured",
      "aws_s3_bucket_public_access_block",
      { block_public_acls: false },
      { block_public_acls: true },
      { block_public_acls: false },
    ],
    ["drops a listed default that nobody configured", "aws_iam_role", { path: "/" }, {}, undefined],
    [
      "keeps a listed default where something else is configured",
      "aws_iam_role",
      { path: "/" },
      { path: "/x/" },
      { path: "/" },
    ],
    ["keeps a value that is no listed default", "aws_iam_role", { path: "/other/" }, {}, { path: "/other/" }],
    [
      "keeps true that nobody configured",
      "aws_s3_bucket",
      { object_lock_enabled: true },
      {},
      { object_lock_enabled: true },
    ],
  ];
  it.each(cases)("%s", (_, type, value, config, expected) => {
    expect(withoutUnset(type, shape(type, value), shape(type, config))).toEqual(expected);
  });

  it("compares members of a list of blocks by name", () => {
    const value = {
      rule: [
        { id: "a", expiration: [{ days: 0 }] },
        { id: "b", expiration: [{ days: 0 }] },
      ],
    };
    const config = { rule: [{ id: "a", expiration: { days: 1 } }, { id: "b" }] };
    const rest = withoutUnset(LIFECYCLE, shape(LIFECYCLE, value), shape(LIFECYCLE, config));
    expect(valueAt(rest, ["rule", "expiration", "days"])).toEqual({ a: 0 });
  });
});

describe("maskedAt", () => {
  it.each([
    ["at the path", { rule: [{ key: true }] }, true],
    ["above the path", { rule: true }, true],
    ["below the path", { rule: [{ key: { id: true } }] }, true],
    ["beside the path", { rule: [{ other: true }], more: true }, false],
  ])("looks %s", (_, mask, expected) => {
    expect(maskedAt(mask, ["rule", "key"])).toBe(expected);
  });
});
