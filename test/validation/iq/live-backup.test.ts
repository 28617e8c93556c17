// SPDX-License-Identifier: Apache-2.0
import { type Answers, IDENTITY, named, read, shown } from "./fake-clients";

const DAY = 24 * 60 * 60 * 1000;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY);

const RECORDED: [string, Answers, Record<string, unknown>][] = [
  [
    "aws_backup_vault",
    {
      DescribeBackupVault: { BackupVaultName: "acme", BackupVaultArn: "arn:v", EncryptionKeyArn: "arn:k" },
      ListTags: { Tags: { GxP: "true" } },
    },
    { name: "acme", kms_key_arn: "arn:k", tags: { GxP: "true" } },
  ],
  [
    "aws_backup_plan",
    {
      GetBackupPlan: {
        BackupPlanArn: "arn:p",
        BackupPlan: {
          BackupPlanName: "acme",
          Rules: [
            {
              RuleName: "daily",
              TargetBackupVaultName: "acme",
              ScheduleExpression: "cron(0 3 * * ? *)",
              StartWindowMinutes: 60,
              Lifecycle: { DeleteAfterDays: 2557 },
              RecoveryPointTags: { GxP: "true" },
              CopyActions: [{ DestinationBackupVaultArn: "arn:d", Lifecycle: { DeleteAfterDays: 30 } }],
            },
          ],
        },
      },
      ListTags: { Tags: {} },
    },
    {
      name: "acme",
      "rule.target_vault_name": "acme",
      "rule.schedule": "cron(0 3 * * ? *)",
      "rule.start_window": 60,
      "rule.lifecycle.delete_after": 2557,
      "rule.recovery_point_tags": { GxP: "true" },
      "rule.copy_action.lifecycle.delete_after": 30,
    },
  ],
  [
    "aws_backup_selection",
    {
      GetBackupSelection: {
        BackupPlanId: "p-1",
        BackupSelection: {
          SelectionName: "acme",
          IamRoleArn: "arn:r",
          Resources: ["arn:t"],
          NotResources: [],
          ListOfTags: [{ ConditionType: "STRINGEQUALS", ConditionKey: "a", ConditionValue: "b" }],
          Conditions: { StringEquals: [{ ConditionKey: "c", ConditionValue: "d" }], StringLike: [] },
        },
      },
    },
    {
      plan_id: "p-1",
      iam_role_arn: "arn:r",
      resources: ["arn:t"],
      not_resources: undefined,
      "selection_tag.key": "a",
      condition: { string_equals: { key: "c", value: "d" } },
    },
  ],
];

describe("the readers of AWS Backup", () => {
  it.each(RECORDED)("show %s in the provider's attributes", async (type, answers, expected) => {
    expect(await shown(type, answers, Object.keys(expected))).toEqual(expected);
  });

  it.each([
    ["aws_backup_vault", "DescribeBackupVault", "ResourceNotFoundException"],
    ["aws_backup_vault_lock_configuration", "DescribeBackupVault", "ResourceNotFoundException"],
    ["aws_backup_plan", "GetBackupPlan", "ResourceNotFoundException"],
    ["aws_backup_selection", "GetBackupSelection", "ResourceNotFoundException"],
  ])("say that %s is not there when %s answers %s", async (type, operation, error) => {
    expect(await read(type, { [operation]: named(error) })).toBeUndefined();
  });
});

describe("the reader of a vault's lock", () => {
  const locked = { BackupVaultName: "acme", Locked: true, MinRetentionDays: 2557 };
  const lock = (DescribeBackupVault: object, changeable_for_days: number | null = 3) =>
    read("aws_backup_vault_lock_configuration", { DescribeBackupVault }, { ...IDENTITY, changeable_for_days });

  it("shows a lock that closes when state's days are over, and one that is closed", async () => {
    const expected = { backup_vault_name: "acme", min_retention_days: 2557 };
    expect(await lock({ ...locked, LockDate: inDays(3) })).toMatchObject(expected);
    expect(await lock({ ...locked, LockDate: inDays(-400) })).toMatchObject(expected);
  });

  it("shows a lock that never closes only where state says so", async () => {
    expect(await lock(locked, null)).toMatchObject({ min_retention_days: 2557 });
    expect(await lock({ ...locked, LockDate: inDays(3) }, null)).toBeUndefined();
  });

  it.each([
    ["there is none", { BackupVaultName: "acme", Locked: false }],
    ["it can be taken off for ever", locked],
    ["it closes later", { ...locked, LockDate: inDays(30) }],
  ])("says that the lock is not there when %s", async (_, answer) => {
    expect(await lock(answer)).toBeUndefined();
  });
});

it("the reader of a backup plan says that a deleted plan is not there", async () => {
  const deleted = { BackupPlan: { BackupPlanName: "acme", Rules: [] }, DeletionDate: inDays(-1) };
  expect(await read("aws_backup_plan", { GetBackupPlan: deleted })).toBeUndefined();
});
