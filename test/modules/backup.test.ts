// SPDX-License-Identifier: Apache-2.0
import { Backup, type BackupProps, Retention } from "../../modules";
import {
  codeOf,
  deployer,
  env,
  identity,
  resource,
  type SynthDocument,
  statements,
  synthesize,
  testStack,
} from "./synth";

const table = "arn:aws:dynamodb:eu-central-1:111122223333:table/acme-ledger";

function backup(overrides: Partial<BackupProps> = {}) {
  const { stack } = testStack();
  new Backup(stack, "Backup", {
    env,
    identity: identity(),
    namePrefix: "acme",
    tableArns: [table],
    retention: Retention.compliance({ years: 7 }),
    administratorArns: [deployer],
    ...overrides,
  });
  return synthesize(stack);
}

test("recovery points are kept as long as the records, in a vault whose lock cannot be taken off after three days", () => {
  const document = backup();
  expect(resource(document, "aws_backup_vault_lock_configuration")).toMatchObject({
    min_retention_days: 2557,
    changeable_for_days: 3,
    lifecycle: { prevent_destroy: true },
  });
  expect(resource(document, "aws_backup_plan").rule).toMatchObject([{ lifecycle: { delete_after: 2557 } }]);
});

test("no recovery point is made before the vault is locked", () => {
  expect(resource(backup(), "aws_backup_plan").depends_on).toEqual([
    expect.stringMatching(/^aws_backup_vault_lock_configuration\./),
  ]);
});

test("the vault has a key of its own and is not destroyed in production", () => {
  expect(resource(backup(), "aws_backup_vault")).toMatchObject({
    kms_key_arn: expect.stringContaining("aws_kms_key.Backup_Key_"),
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
});

test("the tables are selected, and nothing is left out again", () => {
  const selection = resource(backup(), "aws_backup_selection");
  expect(selection.resources).toEqual([table]);
  expect(selection).not.toHaveProperty("not_resources");
  expect(selection).not.toHaveProperty("condition");
});

test("qualification locks for one day and development not at all", () => {
  const qualification = backup({
    identity: identity("qualification"),
    retention: Retention.compliance({ days: 1 }),
  });
  expect(resource(qualification, "aws_backup_vault_lock_configuration")).toMatchObject({ min_retention_days: 1 });
  const development = backup({ identity: identity("development"), retention: Retention.none() });
  expect(development.resource).not.toHaveProperty("aws_backup_vault_lock_configuration");
  expect(resource(development, "aws_backup_plan").rule).toMatchObject([{ lifecycle: { delete_after: 1 } }]);
});

const grantsOf = (document: SynthDocument, part: string) =>
  Object.entries(document.resource.aws_iam_role_policy!)
    .filter(([id]) => id.includes(part))
    .flatMap(([, { policy }]) => statements(policy));

test("the backup role backs up and neither restores nor deletes", () => {
  const actions = grantsOf(backup(), "_back-up-").flatMap(({ Action }) => Action);
  expect(actions).toContain("dynamodb:StartAwsBackupJob");
  expect(actions.filter((action) => /Restore|Delete|Put|Update|\*|CreateGrant/.test(action))).toEqual([]);
});

test("the restore role writes tables named for it, reads recovery points, and touches no other table", () => {
  const granted = grantsOf(backup(), "_restore-");
  const [tables, key] = ["RestoreBesideTheOriginal", "DecryptRecoveryPoints"].map((sid) =>
    granted.find(({ Sid }) => Sid === sid),
  );
  expect(granted).toHaveLength(2);
  expect(tables!.Action).toContain("dynamodb:RestoreTableFromAwsBackup");
  expect(tables!.Resource).toBe("arn:aws:dynamodb:eu-central-1:111122223333:table/acme-restored-*");
  expect(key!.Action).toEqual(["kms:Decrypt", "kms:DescribeKey"]);
});

test.each(["_Role_", "_RestoreRole_"])(
  "%s may be assumed by AWS Backup for this account, and by nobody else",
  (part) => {
    const trust = resource(backup(), "aws_iam_role", part).assume_role_policy;
    expect(statements(trust)).toMatchObject([
      {
        Sid: "Trust",
        Principal: { Service: "backup.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
  },
);

test.each<[string, Partial<BackupProps>]>([
  ["RETENTION_TOO_SHORT", { retention: Retention.compliance({ years: 6 }) }],
  ["RETENTION_MODE", { retention: Retention.none() }],
  [
    "RETENTION_TOO_LONG_OUTSIDE_PRODUCTION",
    { identity: identity("qualification"), retention: Retention.compliance({ years: 7 }) },
  ],
  ["ADMINISTRATOR_MISSING", { administratorArns: [] }],
])("fails with %s", (code, overrides) => {
  expect(codeOf(() => backup(overrides))).toBe(code);
});
