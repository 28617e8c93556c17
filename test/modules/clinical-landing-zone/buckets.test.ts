// SPDX-License-Identifier: Apache-2.0
import { Retention } from "../../../modules";
import { identity, resource } from "../synth";
import { all, withUnblinded, zone } from "./synthesized";

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

test("nothing that was received or kept expires, promoted or not", () => {
  const rules = Object.entries(withUnblinded().resource.aws_s3_bucket_lifecycle_configuration!)
    .filter(([id]) => /Zone_(Inbox|Raw|Curated|Unblinded|Audit_)/.test(id))
    .map(([, { rule }]) => JSON.stringify(rule));
  expect(rules).toHaveLength(8);
  expect(rules.filter((rule) => rule.includes("expiration"))).toEqual([]);
});

test("access logs go to buckets that are neither locked nor encrypted with KMS", () => {
  const document = zone();
  for (const part of ["Zone_AccessLogs_", "ReplicaAccessLogs"]) {
    expect(resource(document, "aws_s3_bucket", part).object_lock_enabled).toBe(false);
    const { rule } = resource(document, "aws_s3_bucket_server_side_encryption_configuration", part);
    expect(JSON.stringify(rule)).toContain("AES256");
  }
});
