// SPDX-License-Identifier: Apache-2.0
import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { EncryptionKey } from "../encryption-key";
import { checkRetention, type Retention, type RetentionPeriod } from "../retention";
import { RuntimeRole, type RuntimeRoleProps } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";

/** Days in which a vault lock can still be taken off; the least that AWS Backup accepts (API PutBackupVaultLockConfiguration). */
const GRACE_DAYS = 3;

export interface BackupProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** ARNs of the tables as their resources give them, since a reference is what tells the gate which table is kept. */
  readonly tableArns: readonly [string, ...string[]];
  /** How long every recovery point is kept: as long as the records that the tables prove (21 CFR 11.10(c)). */
  readonly retention: Retention;
  /** Least retention that production accepts for the record class. @default 7 years */
  readonly minimumRetention?: RetentionPeriod;
  /** When recovery points are made, AWS cron in UTC. @default "cron(0 3 * * ? *)", daily */
  readonly schedule?: string;
  /** Exact ARNs of the roles that administer the key (the deploy role). At least one. */
  readonly administratorArns: readonly string[];
  /** Permissions boundary of the role: the most that it can ever do. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
}

/**
 * Recovery points of tables in a vault with its own key, kept as long as the records. The vault's lock is past changing
 * three days after the first apply: until then look at it, afterwards nobody shortens or removes a recovery point
 * (21 CFR 11.10(c)). Development, which holds no records, has no lock. Restoring is another role's, into new tables. DynamoDB must have the advanced features of AWS
 * Backup, without which recovery points are under the table's key: accounts since November 2021 have them.
 *
 * @throws RETENTION_MODE, RETENTION_TOO_SHORT, RETENTION_TOO_LONG_OUTSIDE_PRODUCTION, ADMINISTRATOR_MISSING
 * @see AWS Backup developer guide, "AWS Backup Vault Lock", "Advanced DynamoDB backup"
 */
export class Backup extends Construct {
  readonly vault: BackupVault;
  readonly lock: BackupVaultLockConfiguration | undefined;
  readonly plan: BackupPlan;
  readonly role: RuntimeRole;
  /** Passed to AWS Backup by who restores: reads recovery points, and writes tables named `<namePrefix>-restored-…` alone. */
  readonly restoreRole: RuntimeRole;
  readonly key: EncryptionKey;

  constructor(scope: Construct, id: string, props: BackupProps) {
    super(scope, id);
    const { env, identity, namePrefix, retention, administratorArns } = props;
    const production = identity.environment === "production";
    checkRetention(identity.environment, retention, props.minimumRetention ?? { years: 7 }, this.node.path);
    const keepDays = Math.max(retention.days, 1);
    const tags = gxpTags(identity, retention.toString());
    this.key = new EncryptionKey(this, "Key", {
      env,
      environment: identity.environment,
      alias: `${namePrefix}-backup`,
      administratorArns,
      tags,
    });
    this.vault = new BackupVault(this, "Vault", {
      name: `${namePrefix}-vault`,
      kmsKeyArn: this.key.arn,
      forceDestroy: identity.environment === "qualification",
      tags,
      lifecycle: { preventDestroy: production },
    });
    this.lock = retention.mode === "COMPLIANCE" ? this.lockFor(keepDays, production) : undefined;
    const trust = { service: "backup.amazonaws.com" } as const;
    const { boundary } = props;
    this.role = new RuntimeRole(this, "Role", { env, roleName: `${namePrefix}-backup`, trust, boundary, tags });
    this.restoreRole = new RuntimeRole(this, "RestoreRole", {
      env,
      roleName: `${namePrefix}-restore`,
      trust,
      boundary,
      tags,
    });
    this.grantBackup(props);
    this.grantRestore(props);
    this.plan = new BackupPlan(this, "Plan", {
      name: `${namePrefix}-tables`,
      rule: [
        {
          ruleName: "kept-as-long-as-the-records",
          targetVaultName: this.vault.name,
          schedule: props.schedule ?? "cron(0 3 * * ? *)",
          startWindow: 60,
          completionWindow: 180,
          lifecycle: { deleteAfter: keepDays },
          recoveryPointTags: tags,
        },
      ],
      tags,
      dependsOn: this.lock ? [this.lock] : undefined,
    });
    new BackupSelection(this, "Tables", {
      name: `${namePrefix}-tables`,
      planId: this.plan.id,
      iamRoleArn: this.role.arn,
      resources: [...props.tableArns],
      dependsOn: [this.role.role, ...this.role.policies],
    });
  }

  private lockFor(minRetentionDays: number, preventDestroy: boolean): BackupVaultLockConfiguration {
    return new BackupVaultLockConfiguration(this, "Lock", {
      backupVaultName: this.vault.name,
      minRetentionDays,
      changeableForDays: GRACE_DAYS,
      lifecycle: { preventDestroy },
    });
  }

  /**
   * Into a new table only: what was restored is compared before anything is done with it (docs/decisions/0027). The new table
   * is under DynamoDB's own key, since one of ours would ask for kms:CreateGrant, which no runtime role has (P11-10c-18).
   * @see DynamoDB developer guide, "Using IAM with DynamoDB backup and restore"
   */
  private grantRestore({ env, namePrefix }: BackupProps): void {
    this.restoreRole.grant("restore-tables", [
      {
        Sid: "RestoreBesideTheOriginal",
        Effect: "Allow",
        Action: [
          "dynamodb:BatchWriteItem",
          "dynamodb:DeleteItem",
          "dynamodb:DescribeTable",
          "dynamodb:GetItem",
          "dynamodb:PutItem",
          "dynamodb:Query",
          "dynamodb:RestoreTableFromAwsBackup",
          "dynamodb:Scan",
          "dynamodb:UpdateItem",
        ],
        Resource: new Arns(env).table(`${namePrefix}-restored-*`),
      },
    ]);
    this.restoreRole.grant("restore-keys", [
      {
        Sid: "DecryptRecoveryPoints",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey"],
        Resource: this.key.arn,
      },
    ]);
  }

  /** Backups only: restoring is another role's work, into a new table. */
  private grantBackup({ env, tableArns }: BackupProps): void {
    this.role.grant("back-up-tables", [
      {
        Sid: "BackUpTables",
        Effect: "Allow",
        Action: ["dynamodb:DescribeTable", "dynamodb:ListTagsOfResource", "dynamodb:StartAwsBackupJob"],
        Resource: tableArns,
      },
      {
        Sid: "TagRecoveryPoints",
        Effect: "Allow",
        Action: "backup:TagResource",
        Resource: `arn:${env.partition}:backup:${env.region}:${env.accountId}:recovery-point:*`,
      },
      {
        Sid: "FindVault",
        Effect: "Allow",
        Action: "backup:DescribeBackupVault",
        Resource: `arn:${env.partition}:backup:${env.region}:${env.accountId}:backup-vault:${this.vault.name}`,
      },
    ]);
    this.role.grant("back-up-keys", [
      {
        Sid: "EncryptRecoveryPoints",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
        Resource: this.key.arn,
      },
    ]);
  }
}
