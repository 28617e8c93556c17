// SPDX-License-Identifier: Apache-2.0
import {
  type BackupRule,
  type ConditionParameter,
  DescribeBackupVaultCommand,
  GetBackupPlanCommand,
  GetBackupSelectionCommand,
  type Lifecycle,
  ListTagsCommand,
} from "@aws-sdk/client-backup";
import type { ServiceClients } from "./clients";
import { allPages, identity, type LiveReader, tagsOf, unless } from "./reader";

const NONE = "ResourceNotFoundException";
const DAY = 24 * 60 * 60 * 1000;

async function tags(ResourceArn: string | undefined, { backup }: ServiceClients) {
  const pairs = await allPages(async (NextToken) => {
    const page = await backup.send(new ListTagsCommand({ ResourceArn, NextToken }));
    return { items: Object.entries(page.Tags ?? {}), next: page.NextToken };
  });
  return tagsOf(pairs.map(([Key, Value]) => ({ Key, Value })));
}

const vault: LiveReader = {
  calls: ["backup:DescribeBackupVault", "backup:ListTags"],
  reads: ["name", "kms_key_arn", "tags", "tags_all"],
  async read(resource, clients) {
    const command = new DescribeBackupVaultCommand({ BackupVaultName: identity(resource, "name") });
    const found = await unless(clients.backup.send(command), NONE);
    if (!found) return undefined;
    return {
      name: found.BackupVaultName,
      kms_key_arn: found.EncryptionKeyArn,
      ...(await tags(found.BackupVaultArn, clients)),
    };
  },
};

const lock: LiveReader = {
  calls: ["backup:DescribeBackupVault"],
  reads: ["backup_vault_name", "min_retention_days", "max_retention_days"],
  async read(resource, { backup }) {
    const command = new DescribeBackupVaultCommand({ BackupVaultName: identity(resource, "backup_vault_name") });
    const found = await unless(backup.send(command), NONE);
    if (!found?.Locked || !closesInTime(found.LockDate, resource.state.changeable_for_days)) return undefined;
    return {
      backup_vault_name: found.BackupVaultName,
      min_retention_days: found.MinRetentionDays,
      max_retention_days: found.MaxRetentionDays,
    };
  },
};

/**
 * Whether a lock is past changing when state's days are over. AWS shows the date and not the days: a lock without one
 * (it can always be taken off), or with a later one, is not the lock that was applied.
 */
function closesInTime(lockDate: Date | undefined, days: unknown): boolean {
  if (typeof days !== "number" || days === 0) return lockDate === undefined;
  return lockDate !== undefined && Math.floor((lockDate.getTime() - Date.now()) / DAY) <= days;
}

const plan: LiveReader = {
  calls: ["backup:GetBackupPlan", "backup:ListTags"],
  reads: [
    "name",
    "rule.rule_name",
    "rule.target_vault_name",
    "rule.schedule",
    "rule.schedule_expression_timezone",
    "rule.enable_continuous_backup",
    "rule.start_window",
    "rule.completion_window",
    "rule.lifecycle.cold_storage_after",
    "rule.lifecycle.delete_after",
    "rule.lifecycle.opt_in_to_archive_for_supported_resources",
    "rule.recovery_point_tags",
    "rule.copy_action.destination_vault_arn",
    "rule.copy_action.lifecycle.cold_storage_after",
    "rule.copy_action.lifecycle.delete_after",
    "rule.copy_action.lifecycle.opt_in_to_archive_for_supported_resources",
    "advanced_backup_setting.resource_type",
    "advanced_backup_setting.backup_options",
    "tags",
    "tags_all",
  ],
  async read(resource, clients) {
    const command = new GetBackupPlanCommand({ BackupPlanId: identity(resource, "id") });
    const found = await unless(clients.backup.send(command), NONE);
    if (!found?.BackupPlan || found.DeletionDate) return undefined;
    const { BackupPlanName, Rules, AdvancedBackupSettings } = found.BackupPlan;
    return {
      name: BackupPlanName,
      rule: Rules?.map(ruleOf),
      advanced_backup_setting: AdvancedBackupSettings?.map((setting) => ({
        resource_type: setting.ResourceType,
        backup_options: setting.BackupOptions,
      })),
      ...(await tags(found.BackupPlanArn, clients)),
    };
  },
};

function ruleOf(rule: BackupRule) {
  return {
    rule_name: rule.RuleName,
    target_vault_name: rule.TargetBackupVaultName,
    schedule: rule.ScheduleExpression,
    schedule_expression_timezone: rule.ScheduleExpressionTimezone,
    enable_continuous_backup: rule.EnableContinuousBackup,
    start_window: rule.StartWindowMinutes,
    completion_window: rule.CompletionWindowMinutes,
    lifecycle: lifecycleOf(rule.Lifecycle),
    recovery_point_tags: rule.RecoveryPointTags,
    copy_action: rule.CopyActions?.map((copy) => ({
      destination_vault_arn: copy.DestinationBackupVaultArn,
      lifecycle: lifecycleOf(copy.Lifecycle),
    })),
  };
}

function lifecycleOf(lifecycle: Lifecycle | undefined) {
  return {
    cold_storage_after: lifecycle?.MoveToColdStorageAfterDays,
    delete_after: lifecycle?.DeleteAfterDays,
    opt_in_to_archive_for_supported_resources: lifecycle?.OptInToArchiveForSupportedResources,
  };
}

const selection: LiveReader = {
  calls: ["backup:GetBackupSelection"],
  reads: [
    "plan_id",
    "name",
    "iam_role_arn",
    "resources",
    "not_resources",
    "selection_tag.type",
    "selection_tag.key",
    "selection_tag.value",
    "condition",
  ],
  async read(resource, { backup }) {
    const [BackupPlanId, SelectionId] = [identity(resource, "plan_id"), identity(resource, "id")];
    const answer = backup.send(new GetBackupSelectionCommand({ BackupPlanId, SelectionId }));
    const found = await unless(answer, NONE);
    if (!found?.BackupSelection) return undefined;
    const { SelectionName, IamRoleArn, Resources, NotResources, ListOfTags, Conditions } = found.BackupSelection;
    return {
      plan_id: found.BackupPlanId,
      name: SelectionName,
      iam_role_arn: IamRoleArn,
      resources: Resources,
      not_resources: NotResources,
      selection_tag: ListOfTags?.map((tag) => ({
        type: tag.ConditionType,
        key: tag.ConditionKey,
        value: tag.ConditionValue,
      })),
      condition: {
        string_equals: Conditions?.StringEquals?.map(conditionOf),
        string_not_equals: Conditions?.StringNotEquals?.map(conditionOf),
        string_like: Conditions?.StringLike?.map(conditionOf),
        string_not_like: Conditions?.StringNotLike?.map(conditionOf),
      },
    };
  },
};

function conditionOf({ ConditionKey, ConditionValue }: ConditionParameter) {
  return { key: ConditionKey, value: ConditionValue };
}

export const BACKUP_READERS = {
  aws_backup_plan: plan,
  aws_backup_selection: selection,
  aws_backup_vault: vault,
  aws_backup_vault_lock_configuration: lock,
} as const;
