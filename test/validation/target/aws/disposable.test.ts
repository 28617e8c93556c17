// SPDX-License-Identifier: Apache-2.0
import { assertCostAccepted, assertDisposable, costNote } from "../../../../validation/target/aws";
import { refusal, SAID } from "./refusal";

const QUALIFICATION = { ...SAID, environment: "qualification" } as const;
const ONE_DAY = { mode: "COMPLIANCE", period: { days: 1 } };
const SETTINGS = { retention: ONE_DAY, inboxRetention: ONE_DAY };

const change = (type: string, after: object, actions: readonly string[] = ["create"]) => ({
  address: `${type}.x`,
  mode: "managed",
  type,
  change: { actions, after },
});
const lock = (retention: object) =>
  change("aws_s3_bucket_object_lock_configuration", {
    bucket: "acme-qual-raw",
    rule: [{ default_retention: [{ mode: "COMPLIANCE", ...retention }] }],
  });
const vault = (days: number | null) =>
  change("aws_backup_vault_lock_configuration", { backup_vault_name: "acme-qual-vault", min_retention_days: days });
/** The block that older configurations have in the bucket itself. */
const inBucket = (retention: object) =>
  change("aws_s3_bucket", {
    bucket: "acme-qual-raw",
    object_lock_configuration: [{ rule: [{ default_retention: [retention] }] }],
  });
const OBJECT = { bucket: "acme-qual-raw", key: "a" };
const planOf = (...changes: object[]) => ({ resource_changes: changes });
const GOOD = planOf(lock({ days: 1 }), vault(1), change("aws_transfer_server", {}));

describe("a run that writes", () => {
  test("on a qualification environment with locks of one day is let through", () => {
    expect(refusal(() => assertDisposable(GOOD, SETTINGS, QUALIFICATION))).toBe("let through");
  });

  test("is never one on production", () => {
    const got = ["TARGET_REFUSED", "--environment", "production"];
    expect(refusal(() => assertDisposable(GOOD, SETTINGS, SAID))).toEqual(got);
  });

  test.each([
    ["retention", { mode: "COMPLIANCE", period: { years: 7 } }],
    ["retention", { mode: "COMPLIANCE", period: { days: 1, years: 1 } }],
    ["retention", { mode: "NONE" }],
    ["retention", undefined],
    ["inboxRetention", { mode: "COMPLIANCE", period: { days: 7 } }],
  ])("is refused where %s of the settings is %j", (member, value) => {
    const got = ["TARGET_REFUSED", `${member} of the settings`, JSON.stringify(value ?? null)];
    expect(refusal(() => assertDisposable(GOOD, { ...SETTINGS, [member]: value }, QUALIFICATION))).toEqual(got);
  });

  test.each([["update"], ["delete"], ["no-op"], ["delete", "create"]])(
    "is refused where the plan touches what is there: %s",
    (...actions) => {
      const plan = planOf(lock({ days: 1 }), change("aws_kms_key", {}, actions));
      const got = ["TARGET_REFUSED", "plan", `${actions.join(", ")} of aws_kms_key.x`];
      expect(refusal(() => assertDisposable(plan, SETTINGS, QUALIFICATION))).toEqual(got);
    },
  );

  test.each([
    ["bucket for two days", lock({ days: 2 }), "COMPLIANCE for 2 days on acme-qual-raw"],
    ["bucket for a year", lock({ years: 1 }), "COMPLIANCE for 365 days on acme-qual-raw"],
    ["bucket for who knows how long", lock({}), "COMPLIANCE for no known number of days on acme-qual-raw"],
    ["bucket for a day and a year", lock({ days: 1, years: 1 }), "COMPLIANCE for 366 days on acme-qual-raw"],
    ["bucket within itself", inBucket({ mode: "COMPLIANCE", days: 7 }), "COMPLIANCE for 7 days on acme-qual-raw"],
    [
      "object until a day of its own",
      change("aws_s3_object", { ...OBJECT, object_lock_mode: "COMPLIANCE" }),
      "COMPLIANCE for no known number of days on acme-qual-raw/a",
    ],
    ["vault for a month", vault(30), "vault lock for 30 days on acme-qual-vault"],
    ["vault for who knows how long", vault(null), "vault lock for no known number of days on acme-qual-vault"],
  ])("is refused where the plan locks a %s", (_, long, got) => {
    const where = `lock of the plan ${long.address}`;
    expect(refusal(() => assertDisposable(planOf(long), SETTINGS, QUALIFICATION))).toEqual([
      "TARGET_REFUSED",
      where,
      got,
    ]);
  });

  test("is refused where a second rule of a lock is longer", () => {
    const rules = [1, 7].map((days) => ({ default_retention: [{ mode: "COMPLIANCE", days }] }));
    const two = change("aws_s3_bucket_object_lock_configuration", { bucket: "acme-qual-raw", rule: rules });
    const got = ["TARGET_REFUSED", `lock of the plan ${two.address}`, "COMPLIANCE for 7 days on acme-qual-raw"];
    expect(refusal(() => assertDisposable(planOf(two), SETTINGS, QUALIFICATION))).toEqual(got);
  });

  test("is refused where the plan locks nothing", () => {
    const got = ["TARGET_REFUSED", "locks of the plan", "none"];
    const open = planOf(change("aws_s3_bucket", { bucket: "acme-qual-raw" }), change("aws_s3_object", OBJECT));
    expect(refusal(() => assertDisposable(open, SETTINGS, QUALIFICATION))).toEqual(got);
  });
});

describe("the cost note", () => {
  const note = costNote(GOOD, QUALIFICATION).join("\n");

  test.each([
    ["how much is made, and where", "makes 3 resources in account 111122223333, region eu-central-1"],
    ["that COMPLIANCE cannot be taken back", "cannot be deleted before their day by anybody, root"],
    ["which buckets are locked", "  acme-qual-raw: 1 day"],
    ["what is paid by the hour", "  1 x aws_transfer_server: by the hour"],
    ["that it knows no prices", "this program knows none"],
  ])("says %s", (_, said) => {
    expect(note).toContain(said);
  });

  test("names nothing by time that is not planned", () => {
    expect(note).not.toContain("aws_eip");
  });

  test("must have been accepted", () => {
    expect(refusal(() => assertCostAccepted(false))).toEqual(["COST_NOT_ACCEPTED", "cost note above", "none"]);
    expect(refusal(() => assertCostAccepted(true))).toBe("let through");
  });
});
